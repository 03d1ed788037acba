-- Announcements reach roles and departments (with those below them); none of either: everybody.
ALTER TABLE announcement ADD COLUMN departments uuid[] NOT NULL DEFAULT '{}';
-- Kinds of notifications that a member switched off.
CREATE TABLE notification_off (
    member_id uuid NOT NULL REFERENCES member,
    kind text NOT NULL,
    PRIMARY KEY (member_id, kind)
);
