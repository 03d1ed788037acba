-- What everybody, or the members of some roles, should read; some of it must be confirmed before one goes on.
CREATE TABLE announcement (
    id uuid PRIMARY KEY,
    title jsonb NOT NULL,
    text jsonb NOT NULL,
    must_confirm boolean NOT NULL DEFAULT false,
    roles text[] NOT NULL DEFAULT '{}',   -- none: everybody
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL REFERENCES member,
    ends_at timestamptz,
    withdrawn_at timestamptz
);
CREATE TABLE announcement_receipt (
    announcement_id uuid NOT NULL REFERENCES announcement ON DELETE CASCADE,
    member_id uuid NOT NULL REFERENCES member,
    at timestamptz NOT NULL,
    PRIMARY KEY (announcement_id, member_id)
);
CREATE INDEX announcement_receipt_member ON announcement_receipt (member_id);
