"""Bodies and answers of the routes that write records and read one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.kit.i18n import Language, describe
from xiaolu.kit.problems import Param, Problem
from xiaolu.metadata.model.view import Condition
from xiaolu.process.model import AvailableMove, Freeze, SlotState
from xiaolu.records.model import BulkResult, MoveOptions, Related


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of request bodies."""


class CreateBody(Body, frozen=True, kw_only=True):
    """Values of a new record by field key; ``owner`` may be among them."""

    values: dict[str, Any]


class UpdateBody(Body, frozen=True, kw_only=True):
    """Changed values; ``version`` is the one the person saw, left out to write over whatever is there."""

    values: dict[str, Any]
    version: int | None = None


class BulkBody(Body, frozen=True, kw_only=True):
    """The same values for many records: those named, or those that meet the filter."""

    values: dict[str, Any]
    ids: list[UUID] | None = None
    filter: Condition | None = None
    expect_count: int | None = None


class BulkDeleteBody(Body, frozen=True, kw_only=True):
    """Records for the recycle bin."""

    ids: list[UUID]


class FormBody(Body, frozen=True, kw_only=True):
    """A form as far as it is filled in; ``id`` where it changes a record."""

    values: dict[str, Any]
    id: UUID | None = None


class KeepBody(Body, frozen=True, kw_only=True):
    """The record that stays."""

    id: UUID
    version: int | None = None


class MergeBody(Body, frozen=True, kw_only=True):
    """Records that are one."""

    keep: KeepBody
    absorb: list[UUID]
    values: dict[str, Any] = msgspec.field(default_factory=dict)


class MoveBody(Body, frozen=True, kw_only=True):
    """A move: trigger action and remark as the process demands them, and values that come along."""

    transition: str
    version: int | None = None
    action: str | None = None
    remark: str | None = None
    values: dict[str, Any] = msgspec.field(default_factory=dict)


class ProblemOut(msgspec.Struct, frozen=True):
    """One defect: where, what, and in words."""

    path: list[str | int]
    code: str
    message: str
    params: Mapping[str, Param]


class MoveCheckOut(msgspec.Struct, frozen=True):
    """What would stand against a move; nothing: it would be accepted."""

    problems: list[ProblemOut]


class FailureOut(msgspec.Struct, frozen=True):
    """A record that could not be changed, and why."""

    id: UUID
    problems: list[ProblemOut]


class BulkOut(msgspec.Struct, frozen=True):
    """The outcome of a change of many records."""

    changed: int
    failed: list[FailureOut]


class RelatedOut(msgspec.Struct, frozen=True):
    """What leads to a record."""

    related: list[Related]


class ChoiceOut(msgspec.Struct, frozen=True):
    """One trigger action."""

    key: str
    label: str


class SlotOut(msgspec.Struct, frozen=True, kw_only=True):
    """A proof that a move demands, and how much of it is there."""

    slot: str
    label: str
    kind: str
    required: bool
    minimum: int
    have: int
    validators: dict[str, Any]


class TransitionOut(msgspec.Struct, frozen=True, kw_only=True):
    """A move that leads on, and what it still lacks."""

    key: str
    label: str
    target: str
    backward: bool
    allowed: bool
    reasons: list[ChoiceOut]
    remark_required: bool
    required_fields: list[str]
    missing: list[ProblemOut]
    evidence: list[SlotOut]


class FreezeOut(msgspec.Struct, frozen=True):
    """Why a record is frozen, and which fields may be filled in meanwhile."""

    reason: str | None
    fields: list[str]


class MovesOut(msgspec.Struct, frozen=True, kw_only=True):
    """Where a record stands, and where it can go."""

    stage: str | None
    since: datetime | None
    frozen_until: datetime | None
    transitions: list[TransitionOut]
    freeze: FreezeOut | None = None


def problem_out(found: Problem, language: Language) -> ProblemOut:
    """Return a problem in the reader's language."""
    return ProblemOut(list(found.path), found.code, describe(found, language), found.params)


def bulk_out(result: BulkResult, language: Language) -> BulkOut:
    """Return the outcome of a change of many records in the reader's language."""
    failed = [FailureOut(each.id, [problem_out(one, language) for one in each.problems]) for each in result.failed]
    return BulkOut(result.changed, failed)


def moves_out(options: MoveOptions, language: Language) -> MovesOut:
    """Return what moves are possible in the reader's language."""
    return MovesOut(
        stage=options.stage,
        since=options.since,
        frozen_until=options.frozen_until,
        transitions=[_transition_out(each, language) for each in options.moves],
        freeze=None if options.freeze is None else _freeze_out(options.freeze, language),
    )


def _freeze_out(freeze: Freeze, language: Language) -> FreezeOut:
    return FreezeOut(None if freeze.reason is None else freeze.reason.text(language), list(freeze.fields))


def _transition_out(move: AvailableMove, language: Language) -> TransitionOut:
    return TransitionOut(
        key=move.transition.key,
        label=move.transition.label.text(language),
        target=move.transition.target,
        backward=move.transition.backward,
        allowed=move.allowed,
        reasons=[ChoiceOut(each.key, each.label.text(language)) for each in move.reasons],
        remark_required=move.remark_required,
        required_fields=list(move.required_fields),
        missing=[problem_out(each, language) for each in move.missing],
        evidence=[_slot_out(each, language) for each in move.evidence],
    )


def _slot_out(state: SlotState, language: Language) -> SlotOut:
    slot = state.slot
    return SlotOut(
        slot=slot.key,
        label=slot.label.text(language),
        kind=slot.kind,
        required=slot.required,
        minimum=slot.minimum,
        have=state.have,
        validators=msgspec.to_builtins(slot.validators),
    )
