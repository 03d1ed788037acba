-- What is due: single timers, and schedules that make timers.
CREATE TABLE timer (
    id uuid PRIMARY KEY,
    key text UNIQUE,                  -- a second timer with the same key is the same timer
    kind text NOT NULL,
    due_at timestamptz NOT NULL,
    payload jsonb NOT NULL DEFAULT '{}',
    attempts integer NOT NULL DEFAULT 0,
    error text,
    failed_at timestamptz,            -- given up; shown on the health page
    created_at timestamptz NOT NULL
);
CREATE INDEX timer_due ON timer (due_at) WHERE failed_at IS NULL;
CREATE TABLE schedule (
    key text PRIMARY KEY,
    kind text NOT NULL,
    cron text NOT NULL,               -- five fields, in the workspace's time zone
    working_days_only boolean NOT NULL DEFAULT false,
    payload jsonb NOT NULL DEFAULT '{}',
    next_at timestamptz NOT NULL,
    enabled boolean NOT NULL DEFAULT true
);
CREATE INDEX schedule_next ON schedule (next_at) WHERE enabled;
