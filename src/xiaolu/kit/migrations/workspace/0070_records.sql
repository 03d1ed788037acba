-- How far each automatic number has counted, by period (empty where the sequence never starts anew).
CREATE TABLE numbering_counter (
    numbering text NOT NULL,
    period text NOT NULL,
    value bigint NOT NULL,
    PRIMARY KEY (numbering, period)
);

-- Where a record went that was merged into another: the absorbed one lies in the recycle bin.
CREATE TABLE record_merge (
    entity text NOT NULL,
    absorbed_id uuid NOT NULL,
    kept_id uuid NOT NULL,
    merged_at timestamptz NOT NULL,
    merged_by uuid,
    PRIMARY KEY (entity, absorbed_id)
);
CREATE INDEX record_merge_kept ON record_merge (entity, kept_id);

-- How far the daily round over formulas that read the clock has come: the entity at hand, and the last record done.
CREATE TABLE clock_round (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    day date,
    is_done boolean NOT NULL DEFAULT true,
    entity text,
    record_id uuid
);
INSERT INTO clock_round DEFAULT VALUES;
