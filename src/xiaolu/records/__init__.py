"""Rows of entities: how they are written, read, listed, merged, moved, imported and exported."""
