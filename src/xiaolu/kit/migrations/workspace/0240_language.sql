-- A member who has not chosen a language reads what the browser asks for.
ALTER TABLE member ALTER COLUMN language DROP NOT NULL, ALTER COLUMN language DROP DEFAULT;
