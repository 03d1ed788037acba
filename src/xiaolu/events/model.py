"""Events as values: what happened to what, by whom, because of what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDraft:
    """An event about to be written; actor, cause and instant come from the context."""

    kind: str
    entity: str | None = None
    record_id: UUID | None = None
    version: int | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    action: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in the order of events: (transaction, number within it)."""

    xid: int
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event as it was written. ``before`` and ``after`` hold JSON values of the fields that changed."""

    position: Position
    at: datetime
    kind: str
    entity: str | None
    record_id: UUID | None
    version: int | None
    actor_id: UUID | None
    actor_kind: str
    cause_kind: str
    cause_id: UUID | None
    correlation: UUID
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    action: str | None
    remark: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """Something that becomes due once."""

    id: UUID
    kind: str
    due_at: datetime
    payload: Mapping[str, Any]
    key: str | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A recurring instant. ``cron`` has five fields and is read in the workspace's time zone."""

    key: str
    kind: str
    cron: str
    working_days_only: bool = False
    payload: Mapping[str, Any]
    next_at: datetime | None = None
