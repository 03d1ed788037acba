-- A session in which somebody sees the system as another member does, and changes nothing.
ALTER TABLE session
    ADD COLUMN viewer_id uuid REFERENCES member,      -- who looks; NULL: an ordinary session
    ADD COLUMN origin_id uuid REFERENCES session ON DELETE CASCADE,  -- the viewer's own session, without which this one ends
    ADD CHECK ((viewer_id IS NULL) = (origin_id IS NULL));
CREATE INDEX session_origin ON session (origin_id) WHERE origin_id IS NOT NULL;
