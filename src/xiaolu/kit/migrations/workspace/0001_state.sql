-- One row that every process watches: when a number grows, the cache behind it is stale.
CREATE TABLE state (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    definitions bigint NOT NULL DEFAULT 0,
    access bigint NOT NULL DEFAULT 0,
    name text NOT NULL DEFAULT '',    -- of the company, as people read it
    time_zone text NOT NULL DEFAULT 'Asia/Shanghai',
    clock_offset interval NOT NULL DEFAULT interval '0'
);
INSERT INTO state DEFAULT VALUES;
