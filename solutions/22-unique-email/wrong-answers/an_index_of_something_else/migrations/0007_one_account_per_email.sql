-- Caught by: index::an_address_is_looked_up_in_the_unique_index
-- What chapters before 16 let in may have capitals. The service reads all addresses in lower case.
UPDATE users SET email = lower(trim(email));

CREATE UNIQUE INDEX users_by_email ON users (lower(email));
