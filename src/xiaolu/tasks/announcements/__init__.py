"""Announcements: what members should read, and who confirmed having read it."""
