"""Shapes of a walk: a record taken through a process step by step, without writing anything."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct, field

Hours = Annotated[float, Meta(ge=0, le=87_600)]


class WalkStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that is tried: values are filled in, proofs pretended, time passes, and a transition is asked for."""

    hours: Hours = 0
    """Time that passes before."""
    values: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Annotated[int, Meta(ge=0, le=1000)]] = field(default_factory=dict)
    """Slot → proofs that are taken as handed in, from now on."""
    transition: str | None = None
    action: str | None = None
    remark: Annotated[str, Meta(max_length=2000)] | None = None


class WalkBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who walks which record through, from when on."""

    role: Annotated[str, Meta(max_length=40)] = "admin"
    record: UUID | None = None
    """A real record to begin with; nothing happens to it."""
    values: dict[str, Any] = field(default_factory=dict)
    """Made-up values, or changes to those of the real record."""
    stage: str | None = None
    """Where the walk begins; the record's own stage, or the first one."""
    at: datetime | None = None
    """When it begins; now."""
    steps: Annotated[list[WalkStep], Meta(max_length=100)] = field(default_factory=list)


class WalkProblem(Struct, frozen=True, kw_only=True):
    """Something that stands in the way."""

    path: list[str | int]
    code: str
    message: str


class WalkEffect(Struct, frozen=True, kw_only=True):
    """Something that a move would bring about."""

    kind: str
    """task, freeze, lock_window, notify or set."""
    text: str
    """In words."""
    people: list[str]
    at: datetime | None
    """When a freeze ends, a task is due, a window closes."""


class WalkTaken(Struct, frozen=True, kw_only=True):
    """What came of one step."""

    at: datetime
    transition: str | None
    label: str
    source: str | None
    target: str | None
    accepted: bool
    problems: list[WalkProblem]
    effects: list[WalkEffect]


class WalkSlot(Struct, frozen=True, kw_only=True):
    """A proof that a move demands."""

    key: str
    label: str
    kind: str
    need: int
    have: int


class WalkChoice(Struct, frozen=True, kw_only=True):
    """One trigger action, or a field."""

    key: str
    label: str


class WalkMove(Struct, frozen=True, kw_only=True):
    """A move that leads on from where the record is."""

    key: str
    label: str
    target: str
    target_label: str
    backward: bool
    allowed: bool
    missing: list[WalkProblem]
    reasons: list[WalkChoice]
    remark_required: bool
    fields: list[WalkChoice]
    """Fields that the target demands."""
    evidence: list[WalkSlot]


class WalkDue(Struct, frozen=True, kw_only=True):
    """Something that time alone brings: an escalation, the end of a freeze or of a follow-up window."""

    at: datetime
    kind: str
    """escalation, freeze or window."""
    text: str
    people: list[str]
    passed: bool
    """True where the walk's clock is beyond it."""


class WalkOut(Struct, frozen=True, kw_only=True):
    """Where the record stands after the steps, and what is possible."""

    at: datetime
    stage: str | None
    stage_label: str
    since: datetime | None
    frozen_until: datetime | None
    title: str
    values: dict[str, Any]
    created: list[WalkEffect]
    """What the creation of a made-up record brought about."""
    steps: list[WalkTaken]
    moves: list[WalkMove]
    due: list[WalkDue]
    problems: list[WalkProblem]
    """What is wrong with the values given, or with the draft itself."""
