"""Processes for those who build: where records run, moving them to another version, walking a draft through."""
