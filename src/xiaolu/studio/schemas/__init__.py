"""Shapes of what the studio takes and gives over HTTP."""
