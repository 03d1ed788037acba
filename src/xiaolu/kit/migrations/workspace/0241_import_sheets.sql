-- Of a workbook from which several sheets are read, the sheet that a refused row stands in.
ALTER TABLE import_refusal ADD COLUMN sheet text;
