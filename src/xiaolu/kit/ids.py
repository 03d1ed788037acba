"""Identifiers: UUID version 7, so that a record's id also sorts by creation time."""

from uuid import UUID

from uuid_utils import compat


def new_id() -> UUID:
    """Return a new time-ordered identifier."""
    return compat.uuid7()
