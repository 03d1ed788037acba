-- What got in people's way, reported from where it happened.
CREATE TABLE obstacle (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    reporter_id uuid NOT NULL REFERENCES member (id),
    category text NOT NULL,
    text text NOT NULL,
    page text NOT NULL,
    entity text,
    record_id uuid,
    stage text,
    place jsonb NOT NULL DEFAULT '{}',
    version bigint NOT NULL,
    state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'planned', 'done', 'declined')),
    answer text,
    decided_by uuid REFERENCES member (id),
    decided_at timestamptz
);
CREATE INDEX obstacle_state ON obstacle (state, id DESC);
