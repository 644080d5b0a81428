-- Stops the server when there was no other session for a while.
DO $$
DECLARE
    used timestamptz := clock_timestamp();
    bin text;
BEGIN
    LOOP
        PERFORM pg_sleep(1);
        -- Within one transaction, the sessions would be those of its start.
        COMMIT;
        IF EXISTS (
            SELECT FROM pg_stat_activity
            WHERE backend_type = 'client backend' AND application_name <> 'workbook_idle'
        ) THEN
            used := clock_timestamp();
        ELSIF clock_timestamp() - used > interval '15 minutes' THEN
            SELECT setting INTO bin FROM pg_config WHERE name = 'BINDIR';
            EXECUTE format('COPY (SELECT) TO PROGRAM %L', format('"%s/pg_ctl" stop -s -W -m fast -D .', bin));
            RETURN;
        END IF;
    END LOOP;
END $$
