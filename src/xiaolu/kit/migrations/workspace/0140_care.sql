-- Defects met at work, one row for each place and kind, so that an administrator sees them without reading the log.
CREATE TABLE incident (
    kind text NOT NULL CHECK (kind IN ('request', 'duty')),
    place text NOT NULL,              -- the route or the duty
    error text NOT NULL,              -- the error's class: its words may hold what people wrote
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    count bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (kind, place, error)
);
CREATE INDEX incident_last ON incident (last_at DESC);

-- Back-ups that were made.
CREATE TABLE backup_made (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    name text NOT NULL,               -- of the file
    bytes bigint NOT NULL
);
CREATE INDEX backup_made_at ON backup_made (at DESC);

-- When each worker was last at work.
CREATE TABLE worker_seen (
    name text PRIMARY KEY,
    at timestamptz NOT NULL
);
