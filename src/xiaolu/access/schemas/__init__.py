"""Shapes of access over HTTP."""
