-- Which transaction wrote to which table, for answers that are kept while nothing changed (see kit/answers.py).
-- A row becomes visible with the very change that it tells of. The worker forgets old rows; that counts as a change of
-- everything (relation 0).
CREATE TABLE touched (
    relation oid NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id()
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_insert_threshold = -1);
CREATE INDEX touched_order ON touched (relation, xid);
CREATE FUNCTION note_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO touched (relation) VALUES (TG_RELID);
    RETURN NULL;
END $$;
-- Whoever writes from elsewhere (main.r_lead) leaves the trace here too.
ALTER FUNCTION note_touch() SET search_path FROM CURRENT;
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN
        SELECT relname FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND relname ~ '^(r|l)_'
        UNION SELECT a.name FROM definition_aside a WHERE a.column_name IS NULL AND to_regclass(quote_ident(a.name)) IS NOT NULL
        UNION SELECT unnest(ARRAY['department', 'share', 'work_day'])
    LOOP
        EXECUTE format('CREATE TRIGGER touched AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION note_touch()', name);
    END LOOP;
END $$;
-- Signing in and being seen change nothing that a figure could rest on; a statement that names another column of
-- members than these is not kept.
CREATE TRIGGER touched AFTER INSERT OR DELETE OR TRUNCATE
    OR UPDATE OF id, login, name, name_sort, name_search, email, phone, department_id, language, disabled_at ON member
    FOR EACH STATEMENT EXECUTE FUNCTION note_touch();
