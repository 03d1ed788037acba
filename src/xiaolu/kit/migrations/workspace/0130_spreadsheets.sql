-- Apps that were made from spreadsheets, and how far their imports have come.
CREATE TABLE spreadsheet_build (
    id uuid PRIMARY KEY,
    plan jsonb NOT NULL,
    steps jsonb NOT NULL,
    phase text NOT NULL CHECK (phase IN ('importing', 'done', 'undone')),
    version bigint NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX spreadsheet_build_due ON spreadsheet_build (created_at) WHERE phase = 'importing';
