-- Proof attached to a record: never changed, never deleted, each row hashed together with the one before it.
CREATE TABLE evidence (
    id uuid PRIMARY KEY,
    entity text NOT NULL,
    record_id uuid NOT NULL,          -- no foreign key: the proof outlives the record
    position integer NOT NULL CHECK (position > 0),
    stage text,                       -- where the record stood
    slot text,                        -- which demand it answers; NULL: volunteered
    kind text NOT NULL CHECK (kind IN ('file', 'image', 'text', 'link', 'event')),
    file_id uuid REFERENCES file,
    sha256 text,                      -- of the file's content
    text text,
    link_entity text,
    link_id uuid,
    taken_at timestamptz,             -- what the content says of itself
    latitude double precision,
    longitude double precision,
    replaces uuid REFERENCES evidence,
    at timestamptz NOT NULL,
    by uuid REFERENCES member,
    previous_hash text NOT NULL,      -- hash of the row at position - 1, empty for the first
    hash text NOT NULL,
    UNIQUE (entity, record_id, position)
);
CREATE INDEX evidence_record ON evidence (record_id, slot);
CREATE INDEX evidence_file ON evidence (file_id) WHERE file_id IS NOT NULL;
CREATE UNIQUE INDEX evidence_replaced_once ON evidence (replaces) WHERE replaces IS NOT NULL;
CREATE FUNCTION refuse_evidence_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'evidence is final' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER evidence_is_final BEFORE UPDATE OR DELETE ON evidence
    FOR EACH ROW EXECUTE FUNCTION refuse_evidence_change();
CREATE TRIGGER evidence_is_kept BEFORE TRUNCATE ON evidence
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_evidence_change();

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
