-- Opening hours of single weekdays (ISO number → opening and closing times in turn) where they differ from the others',
-- and a counter that tells every process that the work calendar changed.
ALTER TABLE work_calendar ADD COLUMN weekday_hours jsonb NOT NULL DEFAULT '{}';
ALTER TABLE state ADD COLUMN calendar bigint NOT NULL DEFAULT 0;
