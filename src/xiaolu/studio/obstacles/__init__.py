"""Obstacles: what got in people's way, reported from where it happened, answered by those who build."""
