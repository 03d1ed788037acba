-- One row per import: what is imported, how its columns are read, how far it has come. A batch of rows and this row's
-- progress are written in one transaction, so an import goes on after a crash without losing or repeating rows.
CREATE TABLE import_job (
    id uuid PRIMARY KEY,
    entity text NOT NULL,
    file_id uuid NOT NULL,            -- the upload; read again for each phase
    file_name text NOT NULL,
    shape jsonb NOT NULL,             -- how the file is read: format, sheet, encoding, separator, header row
    columns jsonb NOT NULL,           -- name, samples, guessed field and confidence, in the file's order
    mapping jsonb,                    -- column → field, key, mode, options; NULL until somebody confirmed it
    state text NOT NULL,              -- uploaded, mapped, checking, checked, running, done, failed, undoing, undone
    total bigint NOT NULL,            -- data rows of the file
    position bigint NOT NULL DEFAULT 0,  -- data rows handled in this phase
    good bigint NOT NULL DEFAULT 0,
    bad bigint NOT NULL DEFAULT 0,
    created bigint NOT NULL DEFAULT 0,
    updated bigint NOT NULL DEFAULT 0,
    unchanged bigint NOT NULL DEFAULT 0,
    suggestions jsonb NOT NULL DEFAULT '[]',  -- names that were not found, with what they may mean
    undo jsonb,                       -- how far undoing has come, and what could not be undone
    failure text,                     -- why the import stopped, in state failed
    definitions bigint,               -- version that the rows were checked against
    correlation uuid NOT NULL,
    created_by uuid NOT NULL REFERENCES member,
    created_at timestamptz NOT NULL,
    started_at timestamptz,           -- first batch of the run; events of the import lie between these two
    finished_at timestamptz
);
CREATE INDEX import_job_due ON import_job (created_at) WHERE state IN ('checking', 'running', 'undoing');
CREATE INDEX import_job_author ON import_job (created_by, created_at DESC);

-- Rows that were refused, with the reasons; the row itself is read from the file again.
CREATE TABLE import_refusal (
    import_id uuid NOT NULL REFERENCES import_job ON DELETE CASCADE,
    number bigint NOT NULL,           -- of the data row, from 1
    line bigint NOT NULL,             -- as a spreadsheet counts it
    problems jsonb NOT NULL,
    PRIMARY KEY (import_id, number)
);
