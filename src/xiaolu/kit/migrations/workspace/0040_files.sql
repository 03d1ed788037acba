-- Uploaded content: one row per upload; the bytes lie on disk under their SHA-256, stored once however often they were uploaded.
CREATE TABLE file (
    id uuid PRIMARY KEY,
    name text NOT NULL,               -- as the uploader called it; never trusted for the type
    size bigint NOT NULL,
    content_type text NOT NULL,       -- found by looking at the content
    sha256 text NOT NULL CHECK (length(sha256) = 64),
    created_at timestamptz NOT NULL,
    created_by uuid REFERENCES member,
    width integer,                    -- of images, after turning them upright; NULL: no image
    height integer,
    taken_at timestamptz,             -- when the content was made by its own account (EXIF, document properties)
    latitude double precision,        -- EXIF, WGS 84
    longitude double precision,
    attached_at timestamptz           -- first held by a record or evidence; NULL: its uploader alone may read it
);
CREATE INDEX file_sha256 ON file (sha256);
CREATE INDEX file_orphan ON file (created_at) WHERE attached_at IS NULL;

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
