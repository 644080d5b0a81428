-- Caught by: index::twins_from_before_stop_the_start_until_somebody_has_told_them_apart
-- What chapters before 16 let in may have capitals. The service reads all addresses in lower case.
UPDATE users SET email = lower(trim(email));

DELETE FROM users WHERE id NOT IN (SELECT min(id) FROM users GROUP BY email);

CREATE UNIQUE INDEX users_by_email ON users (email);
