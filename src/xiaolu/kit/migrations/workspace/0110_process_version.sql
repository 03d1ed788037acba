-- Versions of the process on an entity. A record keeps the number of the version that it started on; numbers that are
-- not "kept" stand for whatever version holds now. Without any row the version that holds has the number 1.
CREATE TABLE process_version (
    entity text NOT NULL,
    number integer NOT NULL,
    process text NOT NULL,              -- key of the process
    definition json NOT NULL,           -- for the one that holds: as it was when it began to
    access json NOT NULL DEFAULT '{}',  -- role → stage → field → access, as roles had it while the version held
    state text NOT NULL CHECK (state IN ('current', 'kept', 'retired')),
    definitions bigint NOT NULL,        -- version of the definitions that began or ended it
    at timestamptz NOT NULL,
    by_name text NOT NULL DEFAULT '',
    PRIMARY KEY (entity, number)
);
CREATE UNIQUE INDEX process_version_current ON process_version (entity) WHERE state = 'current';

ALTER TABLE definition_publication ADD COLUMN running json NOT NULL DEFAULT '{}';

-- Tables of records, those set aside among them, have this column from now on; empty stands for 1.
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN
        SELECT table_name FROM information_schema.columns
        WHERE table_schema = current_schema() AND column_name = 'frozen_until'
    LOOP
        EXECUTE format('ALTER TABLE %I ADD COLUMN IF NOT EXISTS process_version integer', name);
    END LOOP;
END $$;
UPDATE definition_aside SET shape = jsonb_set(
    shape::jsonb, '{columns,process_version}', '{"name": "process_version", "type": "integer"}'
)::json
WHERE shape IS NOT NULL AND shape::jsonb -> 'columns' ? 'frozen_until';
