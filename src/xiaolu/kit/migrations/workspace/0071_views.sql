-- Views that people save for themselves or share; those of the definitions are not here.
CREATE TABLE saved_view (
    id uuid PRIMARY KEY,
    entity text NOT NULL,
    owner_id uuid NOT NULL REFERENCES member,
    is_shared boolean NOT NULL DEFAULT false,
    view jsonb NOT NULL,              -- label, kind, columns, filter, sort, group, measures, card, options
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX saved_view_owner ON saved_view (owner_id);
CREATE INDEX saved_view_shared ON saved_view (entity) WHERE is_shared;
