-- An order knows when it moved to each state, and a draft has not moved at all. SQLite cannot take NOT NULL from a column, so
-- the tables are made again.
CREATE TABLE new_orders (
    id           TEXT NOT NULL PRIMARY KEY,
    customer_id  TEXT NOT NULL REFERENCES users (id),
    status       TEXT NOT NULL,
    submitted_at TEXT,
    paid_at      TEXT,
    shipped_at   TEXT,
    cancelled_at TEXT
) STRICT;

-- When an order was cancelled, nobody has written down. It was not before it was submitted.
INSERT INTO new_orders (id, customer_id, status, submitted_at, cancelled_at)
SELECT id, customer_id, status, submitted_at, CASE status WHEN 'cancelled' THEN submitted_at END
FROM orders;

CREATE TABLE new_order_items (
    order_id         TEXT    NOT NULL REFERENCES new_orders (id),
    position         INTEGER NOT NULL,
    sku              TEXT    NOT NULL,
    name             TEXT    NOT NULL,
    quantity         INTEGER NOT NULL,
    unit_price_cents INTEGER NOT NULL,
    PRIMARY KEY (order_id, position)
) STRICT;

INSERT INTO new_order_items (order_id, position, sku, name, quantity, unit_price_cents)
SELECT order_id, position, sku, name, quantity, unit_price_cents
FROM order_items;

DROP TABLE order_items;
DROP TABLE orders;
ALTER TABLE new_orders RENAME TO orders;
ALTER TABLE new_order_items RENAME TO order_items;

CREATE INDEX orders_by_customer ON orders (customer_id, id);
