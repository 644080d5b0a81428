-- Caught by: database_file::a_sku_is_text_whatever_is_in_it::case_2_the_same_in_capitals
CREATE TABLE products (
    sku         TEXT    NOT NULL PRIMARY KEY COLLATE NOCASE,
    name        TEXT    NOT NULL,
    price_cents INTEGER NOT NULL
) STRICT;
