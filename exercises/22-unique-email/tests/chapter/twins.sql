SELECT id, email, name FROM users
WHERE lower(trim(email)) IN (SELECT lower(trim(email)) FROM users GROUP BY 1 HAVING count(*) > 1)
    OR email GLOB '*[^ -~]*'
ORDER BY lower(trim(email)), id;
