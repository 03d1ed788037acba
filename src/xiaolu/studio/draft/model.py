"""What the draft deals in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias
from uuid import UUID

import msgspec

from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import Problem

Path: TypeAlias = tuple[str, ...]
"""From the outside in: ``("entities", "lead", "fields", "amount", "label")``; elements of lists by what they are known by."""
Document: TypeAlias = dict[str, Any]
"""Definitions as plain JSON, and under ``moves`` where the records of deleted stages go."""

MOVES = "moves"
"""Where a draft's document holds the stages that records of deleted stages go to."""

RUNNING = "running"
"""Where it holds, for each process, what the records that run in it do."""
CHOICES = (MOVES, RUNNING)
"""What of a document is no list of named things, but choices by process."""


class Op(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One step of an edit: ``put`` a value at a path, ``drop`` what is there, or ``place`` it before a neighbour."""

    op: Literal["put", "drop", "place"]
    path: Path
    value: Any = None
    before: str | None = None
    """For ``place``: the neighbour's key; None: at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What somebody did, as it was taken."""

    revision: int
    kind: str
    """edit, or rebase: the whole document was replaced."""
    author_id: UUID | None
    author_name: str
    at: datetime
    label: str
    ops: tuple[Op, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The open draft."""

    id: int
    base_version: int
    revision: int
    document: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """Somebody who edited the draft, and when last."""

    id: UUID | None
    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A place that somebody else changed since."""

    path: Path
    edit: Edit


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDraft:
    """A request for an owner's consent, about to be made."""

    draft: int
    collection: str
    key: str
    label: Label
    owners: tuple[str, ...]
    digest: str
    before: Document | None
    """The definition as it is published."""
    wanted: Document | None
    """None: the definition goes."""
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(RequestDraft):
    """A request for an owner's consent."""

    id: int
    state: str
    """waiting, approved or returned."""
    asked_by: UUID
    asked_name: str
    asked_at: datetime
    decided_name: str | None
    decided_at: datetime | None
    reason: str

    @property
    def place(self) -> str:
        """Return where the definition lies, as one text."""
        return f"{self.collection}/{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """The draft as it was when somebody chose a time for it."""

    id: int
    draft: int
    base_version: int
    document: Document
    note: str
    at: datetime
    author_id: UUID
    author_name: str
    made_at: datetime
    state: str
    """waiting, published, failed or cancelled."""
    version: int | None
    problems: tuple[Problem, ...]


Edits: TypeAlias = Sequence[Edit]
