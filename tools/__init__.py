"""Programs for people who work on Xiaolu itself."""
