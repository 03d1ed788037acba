-- What happened: written in the same statement as the change, never updated, partitioned by month of "at".
-- Consumers read in the order of (xid, id) below the oldest running transaction, so that nothing is passed over.
CREATE TABLE event (
    id bigint GENERATED ALWAYS AS IDENTITY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL,
    kind text NOT NULL,               -- record.created, record.updated, record.moved, record.deleted, record.restored, task.created, …
    entity text,
    record_id uuid,
    version integer,                  -- of the record after the event
    actor_id uuid,
    actor_kind text NOT NULL,         -- member, api_key, system
    cause_kind text NOT NULL,         -- user, api, import, rule, timer, effect, system
    cause_id uuid,
    correlation uuid NOT NULL,
    before jsonb,                     -- changed fields only
    after jsonb,                      -- changed fields only; all fields on creation
    action text,                      -- trigger action (option key) of a move
    remark text,
    PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);
CREATE INDEX event_order ON event (xid, id);
CREATE INDEX event_record ON event (record_id, id);
CREATE TABLE event_default PARTITION OF event DEFAULT;

-- One row per consumer: how far it has read.
CREATE TABLE event_cursor (
    consumer text PRIMARY KEY,
    xid xid8 NOT NULL,
    id bigint NOT NULL,
    moved_at timestamptz NOT NULL
);
