"""Around a move: the facts that its decision needs, and what follows once it is written."""

from dataclasses import replace

from xiaolu.access.context import Context
from xiaolu.files.evidence.service import count_evidence
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.process import Effect, Process, Transition
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
    people = await load_people(ctx, _roles_of(move.transition))
    for position, effect in enumerate(move.effects):
        if effect.do == "task":
            await _make_task(ctx, process, record, move, effect, people=people, position=position)
        elif effect.do == "notify":
            await _tell(ctx, record, move, effect, people)
        elif effect.do == "lock_window":
            due_at = hours_after(ctx.now, effect.hours or 0, calendar=effect.calendar, work=ctx.calendar)
            await windows.open_window(ctx, model.key, record.id, move.transition.key, due_at)


def _roles_of(transition: Transition) -> set[str]:
    roles = {each.role for each in transition.effects if each.role}
    return roles | {each.to.removeprefix(ROLE) for each in transition.effects if each.to and each.to.startswith(ROLE)}


async def _make_task(
    ctx: Context,
    process: Process,
    record: RecordFacts,
    move: Move,
    effect: Effect,
    *,
    people: People,
    position: int,
) -> None:
    assignee = move.members.get(effect.role or "") if effect.role else None
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
            title=effect.title or move.transition.label,
            background=effect.background or process.background,
            goal=effect.goal or Label(""),
            next_step=effect.next_step or Label(""),
            assignee=assignee,
            due_at=due_at,
            entity=record.entity,
            record_id=record.id,
            key=f"move:{record.id}:{record.version}:{position}",
        ),
    )


async def _tell(ctx: Context, record: RecordFacts, move: Move, effect: Effect, people: People) -> None:
    told = [each for each in people.meant_by(effect.to or "owner", record) if each != ctx.actor.id]
    notice = NotificationDraft(
        kind="process",
        title=effect.title or move.transition.label,
        text=effect.text or Label(""),
        entity=record.entity,
        record_id=record.id,
    )
    await tasks.notify(ctx, told, notice)
