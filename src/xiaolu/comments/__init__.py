"""Comments on records, and who follows a record."""
