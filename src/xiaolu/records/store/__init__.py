"""Every SQL statement of the write path."""
