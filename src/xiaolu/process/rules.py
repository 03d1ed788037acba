"""Decisions about moves and edits: record, process and facts in; everything that stands against it, or what follows, out."""

import math
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from xiaolu.access.model import Actor
from xiaolu.files.validators import is_blank
from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.workcalendar.model import WorkCalendar
from xiaolu.metadata.model.entity import Option, OptionSet
from xiaolu.metadata.model.process import Process, Stage, Transition
from xiaolu.metadata.snapshot import EntityModel
from xiaolu.process.hours import hours_after
from xiaolu.process.model import (
    AvailableMove,
    Evaluate,
    Freeze,
    Move,
    MoveFacts,
    MoveInput,
    RecordFacts,
    Refused,
    SlotState,
)

LONGEST_REMARK = 2000


def check_edit(
    process: Process | None, record: RecordFacts, changed: Collection[str], *, now: datetime
) -> list[Problem]:
    """Return what forbids changing fields of a record now: a freeze, or fields that its stage closes.

    Call it before every update, bulk change, merge and deletion (with no field named, a freeze forbids as well).
    """
    stage = process.stage(record.stage) if process and record.stage else None
    found: list[Problem] = []
    open_fields = stage.open_when_frozen if stage else ()
    if is_frozen(record, now) and (not changed or any(key not in open_fields for key in changed)):
        found.append(_frozen(record, now))
    if stage is not None:
        found += [
            problem("process.field_closed", "values", key, **_named("stage", stage.label))
            for key in changed
            if key in stage.readonly
        ]
    return found


def is_frozen(record: RecordFacts, now: datetime) -> bool:
    """Tell whether a freeze holds; at its very end it no longer does."""
    return record.frozen_until is not None and now < record.frozen_until


def freeze_of(process: Process | None, record: RecordFacts, *, work: WorkCalendar, now: datetime) -> Freeze | None:
    """Return why a record is frozen and what stays open; None where no freeze holds.

    Of several effects that lead to the stage with a freeze, the one counts that ends when the record's own freeze does.
    """
    stage = process.stage(record.stage) if process and record.stage else None
    if process is None or stage is None or not is_frozen(record, now):
        return None
    begun = record.stage_since or now
    found = [
        each for one in process.transitions if one.target == stage.key for each in one.effects if each.do == "freeze"
    ]
    exact = [
        each
        for each in found
        if hours_after(begun, each.hours or 0, calendar=each.calendar, work=work) == record.frozen_until
    ]
    reasons = {each.reason for each in exact or found}
    return Freeze(reasons.pop() if len(reasons) == 1 else None, stage.open_when_frozen)


def decide_move(
    model: EntityModel,
    record: RecordFacts,
    given: MoveInput,
    facts: MoveFacts,
    *,
    actor: Actor,
    now: datetime,
    evaluate: Evaluate,
) -> Move | Refused:
    """Decide whether a record may move, and what the move brings with it; a refusal names everything at once."""
    process = model.process_of(record.process_version)
    transition = process.transition(given.transition) if process else None
    if process is None or transition is None:
        return Refused((problem("process.transition_unknown", "transition", transition=given.transition),))
    found = _obstacles(model, process, transition, record, facts, actor=actor, now=now, evaluate=evaluate)
    found += _check_action(_reason_set(process, transition, facts), given.action)
    found += _check_remark(process, given.remark)
    if found:
        return Refused(tuple(found))
    return _accept(model, transition, record, given, facts, now=now, evaluate=evaluate)


def available_moves(
    model: EntityModel, record: RecordFacts, facts: MoveFacts, *, actor: Actor, now: datetime, evaluate: Evaluate
) -> tuple[AvailableMove, ...]:
    """Return the moves that lead on from the record's stage, each with what it still lacks."""
    process = model.process_of(record.process_version)
    if process is None:
        return ()
    return tuple(
        _available(model, process, transition, record, facts, actor=actor, now=now, evaluate=evaluate)
        for transition in process.transitions
        if record.stage in transition.source
    )


def demanded_evidence(
    process: Process, transition: Transition, stage: str | None, facts: MoveFacts
) -> tuple[SlotState, ...]:
    """Return the proofs that a move out of ``stage`` demands: none for moves back and to a lost stage."""
    left = process.stage(stage) if stage else None
    if left is None or not leaves_forwards(process, transition):
        return ()
    return tuple(SlotState(slot, facts.evidence.get(slot.key, 0)) for slot in left.evidence)


def leaves_forwards(process: Process, transition: Transition) -> bool:
    """Tell whether a move owes the proofs of the stage that it leaves: neither moves back nor giving up do."""
    target = process.stage(transition.target)
    return not transition.backward and (target is None or target.kind != "lost")


def _available(
    model: EntityModel,
    process: Process,
    transition: Transition,
    record: RecordFacts,
    facts: MoveFacts,
    *,
    actor: Actor,
    now: datetime,
    evaluate: Evaluate,
) -> AvailableMove:
    missing = _obstacles(model, process, transition, record, facts, actor=actor, now=now, evaluate=evaluate)
    reasons = _reason_set(process, transition, facts)
    target = process.stage(transition.target)
    return AvailableMove(
        transition=transition,
        allowed=not missing,
        reasons=tuple(each for each in reasons.options if not each.retired) if reasons else (),
        remark_required=process.remark_required,
        required_fields=target.required if target else (),
        missing=tuple(missing),
        evidence=demanded_evidence(process, transition, record.stage, facts),
    )


