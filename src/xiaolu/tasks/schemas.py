"""Shapes of tasks and notifications over HTTP."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec


class RecordOut(msgspec.Struct, frozen=True):
    """A record that the reader may see."""

    entity: str
    id: UUID
    title: str


class AssigneeOut(msgspec.Struct, frozen=True):
    """Who has a task."""

    id: UUID
    name: str


class TaskOut(msgspec.Struct, frozen=True, kw_only=True):
    """A card of the inbox."""

    id: UUID
    kind: str
    title: str
    background: str
    """Lines of "label: value" about the record; empty where the reader may not see the record."""
    goal: str
    next_step: str
    due_at: datetime | None
    overdue: bool
    record: RecordOut | None
    assignee: AssigneeOut
    created_at: datetime
    state: str
    closed_at: datetime | None
    note: str | None


class TaskList(msgspec.Struct, frozen=True):
    """A page of tasks; ``next`` is what to give as ``before`` for the following one."""

    tasks: list[TaskOut]
    next: str | None = None


class CountsOut(msgspec.Struct, frozen=True):
    """How much is in the inbox."""

    open: int
    overdue: int
    today: int
    unread: int


class DoneIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to say of a task that is done."""

    note: str | None = None


class ReassignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who takes over."""

    member: UUID


class NotificationOut(msgspec.Struct, frozen=True, kw_only=True):
    """Something that the member was told."""

    id: UUID
    at: datetime
    kind: str
    title: str
    text: str
    record: RecordOut | None
    task: UUID | None
    read_at: datetime | None
    count: int
    """How much happened before it was read."""


class NotificationList(msgspec.Struct, frozen=True):
    """A page of notifications, newest first; ``next`` is what to give as ``before`` for the following one."""

    notifications: list[NotificationOut]
    unread: int
    next: UUID | None = None


class ReadIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which notifications were read: some, or all of them."""

    ids: list[UUID] = msgspec.field(default_factory=list)
    all: bool = False


class NoticeKind(msgspec.Struct, frozen=True):
    """A kind of notifications that may be switched off, and whether it is on."""

    key: str
    label: str
    is_on: bool


class NoticeKinds(msgspec.Struct, frozen=True):
    """What the member hears of; other kinds always reach them."""

    kinds: list[NoticeKind]


class NoticeChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Kinds that the member wants to hear nothing of."""

    off: Annotated[list[str], msgspec.Meta(max_length=50)]
