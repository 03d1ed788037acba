"""Records as values: what callers give and get."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.kit.problems import Problem
from xiaolu.process.model import AvailableMove, Freeze


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
    process_version: int | None = None
    """Number of the former process version that the record finishes on; None: it runs in the present one."""
    deleted_at: datetime | None = None
    merged_into: UUID | None = None
    """Where a record in the recycle bin went, if it was merged into another one."""
    can: Can
    marks: list[int] = []
    """Positions of those of the asked conditions that hold for the record."""


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
    is_read: bool = False
    """The values are canonical: whatever read them has checked each by itself."""
    id: UUID | None = None
    created_at: datetime | None = None
    created_by: UUID | None = None
    stage: str | None = None
    """Where it stands in its process already; None: at the beginning. Nothing is demanded for the stages before."""


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """Several records that are one: ``keep`` absorbs the others and takes ``values``."""

    keep: UUID
    version: int | None = None
    absorb: tuple[UUID, ...]
    values: dict[str, Any] = msgspec.field(default_factory=dict)


class Related(msgspec.Struct, frozen=True):
    """How many records lead to one through a relation."""

    entity: str
    field: str
    label: str
    count: int


class Person(msgspec.Struct, frozen=True):
    """Somebody, by id and name."""

    id: UUID
    name: str


class ValueChange(msgspec.Struct, frozen=True):
    """One field in one event: as JSON and as people read it."""

    field: str
    label: str
    before: Any
    after: Any
    before_text: str
    after_text: str


class HistoryEvent(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to a record; ``actor`` is None where the platform itself did it."""

    id: int
    at: datetime
    kind: str
    actor: Person | None
    cause: str
    changes: list[ValueChange]
    action: str | None
    action_label: str | None
    remark: str | None
    subject: str | None
    """What an event without changes is about: a proof by its name and file, a task by its title and who has it."""
    records: list[UUID]
    """Of a merge: the records that were absorbed, or the one that absorbed this one."""


class History(msgspec.Struct, frozen=True):
    """A page of a record's events, newest first; ``next`` is given back as ``before``."""

    events: list[HistoryEvent]
    next: int | None


class Matches(msgspec.Struct, frozen=True):
    """Records that are likely the same; ``hidden`` counts those that the person may not see."""

    matches: list[Record]
    hidden: int


class FormState(msgspec.Struct, frozen=True):
    """What formulas make of a form's fields: only fields with conditions are named.

    ``values`` are what fields hold that the form did not fill: defaults of a new record, and what is worked out from the
    record itself. ``display`` is their text where they do not speak for themselves.
    """

    visible: dict[str, bool]
    required: dict[str, bool]
    options: dict[str, list[str]]
    tips: dict[str, list[str]]
    values: dict[str, Any] = msgspec.field(default_factory=dict)
    display: dict[str, str] = msgspec.field(default_factory=dict)


class MoveRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What a person asks for: a transition, its trigger action and remark, and values that come along."""

    transition: str
    version: int | None = None
    action: str | None = None
    remark: str | None = None
    values: dict[str, Any] = msgspec.field(default_factory=dict)


class MoveOptions(msgspec.Struct, frozen=True):
    """Where a record stands in its process, and where it can go from there."""

    stage: str | None
    since: datetime | None
    frozen_until: datetime | None
    moves: tuple[AvailableMove, ...]
    freeze: Freeze | None = None
