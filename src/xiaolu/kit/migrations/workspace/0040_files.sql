-- Uploaded content: one row per upload; the bytes lie on disk under their SHA-256, stored once however often they were uploaded.
CREATE TABLE file (
    id uuid PRIMARY KEY,
    name text NOT NULL,               -- as the uploader called it; never trusted for the type
    size bigint NOT NULL,
    content_type text NOT NULL,       -- found by looking at the content
    sha256 text NOT NULL CHECK (length(sha256) = 64),
    created_at timestamptz NOT NULL,
    created_by uuid REFERENCES member,
    width integer,                    -- of images, after turning them upright
    height integer,
    taken_at timestamptz,             -- EXIF, NULL where the image does not say
    latitude double precision,        -- EXIF, WGS 84
    longitude double precision,
    attached_at timestamptz           -- first held by a record or evidence; NULL: its uploader alone may read it
);
CREATE INDEX file_sha256 ON file (sha256);
CREATE INDEX file_orphan ON file (created_at) WHERE attached_at IS NULL;
