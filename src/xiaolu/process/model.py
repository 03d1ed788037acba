"""Values of moves: what is known, what is asked for, what is decided."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import Problem
from xiaolu.kit.workcalendar.model import WorkCalendar
from xiaolu.metadata.model.entity import Option, OptionSet
from xiaolu.metadata.model.process import Effect, EvidenceSlot, Transition

Evaluate: TypeAlias = Callable[[str], Any]
"""Formula text → its value on the record at hand, in the canonical form of values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFacts:
    """A record as a decision sees it."""

    entity: str
    id: UUID
    version: int
    title: str
    values: Mapping[str, Any]
    """Canonical values of all fields, computed ones included; for a move, those that come with it merged in."""
    owner: UUID | None = None
    department: UUID | None = None
    stage: str | None = None
    stage_since: datetime | None = None
    frozen_until: datetime | None = None
    process_version: int | None = None
    """Number of the version of the process that the record started on."""


@dataclass(frozen=True, slots=True)
class MoveInput:
    """What a person asks for."""

    transition: str
    action: str | None = None
    """Trigger action: key in the process's option set of reasons."""
    remark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveFacts:
    """What a decision needs to know besides the record; ``process.service.load_move_facts`` reads it."""

    calendar: WorkCalendar
    evidence: Mapping[str, int] = field(default_factory=dict)
    """Slot → how many proofs count."""
    members: Mapping[str, UUID] = field(default_factory=dict)
    """Role → the member whom a task for that role would go to."""
    option_sets: Mapping[str, OptionSet] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An accepted move: what to write, and what follows from it."""

    transition: Transition
    source: str
    stage: str
    stage_since: datetime
    frozen_until: datetime | None
    values: Mapping[str, Any]
    """Fields that the effects set, canonical; written with the move whatever the person may write."""
    effects: tuple[Effect, ...]
    """What is left to do after the write: tasks, windows, notifications."""
    members: Mapping[str, UUID]
    action: str | None
    remark: str | None


@dataclass(frozen=True, slots=True)
class Freeze:
    """What there is to say of a freeze that holds."""

    reason: Label | None
    """In the words of the effect that froze the record; None where it has none."""
    fields: tuple[str, ...]
    """What may be filled in meanwhile."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A move that cannot be, with everything that stands against it."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class SlotState:
    """A proof that a move demands, and how much of it is there."""

    slot: EvidenceSlot
    have: int

    @property
    def is_met(self) -> bool:
        """Tell whether enough is there."""
        return not self.slot.required or self.have >= self.slot.minimum


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailableMove:
    """A move that leads on from a record's stage, and what it still lacks besides action and remark."""

    transition: Transition
    allowed: bool
    """True where nothing is missing but what the move itself brings: action, remark."""
    reasons: tuple[Option, ...]
    remark_required: bool
    required_fields: tuple[str, ...]
    missing: tuple[Problem, ...]
    evidence: tuple[SlotState, ...]
