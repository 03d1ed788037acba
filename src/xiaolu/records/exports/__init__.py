"""Carrying records away: spreadsheets of a list, with what the person may see and nothing else."""
