-- What people say about a record, to everybody who may read it. No foreign key to the record: its table is a definition's.
CREATE TABLE comment (
    id uuid PRIMARY KEY,
    entity text NOT NULL,
    record_id uuid NOT NULL,
    author_id uuid NOT NULL REFERENCES member,
    at timestamptz NOT NULL,
    text text NOT NULL,               -- mentions stand in it as @[member id]
    version integer NOT NULL DEFAULT 1,
    edited_at timestamptz,
    deleted_at timestamptz
);
CREATE INDEX comment_record ON comment (entity, record_id, id DESC);
-- Earlier wordings.
CREATE TABLE comment_past (
    comment_id uuid NOT NULL REFERENCES comment ON DELETE CASCADE,
    version integer NOT NULL,
    at timestamptz NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (comment_id, version)
);
-- What somebody chose. Owner and creator of a record follow it without a row, unless they chose not to.
CREATE TABLE follower (
    entity text NOT NULL,
    record_id uuid NOT NULL,
    member_id uuid NOT NULL REFERENCES member,
    is_following boolean NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (entity, record_id, member_id)
);
CREATE INDEX follower_member ON follower (member_id, at DESC) WHERE is_following;
-- Files tied to a record beside its fields and proofs: whoever may read the record may read them.
CREATE TABLE attachment (
    file_id uuid NOT NULL REFERENCES file ON DELETE CASCADE,
    entity text NOT NULL,
    record_id uuid NOT NULL,
    holder_id uuid NOT NULL,          -- the comment
    position integer NOT NULL DEFAULT 0,
    PRIMARY KEY (holder_id, file_id)
);
CREATE INDEX attachment_file ON attachment (file_id);
CREATE INDEX attachment_record ON attachment (entity, record_id);
-- What is told again before it was read joins the earlier notification of the same topic.
ALTER TABLE notification ADD COLUMN topic text, ADD COLUMN count integer NOT NULL DEFAULT 1;
CREATE UNIQUE INDEX notification_topic ON notification (member_id, topic) WHERE topic IS NOT NULL AND read_at IS NULL;
-- Followers hear of what happens from now on, not of what lies in the log already.
INSERT INTO event_cursor (consumer, xid, id, moved_at)
SELECT 'followers', pg_snapshot_xmin(pg_current_snapshot()), 0, now() ON CONFLICT (consumer) DO NOTHING;
