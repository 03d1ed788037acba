"""Around a move: the facts that its decision needs, and what follows once it, or a new record, is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.files.evidence.service import count_evidence
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.process import Effect, Process
from xiaolu.metadata.snapshot import EntityModel
from xiaolu.process.hours import hours_after
from xiaolu.process.model import Move, MoveFacts, RecordFacts
from xiaolu.process.people import ROLE, People, load_people
from xiaolu.process.rules import leaves_forwards
from xiaolu.process.store import windows
from xiaolu.tasks import service as tasks
from xiaolu.tasks.model import NotificationDraft, TaskDraft

SETTLED_BY_A_MOVE = ("escalation", "follow_up")
"""Kinds of tasks that only ask for somebody to act on the record: its next move settles them."""


async def load_move_facts(
    ctx: Context, model: EntityModel, record: RecordFacts, transition_key: str | None
) -> MoveFacts:
    """Read what ``decide_move`` needs for one transition; with None, what ``available_moves`` needs for all."""
    process = model.process_of(record.process_version)
    if process is None:
        return MoveFacts(calendar=ctx.calendar)
    chosen = process.transition(transition_key) if transition_key is not None else None
    possible = [chosen] if chosen else [each for each in process.transitions if record.stage in each.source]
    facts = MoveFacts(option_sets=ctx.snapshot.option_sets, calendar=ctx.calendar)
    stage = process.stage(record.stage or "")
    if stage is not None and stage.evidence and any(leaves_forwards(process, each) for each in possible):
        facts = replace(facts, evidence=await count_evidence(ctx, process, record.id, since=record.stage_since))
    roles = {each.role for each in chosen.effects if each.do == "task" and each.role} if chosen else set()
    if roles:
        people = await load_people(ctx, roles)
        found = {role: people.for_role(role, record.department) for role in roles}
        facts = replace(facts, members={role: member for role, member in found.items() if member is not None})
    return facts


async def apply_effects(ctx: Context, model: EntityModel, record: RecordFacts, move: Move) -> None:
    """Do what follows from a move that this transaction has written; ``record`` is as it stands after the move.

    Whatever only asked for somebody to act is settled: open follow-up windows, escalations. Then tasks are made, people
    told and new windows opened. Call it for every move, also for those without effects.
    """
    process = model.process_of(record.process_version)
    if process is None:
        return
    await windows.close_windows(ctx.uow, model.key, record.id, ctx.now)
    await tasks.cancel_record_tasks(ctx, model.key, record.id, SETTLED_BY_A_MOVE)
    if not move.effects:
        return
    people = await load_people(ctx, roles_of(move.transition.effects))
    titles = (move.transition.label, notice_title(model.definition.label, move.transition.label))
    cause = _Cause(process, record, people, *titles, move.members, f"move:{record.id}:{record.version}")
    await _tell_and_give(ctx, cause, move.effects)
    for effect in move.effects:
        if effect.do == "lock_window":
            due_at = hours_after(ctx.now, effect.hours or 0, calendar=effect.calendar, work=ctx.calendar)
            await windows.open_window(ctx, model.key, record.id, move.transition.key, due_at)


async def apply_creation(ctx: Context, model: EntityModel, record: RecordFacts) -> None:
    """Do what follows from a new record that this transaction has written: tasks are made, people told."""
    process = model.process_of(record.process_version)
    if process is None or not process.on_create:
        return
    roles = roles_of(process.on_create)
    people = await load_people(ctx, roles)
    found = {role: people.for_role(role, record.department) for role in roles}
    members = {role: member for role, member in found.items() if member is not None}
    titles = (model.definition.label, notice_title(model.definition.label))
    cause = _Cause(process, record, people, *titles, members, f"new:{record.id}")
    await _tell_and_give(ctx, cause, process.on_create)


@dataclass(frozen=True, slots=True)
class _Cause:
    """What brings effects about: a move of a record, or its creation."""

    process: Process
    record: RecordFacts
    people: People
    label: Label
    """Title of a task that has none of its own."""
    notice: Label
    """Title of a notice that has none of its own."""
    members: Mapping[str, UUID]
    """Role → who takes a task of it."""
    key: str
    """Of its tasks: the same cause makes each of them once."""


def notice_title(form: Label, transition: Label | None = None) -> Label:
    """Return what a notice of a move, or of a new record, is called where its definition gives no title."""
    if transition is None:
        return tasks.say("process.notice_created", form=form.zh, form_en=form.text("en"))
    moved = {"transition": transition.zh, "transition_en": transition.text("en")}
    return tasks.say("process.notice_moved", form=form.zh, form_en=form.text("en"), **moved)


def roles_of(effects: Sequence[Effect]) -> set[str]:
    """Return the roles that effects give tasks to or tell."""
    roles = {each.role for each in effects if each.role}
    return roles | {each.to.removeprefix(ROLE) for each in effects if each.to and each.to.startswith(ROLE)}


async def _tell_and_give(ctx: Context, cause: _Cause, effects: Sequence[Effect]) -> None:
    for position, effect in enumerate(effects):
        if effect.do == "task":
            await _make_task(ctx, cause, effect, position)
        elif effect.do == "notify":
            await _tell(ctx, cause, effect)


async def _make_task(ctx: Context, cause: _Cause, effect: Effect, position: int) -> None:
    record, people = cause.record, cause.people
    assignee = cause.members.get(effect.role or "") if effect.role else None
    if assignee is None and effect.to is not None:
        assignee = next(iter(people.meant_by(effect.to, record)), None)
    if assignee is None:
        assignee = people.manager("supervisor", record.owner, record.department)
    if assignee is None:
        return
    due_at = None
    if effect.hours is not None:
        due_at = hours_after(ctx.now, effect.hours, calendar=effect.calendar, work=ctx.calendar)
    await tasks.create_task(
        ctx,
        TaskDraft(
            kind="todo",
            title=effect.title or cause.label,
            background=effect.background or cause.process.background,
            goal=effect.goal or Label(""),
            next_step=effect.next_step or Label(""),
            assignee=assignee,
            due_at=due_at,
            entity=record.entity,
            record_id=record.id,
            key=f"{cause.key}:{position}",
        ),
    )


async def _tell(ctx: Context, cause: _Cause, effect: Effect) -> None:
    told = [each for each in cause.people.meant_by(effect.to or "owner", cause.record) if each != ctx.actor.id]
    notice = NotificationDraft(
        kind="process",
        title=effect.title or cause.notice,
        text=effect.text or Label(""),
        entity=cause.record.entity,
        record_id=cause.record.id,
    )
    await tasks.notify(ctx, told, notice)
