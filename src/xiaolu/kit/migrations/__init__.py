"""Numbered, forward-only SQL files that make a workspace's system tables; ``runner`` applies what is missing."""
