-- Caught by: postgres::tables::only_what_may_be_missing_may_be_null
CREATE TABLE users (
    id         UUID    NOT NULL CONSTRAINT users_pkey PRIMARY KEY,
    email      TEXT    NOT NULL CONSTRAINT users_email_key UNIQUE,
    name       TEXT,
    phone      TEXT,
    staff_note TEXT    NOT NULL,
    active     BOOLEAN NOT NULL
);

-- COLLATE "C" compares byte by byte, as SQLite does. A page of the catalogue goes on where the one before has ended, in
-- whatever language this server was set up.
CREATE TABLE products (
    sku         TEXT   COLLATE "C" NOT NULL CONSTRAINT products_pkey PRIMARY KEY,
    name        TEXT   COLLATE "C" NOT NULL,
    price_cents BIGINT NOT NULL
);

CREATE INDEX products_by_name ON products (name, sku);

CREATE TABLE orders (
    id           UUID NOT NULL CONSTRAINT orders_pkey PRIMARY KEY,
    customer_id  UUID NOT NULL CONSTRAINT orders_customer_id_fkey REFERENCES users (id),
    status       TEXT,
    submitted_at TIMESTAMPTZ,
    paid_at      TIMESTAMPTZ,
    shipped_at   TIMESTAMPTZ,
    cancelled_at TIMESTAMPTZ
);

CREATE INDEX orders_by_customer ON orders (customer_id, id);

-- Name and price are copies: the product may change or go, the order stays what was agreed.
CREATE TABLE order_items (
    order_id         UUID   NOT NULL REFERENCES orders (id),
    position         BIGINT NOT NULL,
    sku              TEXT   NOT NULL,
    name             TEXT   NOT NULL,
    quantity         BIGINT NOT NULL,
    unit_price_cents BIGINT NOT NULL,
    PRIMARY KEY (order_id, position)
);
