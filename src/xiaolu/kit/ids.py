"""Identifiers: UUID version 7, so that a record's id also sorts by creation time."""

from uuid import UUID

import uuid_utils
from asyncpg.pgproto.pgproto import UUID as FastUUID  # noqa: N811 - a class that its module writes so


def new_id() -> UUID:
    """Return a new time-ordered identifier, of the class that the database's answers have: a fifth of the standard one's cost."""
    made: UUID = FastUUID(uuid_utils.uuid7().bytes)
    return made
