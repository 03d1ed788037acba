-- Rows of sub-tables that an import made, beside the records themselves.
ALTER TABLE import_job ADD COLUMN child_rows bigint NOT NULL DEFAULT 0;
