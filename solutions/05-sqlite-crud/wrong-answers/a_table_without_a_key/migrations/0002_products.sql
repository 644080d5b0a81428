CREATE TABLE products (
    sku         TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    price_cents INTEGER NOT NULL
) STRICT;
