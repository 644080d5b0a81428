-- Caught by: race::of_two_at_once_with_one_address_one_gets_the_account::case_1_sqlite
-- What chapters before 16 let in may have capitals. The service reads all addresses in lower case.
UPDATE users SET email = lower(trim(email));

