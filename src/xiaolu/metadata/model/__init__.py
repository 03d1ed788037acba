"""Definitions: immutable, typed, with one YAML form. See ``workspace.Definitions`` for the whole."""
