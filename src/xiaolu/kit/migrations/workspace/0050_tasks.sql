-- Something a person must do. Texts are {"zh": …, "en": …}, written when the task is made.
CREATE TABLE task (
    id uuid PRIMARY KEY,
    kind text NOT NULL,               -- todo, follow_up, escalation
    title jsonb NOT NULL,
    background text[] NOT NULL DEFAULT '{}',  -- fields of the record that the card shows; read afresh for each reader
    goal jsonb NOT NULL DEFAULT '{}',
    next_step jsonb NOT NULL DEFAULT '{}',
    assignee uuid NOT NULL REFERENCES member,
    created_at timestamptz NOT NULL,
    created_by uuid,                  -- NULL: the platform
    due_at timestamptz,
    remind_at timestamptz,            -- next reminder; NULL: none to come
    entity text,
    record_id uuid,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'cancelled')),
    closed_at timestamptz,
    closed_by uuid,
    note text,
    key text UNIQUE,                  -- makes the task exactly once for its cause; NULL: made by hand
    CHECK ((state = 'open') = (closed_at IS NULL))
);
CREATE INDEX task_inbox ON task (assignee, state, id);
CREATE INDEX task_record ON task (record_id) WHERE state = 'open';
CREATE INDEX task_reminder ON task (remind_at) WHERE state = 'open' AND remind_at IS NOT NULL;

CREATE TABLE notification (
    id uuid PRIMARY KEY,
    member_id uuid NOT NULL REFERENCES member,
    at timestamptz NOT NULL,
    kind text NOT NULL,               -- process, task, reminder, escalation
    title jsonb NOT NULL,
    text jsonb NOT NULL DEFAULT '{}',
    entity text,
    record_id uuid,
    task_id uuid REFERENCES task ON DELETE CASCADE,
    read_at timestamptz
);
CREATE INDEX notification_inbox ON notification (member_id, id);
CREATE INDEX notification_unread ON notification (member_id) WHERE read_at IS NULL;
