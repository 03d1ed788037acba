-- One row per step of an escalation that has happened: the primary key makes it happen once.
CREATE TABLE escalation (
    entity text NOT NULL,
    record_id uuid NOT NULL,
    stage_since timestamptz NOT NULL,
    step integer NOT NULL,
    stage text NOT NULL,
    told uuid,                        -- the member who was told; NULL: nobody could be found
    at timestamptz NOT NULL,
    PRIMARY KEY (record_id, stage_since, step, entity)
);

-- A span in which somebody is expected to act on the record.
CREATE TABLE process_window (
    id uuid PRIMARY KEY,
    entity text NOT NULL,
    record_id uuid NOT NULL,
    transition text NOT NULL,
    opened_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'met', 'missed', 'void')),
    closed_at timestamptz
);
CREATE INDEX process_window_due ON process_window (due_at) WHERE state = 'open';
CREATE INDEX process_window_record ON process_window (record_id) WHERE state = 'open';
