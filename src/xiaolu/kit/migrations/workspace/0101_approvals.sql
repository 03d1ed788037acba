-- Definitions may have owners: a change by anybody else takes effect only once an owner approved exactly that change.
ALTER TABLE definition_version ADD COLUMN signatures json NOT NULL DEFAULT '[]';  -- changed definitions with owners, and who stood for each
ALTER TABLE definition_version ADD COLUMN apps json NOT NULL DEFAULT '{}';        -- app key -> version
ALTER TABLE definition_publication ADD COLUMN signatures json NOT NULL DEFAULT '[]';
ALTER TABLE definition_publication ADD COLUMN told_at timestamptz;                -- when the author was told that it failed

CREATE TABLE draft_approval (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    draft bigint NOT NULL REFERENCES draft ON DELETE CASCADE,
    collection text NOT NULL,
    key text NOT NULL,
    label jsonb NOT NULL,
    owners text[] NOT NULL,                  -- roles that may decide
    digest text NOT NULL,                    -- of what the definition becomes
    before json,                             -- the definition as it was published when this was asked
    wanted json,                             -- NULL: the definition goes
    note text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'waiting',   -- waiting, approved, returned, replaced (asked anew)
    asked_by uuid NOT NULL REFERENCES member,
    asked_name text NOT NULL,
    asked_at timestamptz NOT NULL,
    decided_by uuid,
    decided_name text,
    decided_at timestamptz,
    reason text NOT NULL DEFAULT ''
);
CREATE INDEX draft_approval_draft ON draft_approval (draft, id);
CREATE INDEX draft_approval_waiting ON draft_approval (id) WHERE state = 'waiting';

-- The draft as it was when somebody chose a time for it; the worker publishes it then.
CREATE TABLE draft_schedule (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    draft bigint NOT NULL REFERENCES draft ON DELETE CASCADE,
    base_version bigint NOT NULL,
    document json NOT NULL,
    note text NOT NULL DEFAULT '',
    at timestamptz NOT NULL,
    author_id uuid NOT NULL REFERENCES member,
    author_name text NOT NULL,
    made_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'waiting',   -- waiting, published, failed, cancelled
    version bigint,
    problems json,
    ended_at timestamptz
);
CREATE UNIQUE INDEX draft_schedule_one ON draft_schedule ((true)) WHERE state = 'waiting';
