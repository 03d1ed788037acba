"""Values of tasks and notifications, and of the people they go to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from xiaolu.kit.i18n import Label

NOTHING = Label("")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDraft:
    """A task to be made."""

    kind: str
    """todo, follow_up or escalation."""
    title: Label
    assignee: UUID
    background: tuple[str, ...] = ()
    """Fields of the record (dotted through relations) that the card shows to readers who may see them."""
    goal: Label = NOTHING
    next_step: Label = NOTHING
    due_at: datetime | None = None
    entity: str | None = None
    record_id: UUID | None = None
    key: str | None = None
    """The task's cause: a second task with the same key is not made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task as it was made."""

    id: UUID
    kind: str
    title: Label
    background: tuple[str, ...]
    goal: Label
    next_step: Label
    assignee: UUID
    assignee_name: str
    created_at: datetime
    created_by: UUID | None
    due_at: datetime | None
    entity: str | None
    record_id: UUID | None
    state: str
    """open, done or cancelled."""
    closed_at: datetime | None
    note: str | None

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether an open task's time has run out."""
        return self.state == "open" and self.due_at is not None and self.due_at < now


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCounts:
    """How much is in an inbox."""

    open: int
    overdue: int
    today: int
    """Due before the end of today, overdue ones left out."""
    unread: int
    """Notifications."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationDraft:
    """Something to tell people. The record's title is not part of the text: each reader sees it if they may."""

    kind: str
    """process, task, reminder, escalation, mention, share or follow."""
    title: Label
    text: Label = NOTHING
    entity: str | None = None
    record_id: UUID | None = None
    task_id: UUID | None = None
    topic: str | None = None
    """While one of the same topic is unread, this one takes its place and adds to its count."""
    count: int = 1
    """How much happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """Something that a member was told."""

    id: UUID
    at: datetime
    kind: str
    title: Label
    text: Label
    entity: str | None
    record_id: UUID | None
    task_id: UUID | None
    read_at: datetime | None
    count: int = 1
    """How much happened of the same topic before it was read."""


@dataclass(frozen=True, slots=True)
class Department:
    """A department's place in the tree; a manager who left is None."""

    id: UUID
    parent_id: UUID | None
    manager_id: UUID | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member who could take a task, and how many open ones they have."""

    id: UUID
    department_id: UUID | None
    load: int


@dataclass(frozen=True, slots=True)
class OrgChart:
    """The department tree as tasks need it."""

    departments: Mapping[UUID, Department]

    def path(self, department_id: UUID | None) -> tuple[UUID, ...]:
        """Return a department and those above it, nearest first."""
        found: list[UUID] = []
        while department_id is not None and department_id in self.departments and department_id not in found:
            found.append(department_id)
            department_id = self.departments[department_id].parent_id
        return tuple(found)

    def managers_above(self, department_id: UUID | None, besides: UUID | None = None) -> tuple[UUID, ...]:
        """Return who manages a department and those above it, nearest first, each person once, ``besides`` left out."""
        managers = (self.departments[each].manager_id for each in self.path(department_id))
        return tuple(dict.fromkeys(each for each in managers if each is not None and each != besides))
