"""Taking records in from spreadsheets: read, map, check, run, undo; killed at any point it goes on where it was."""
