CREATE TABLE orders (
    id           TEXT NOT NULL PRIMARY KEY,
    customer_id  TEXT NOT NULL REFERENCES users (id),
    status       TEXT NOT NULL,
    submitted_at TEXT NOT NULL
) STRICT;

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
) STRICT;
