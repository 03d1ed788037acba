-- A zip with the spreadsheet and the files that its cells name; file_id is then the spreadsheet out of it.
ALTER TABLE import_job ADD COLUMN archive_id uuid;
