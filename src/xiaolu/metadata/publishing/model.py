"""What publishing takes and gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from xiaolu.kit.problems import Problem
from xiaolu.metadata.model.running import Running, RunningChoice
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.planner.model import Operation, Plan


@dataclass(frozen=True, slots=True)
class Author:
    """Who publishes; the platform itself has no id."""

    id: UUID | None
    name: str
    roles: frozenset[str] | None = None
    """Decide which definitions with owners the author may change; None: all of them (the platform, or who runs it)."""


PLATFORM = Author(None, "system")


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """An owner's consent to a change that somebody else makes."""

    place: str
    digest: str
    """Of what the definition becomes (``owning.digest_of``)."""
    approver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Definitions that somebody wants to hold."""

    definitions: Definitions
    base_version: int
    """The version that the author started from; publishing is refused when it is no longer the current one."""
    author: Author = PLATFORM
    note: str = ""
    moves: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Process → stage that is gone → the stage that its records go to."""
    running: Mapping[str, RunningChoice] = field(default_factory=dict)
    """Process → what the records that run in it do; where nothing is said they finish on the version they started on."""
    packages: Mapping[str, str] | None = None
    """App → hash of the package as it was shipped; None: as before."""
    restored_from: int | None = None
    approvals: tuple[Approval, ...] = ()
    signatures: tuple[Mapping[str, Any], ...] = ()
    """Who stood for each change of a definition with owners; ``publish`` fills it in."""


@dataclass(frozen=True, slots=True)
class RecordChoices:
    """What becomes of the records of processes that a publication changes."""

    running: Mapping[str, RunningChoice] = field(default_factory=dict)
    """Process → what the records that run in it do."""
    moves: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Process → stage that is gone → the stage that its records go to."""


@dataclass(frozen=True, slots=True)
class Published:
    """What came of it."""

    state: Literal["published", "preparing", "unchanged"]
    version: int
    """The version that holds now; while ``preparing`` still the former one."""
    plan: Plan
    publication: int | None = None
    """Of a publication that is being prepared."""


@dataclass(frozen=True, slots=True)
class Current:
    """The definitions that hold."""

    version: int
    definitions: Definitions
    packages: Mapping[str, str]
    time_zone: str
    running: Running
    """The process versions that records run on."""


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One published version, without its definitions."""

    version: int
    note: str
    author_id: UUID | None
    author_name: str
    at: datetime
    restored_from: int | None
    summary: tuple[Mapping[str, Any], ...]
    """The plan's steps: kind, entity, field, risk, rows and the text in each language."""
    signatures: tuple[Mapping[str, Any], ...] = ()
    """Changed definitions with owners: collection, key, label, owners (roles) and approver."""
    apps: Mapping[str, str] = field(default_factory=dict)
    """App → its version."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A publication that is being prepared."""

    id: int
    publication: Publication
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work on a large table."""

    id: int
    publication: int | None
    kind: str
    entity: str
    field: str | None
    table: str
    operation: Operation
    state: str
    waits_for: tuple[str, ...] | None
    last_id: UUID | None
    rows_done: int
    batch: int
    attempts: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is, for people."""

    id: int
    kind: str
    entity: str
    field: str | None
    state: str
    rows_done: int
    attempts: int
    problem: str | None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a publication that was being prepared could not be finished."""

    code: str
    problems: tuple[Problem, ...]
