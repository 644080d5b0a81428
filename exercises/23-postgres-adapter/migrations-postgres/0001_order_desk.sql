-- SQLite's tables, as they are after its seven migrations.

CREATE TABLE users (
    id         TEXT    NOT NULL PRIMARY KEY,
    email      TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    phone      TEXT,
    staff_note TEXT    NOT NULL,
    active     INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
);

CREATE UNIQUE INDEX users_by_email ON users (email);

CREATE TABLE products (
    sku         TEXT    NOT NULL PRIMARY KEY,
    name        TEXT    NOT NULL,
    price_cents INTEGER NOT NULL
);

CREATE INDEX products_by_name ON products (name, sku);

CREATE TABLE orders (
    id           TEXT NOT NULL PRIMARY KEY,
    customer_id  TEXT NOT NULL REFERENCES users (id),
    status       TEXT NOT NULL,
    submitted_at TEXT,
    paid_at      TEXT,
    shipped_at   TEXT,
    cancelled_at TEXT
);

CREATE INDEX orders_by_customer ON orders (customer_id, id);

-- Name and price are copies: the product may change or go, the order stays what was agreed.
CREATE TABLE order_items (
    order_id         TEXT    NOT NULL REFERENCES orders (id),
    position         INTEGER NOT NULL,
    sku              TEXT    NOT NULL,
    name             TEXT    NOT NULL,
    quantity         INTEGER NOT NULL,
    unit_price_cents INTEGER NOT NULL,
    PRIMARY KEY (order_id, position)
);