def _obstacles(
    model: EntityModel,
    process: Process,
    transition: Transition,
    record: RecordFacts,
    facts: MoveFacts,
    *,
    actor: Actor,
    now: datetime,
    evaluate: Evaluate,
) -> list[Problem]:
    """Everything that stands against a move except what the person says with it."""
    found: list[Problem] = []
    if record.stage not in transition.source:
        stage = process.stage(record.stage or "")
        found.append(
            problem("process.wrong_stage", "transition", **_named("stage", stage.label if stage else Label("—")))
        )
    if is_frozen(record, now):
        found.append(_frozen(record, now))
    if transition.roles and not actor.is_admin and not set(transition.roles) & set(actor.roles):
        found.append(problem("process.role_not_allowed", "transition", **_named("move", transition.label)))
    target = process.stage(transition.target)
    found += _missing_fields(model, target, record) if target else []
    found += [
        problem("process.evidence_missing", "evidence", each.slot.key, have=each.have, need=each.slot.minimum,
                **_named("label", each.slot.label))
        for each in demanded_evidence(process, transition, record.stage, facts)
        if not each.is_met
    ]  # fmt: skip
    if transition.guard is not None and evaluate(transition.guard) is not True:
        found.append(_guard_problem(transition))
    return found


def _missing_fields(model: EntityModel, target: Stage, record: RecordFacts) -> list[Problem]:
    found = []
    for key in target.required:
        if _is_empty(record.values.get(key)):
            field = model.definition.field(key)
            label = field.label if field else Label(key)
            found.append(
                problem(
                    "process.field_missing", "values", key, **_named("label", label), **_named("stage", target.label)
                )
            )
    return found


def _guard_problem(transition: Transition) -> Problem:
    message = transition.guard_message
    if message is None:
        return problem("process.guard", "transition", **_named("move", transition.label))
    return problem("process.guard_failed", "transition", **_named("message", message))


def _frozen(record: RecordFacts, now: datetime) -> Problem:
    until = record.frozen_until or now
    minutes = math.ceil((until - now).total_seconds() / 60)
    return problem("record.frozen", "record", until=until.isoformat(), hours=minutes // 60, minutes=minutes % 60)


def _reason_set(process: Process, transition: Transition, facts: MoveFacts) -> OptionSet | None:
    key = transition.reasons or process.reasons
    return None if key is None else facts.option_sets.get(key, OptionSet(key=key, label=Label(key), options=()))


def _check_action(reasons: OptionSet | None, action: str | None) -> list[Problem]:
    if reasons is None:
        return [] if action is None else [problem("process.action_unasked", "action")]
    if not action or not action.strip():
        return [problem("process.action_missing", "action", **_choices(reasons.options))]
    chosen = next((each for each in reasons.options if each.key == action), None)
    if chosen is None:
        return [problem("process.action_unknown", "action", action=action, **_choices(reasons.options))]
    if chosen.retired:
        return [
            problem("process.action_retired", "action", **_named("label", chosen.label), **_choices(reasons.options))
        ]
    return []


def _check_remark(process: Process, remark: str | None) -> list[Problem]:
    if remark is not None and len(remark) > LONGEST_REMARK:
        return [problem("process.remark_too_long", "remark", limit=LONGEST_REMARK)]
    if process.remark_required and is_blank(remark, process.remark_minimum):
        return [problem("process.remark_blank", "remark", minimum=max(process.remark_minimum, 1))]
    return []


def _choices(options: Sequence[Option]) -> dict[str, list[str]]:
    live = [each for each in options if not each.retired]
    return {"choices": [each.label.zh for each in live], "choices_en": [each.label.text("en") for each in live]}


def _accept(
    model: EntityModel,
    transition: Transition,
    record: RecordFacts,
    given: MoveInput,
    facts: MoveFacts,
    *,
    now: datetime,
    evaluate: Evaluate,
) -> Move:
    values: dict[str, Any] = {}
    frozen_until: datetime | None = None
    for effect in transition.effects:
        if effect.do == "set":
            values |= {key: evaluate(formula) for key, formula in effect.values.items()}
        elif effect.do == "freeze":
            until = hours_after(now, effect.hours or 0, calendar=effect.calendar, work=facts.calendar)
            frozen_until = until if frozen_until is None else max(frozen_until, until)
        elif (
            effect.do == "task"
            and effect.into is not None
            and (member := facts.members.get(effect.role or "")) is not None
        ):
            field = model.definition.field(effect.into)
            values[effect.into] = [member] if field and field.options.get("multiple") else member
    return Move(
        transition=transition,
        source=record.stage or "",
        stage=transition.target,
        stage_since=now,
        frozen_until=frozen_until,
        values=values,
        effects=tuple(each for each in transition.effects if each.do in {"task", "lock_window", "notify"}),
        members=facts.members,
        action=given.action,
        remark=given.remark.strip() if given.remark and given.remark.strip() else None,
    )


def _is_empty(value: Any) -> bool:
    return (
        value is None
        or (isinstance(value, str) and not value.strip())
        or (isinstance(value, (list, tuple)) and not value)
    )


def _named(name: str, label: Label) -> dict[str, str]:
    """Message parameters in both languages: ``{stage}`` in the Chinese text, ``{stage_en}`` in the English one."""
    return {name: label.zh, f"{name}_en": label.text("en")}
