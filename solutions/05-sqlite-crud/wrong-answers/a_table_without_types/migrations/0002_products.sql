-- Caught by: database_file::the_table_itself_refuses
CREATE TABLE products (sku PRIMARY KEY, name, price_cents);
