"""Records as values: what callers give and get."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.kit.problems import Problem


class Can(msgspec.Struct, frozen=True):
    """What the reader may do with one record now."""

    update: bool
    delete: bool
    move: bool


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One record as its reader may see it: hidden fields are left out.

    ``values`` holds JSON by field key; ``display`` the text of values that do not speak for themselves (relations,
    people, choices, regions, files).
    """

    id: UUID
    version: int
    entity: str
    title: str
    values: dict[str, Any]
    display: dict[str, str]
    created_at: datetime
    created_by: UUID | None
    updated_at: datetime
    updated_by: UUID | None
    owner: UUID | None
    department: UUID | None
    stage: str | None
    stage_since: datetime | None
    frozen_until: datetime | None
    deleted_at: datetime | None = None
    can: Can


class Update(msgspec.Struct, frozen=True, kw_only=True):
    """A change of one record; ``version`` is the one the person saw, None to write whatever is there now."""

    values: dict[str, Any]
    version: int | None = None


class Failure(msgspec.Struct, frozen=True):
    """One record of many that could not be changed, and why."""

    id: UUID
    problems: list[Problem]


class BulkResult(msgspec.Struct, frozen=True):
    """The outcome of a change of many records."""

    changed: int
    failed: list[Failure]


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A record to be made, with what only imports and installations may say of its past."""

    values: Mapping[str, Any]
    id: UUID | None = None
    created_at: datetime | None = None
    created_by: UUID | None = None


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """Several records that are one: ``keep`` absorbs the others and takes ``values``."""

    keep: UUID
    version: int | None = None
    absorb: tuple[UUID, ...]
    values: dict[str, Any] = msgspec.field(default_factory=dict)
