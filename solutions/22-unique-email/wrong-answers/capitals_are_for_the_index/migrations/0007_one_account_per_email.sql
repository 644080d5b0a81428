-- Caught by: index::an_address_from_before_is_found_whatever_letters_it_had
CREATE UNIQUE INDEX users_by_email ON users (email COLLATE NOCASE);
