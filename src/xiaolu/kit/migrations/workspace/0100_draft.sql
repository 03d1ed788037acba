-- The draft that all builders share: at most one is open. Its document is plain JSON and may be unsound until it is published.
CREATE TABLE draft (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    state text NOT NULL DEFAULT 'open',      -- open, published, discarded
    base_version bigint NOT NULL,            -- version that the draft started from, or was last rebased on
    revision bigint NOT NULL DEFAULT 0,      -- counts the edits
    document json NOT NULL,
    opened_by uuid,
    opened_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE UNIQUE INDEX draft_one_open ON draft ((true)) WHERE state = 'open';

-- What builders did, one row a step, so that others can follow and conflicts can name who and what.
CREATE TABLE draft_edit (
    draft bigint NOT NULL REFERENCES draft ON DELETE CASCADE,
    revision bigint NOT NULL,
    kind text NOT NULL DEFAULT 'edit',       -- edit, rebase (the document was replaced as a whole)
    author_id uuid,
    author_name text NOT NULL,
    at timestamptz NOT NULL,
    label text NOT NULL,
    ops json NOT NULL,
    PRIMARY KEY (draft, revision)
);
