CREATE TABLE users (
    id         TEXT NOT NULL PRIMARY KEY,
    email      TEXT NOT NULL,
    name       TEXT NOT NULL,
    phone      TEXT,
    staff_note TEXT NOT NULL
) STRICT;
