"""The ``xiaolu`` command: thin, over the same services as the web."""
