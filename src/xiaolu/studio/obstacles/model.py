"""What an obstacle is."""

from datetime import datetime
from typing import Any, Literal, TypeAlias
from uuid import UUID

import msgspec

Category: TypeAlias = Literal["slow", "unclear", "missing", "wrong", "useless", "other"]
State: TypeAlias = Literal["new", "planned", "done", "declined"]
LONGEST_TEXT = 2_000


class Place(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where somebody was: recorded by the client, shown to those who build."""

    page: str
    entity: str | None = None
    record: UUID | None = None
    stage: str | None = None
    width: int | None = None
    language: str | None = None
    client: str | None = None
    """Version of the client."""


class Obstacle(msgspec.Struct, frozen=True, kw_only=True):
    """A report, and what was decided on it."""

    id: UUID
    at: datetime
    reporter: UUID
    reporter_name: str
    category: Category
    text: str
    page: str
    entity: str | None
    record_id: UUID | None
    stage: str | None
    place: dict[str, Any]
    version: int
    """Of the definitions at the time."""
    state: State
    answer: str | None
    decided_at: datetime | None
    decided_by: str | None


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """How many reports concern a form and a stage."""

    entity: str | None
    stage: str | None
    open: int
    total: int
