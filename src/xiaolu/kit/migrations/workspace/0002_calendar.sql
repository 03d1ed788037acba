-- How the workspace works: ISO weekdays, whether public holidays count, and opening and closing times in turn.
CREATE TABLE work_calendar (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    weekdays smallint[] NOT NULL DEFAULT '{1,2,3,4,5}',
    has_public_holidays boolean NOT NULL DEFAULT true,
    hours time[] NOT NULL DEFAULT '{09:00,12:00,13:30,18:00}',
    digest text                       -- of what work_day was filled with
);
INSERT INTO work_calendar DEFAULT VALUES;
-- The workspace's own days, whatever weekday or holiday they are.
CREATE TABLE work_exception (
    day date PRIMARY KEY,
    is_working boolean NOT NULL,
    name text NOT NULL DEFAULT ''
);
-- Every day the calendar covers, filled from the above; ordinal counts the working days up to and including the day.
CREATE TABLE work_day (
    day date PRIMARY KEY,
    is_working boolean NOT NULL,
    ordinal integer NOT NULL
);
CREATE UNIQUE INDEX work_day_ordinal ON work_day (ordinal) WHERE is_working;
