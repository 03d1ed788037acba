-- Every version of the definitions that was ever published, whole, so that any of them can be read, compared and restored.
CREATE TABLE definition_version (
    version bigint PRIMARY KEY,
    definitions json NOT NULL,
    packages jsonb NOT NULL DEFAULT '{}',   -- app key → hash of the package as it was shipped (definition_package)
    note text NOT NULL DEFAULT '',
    author_id uuid,
    author_name text NOT NULL,
    at timestamptz NOT NULL,
    restored_from bigint,
    summary json NOT NULL DEFAULT '[]'      -- the plan's steps as they were carried out
);

-- Packages as they were shipped: what a later upgrade compares with.
CREATE TABLE definition_package (
    hash text PRIMARY KEY,
    app text NOT NULL,
    version text NOT NULL,
    content json NOT NULL,
    stored_at timestamptz NOT NULL
);

-- Changes that must prepare large tables before the definitions may change; at most one at a time.
CREATE TABLE definition_publication (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    base_version bigint NOT NULL,
    definitions json NOT NULL,
    packages jsonb NOT NULL,
    moves json NOT NULL,
    note text NOT NULL,
    author_id uuid,
    author_name text NOT NULL,
    restored_from bigint,
    started_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'preparing', -- preparing, published, failed, cancelled
    version bigint,                          -- once published
    problems json,                           -- once failed
    finished_at timestamptz
);
CREATE UNIQUE INDEX definition_publication_one ON definition_publication ((true)) WHERE state = 'preparing';

-- Work on large tables, done in small pieces by "advance_jobs"; a killed worker loses at most one piece.
CREATE TABLE definition_job (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    publication bigint REFERENCES definition_publication, -- set: the definitions wait for it
    kind text NOT NULL,                      -- index, cast, fill, text, reference, stages
    entity text NOT NULL,
    field text,
    table_name text NOT NULL,
    spec json NOT NULL,                      -- the operation
    state text NOT NULL DEFAULT 'waiting',   -- waiting, done, failed, cancelled
    waits_for text[],                        -- transactions that still work with the former definitions
    last_id uuid,                            -- records up to here are done
    rows_done bigint NOT NULL DEFAULT 0,
    batch integer NOT NULL DEFAULT 2000,
    attempts integer NOT NULL DEFAULT 0,
    not_before timestamptz,
    problem text,
    created_at timestamptz NOT NULL,
    finished_at timestamptz
);
CREATE INDEX definition_job_open ON definition_job (id) WHERE state = 'waiting';

-- Tables and columns that definitions no longer mean, kept under another name until they are purged.
CREATE TABLE definition_aside (
    name text NOT NULL,
    table_name text NOT NULL,                -- what the table is (for a table set aside: was) called
    column_name text,
    type text,
    kind text NOT NULL DEFAULT '',
    version bigint NOT NULL,
    target text,                             -- table that the column pointed to
    cast_sql text,                           -- where a cast replaced the column: its SQL, and the type it led to
    cast_to text,
    shape json,
    at timestamptz NOT NULL,
    PRIMARY KEY (table_name, name)
);
