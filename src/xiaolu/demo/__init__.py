"""A demo company: an equipment distributor of 35 people, made by a seeded generator through the real write path."""
