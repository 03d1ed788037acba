-- How far members have come in the guided tours.
CREATE TABLE tour_progress (
    member_id uuid NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    tour text NOT NULL,
    state text NOT NULL CHECK (state IN ('running', 'paused', 'done', 'dismissed')),
    step text,
    done text[] NOT NULL DEFAULT '{}',
    started_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (member_id, tour)
);
