"""What happens when time runs out: stage limits escalate, follow-up windows are looked after. Each thing once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.events.model import EventDraft
from xiaolu.events.service import append_event
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.process import Effect, Process, Stage, TimeLimit
from xiaolu.metadata.snapshot import EntityModel
from xiaolu.process.hours import exceeded_before, hours_after
from xiaolu.process.people import MANAGERS, ROLE, People, load_people
from xiaolu.process.store import escalations, windows
from xiaolu.process.store.escalations import OverdueRecord
from xiaolu.process.store.windows import DueWindow
from xiaolu.tasks import service as tasks
from xiaolu.tasks.model import NotificationDraft, TaskDraft
from xiaolu.tasks.service import say

BATCH = 200
"""Records that one step takes in one transaction."""
ANSWER_HOURS = 24
"""Time that an escalation gives to whoever is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One step of one stage's escalation."""

    model: EntityModel
    process: Process
    version: int | None
    """Number of the kept version of the process that the stage belongs to; None: of the present one."""
    stage: Stage
    limit: TimeLimit
    number: int

    @property
    def hours(self) -> float:
        """How long a record may be in the stage before this step."""
        return self.limit.hours + self.number * self.limit.step_hours

    @property
    def whom(self) -> str:
        """Whom the step tells."""
        return self.limit.escalate[self.number]


async def sweep_stage_limits(ctx: Context) -> int:
    """Tell the next person about records that stay in a stage longer than its limit; return how many were told of.

    For each stay of a record in a stage, each step of the escalation happens once, however many workers sweep and
    wherever one of them is killed. A limit is over when it was exceeded, not when it was just reached.
    """
    done = 0
    for step in [each for model in ctx.snapshot.entities.values() for each in _steps(model)]:
        done += await _escalate(ctx, step)
    return done


def _steps(model: EntityModel) -> Iterator[_Step]:
    """Return the steps of every stage with a limit, of each version that records run on."""
    versions: list[tuple[int | None, Process]] = [(each.number, each.process) for each in model.versions.kept]
    if model.process is not None:
        versions.insert(0, (None, model.process))
    for version, process in versions:
        for stage in process.stages:
            for number in range(len(stage.limit.escalate)) if stage.limit else ():
                assert stage.limit is not None
                yield _Step(
                    model=model, process=process, version=version, stage=stage, limit=stage.limit, number=number
                )


async def _escalate(ctx: Context, step: _Step) -> int:
    before = exceeded_before(ctx.now, step.hours, calendar=step.limit.calendar, work=ctx.calendar)
    records = await escalations.take_overdue(
        ctx, step.model, step.stage.key, version=step.version, step=step.number, before=before, limit=BATCH
    )
    if not records:
        return 0
    people = await load_people(ctx, [step.whom.removeprefix(ROLE)] if step.whom.startswith(ROLE) else [])
    found = [(each, _person(people, step.whom, each)) for each in records]
    told = [(each, person) for each, person in found if person is not None]
    if told:
        entries = [(each.id, each.stage_since, person) for each, person in told]
        await escalations.keep_told(ctx.uow, step.model.key, step.number, entries)
    await append_event(ctx, *(_event(step, each, person) for each, person in found))
    due_at = hours_after(ctx.now, ANSWER_HOURS, calendar=step.limit.calendar, work=ctx.calendar)
    await tasks.create_tasks(ctx, [_task(step, each, person, due_at) for each, person in told])
    if step.number == 0:
        await _tell_owners(ctx, step, records)
    return len(records)


def _person(people: People, whom: str, record: OverdueRecord) -> UUID | None:
    if whom.startswith(ROLE):
        return people.for_role(whom.removeprefix(ROLE), record.department)
    return people.manager(whom if whom in MANAGERS else "supervisor", record.owner, record.department)


def _event(step: _Step, record: OverdueRecord, person: UUID | None) -> EventDraft:
    after = {"stage": step.stage.key, "step": step.number, "whom": step.whom, "told": person, "hours": step.hours}
    return EventDraft(
        kind="record.escalated", entity=step.model.key, record_id=record.id, version=record.version, after=after
    )


def _task(step: _Step, record: OverdueRecord, person: UUID, due_at: datetime) -> TaskDraft:
    return TaskDraft(
        kind="escalation",
        title=_about_stage("process.escalation", step),
        background=step.process.background,
        goal=say("process.escalation_goal"),
        next_step=say("process.escalation_next"),
        assignee=person,
        due_at=due_at,
        entity=step.model.key,
        record_id=record.id,
        key=f"escalation:{record.id}:{record.stage_since.isoformat()}:{step.number}",
    )


async def _tell_owners(ctx: Context, step: _Step, records: Sequence[OverdueRecord]) -> None:
    for record in records:
        if record.owner is not None:
            notice = NotificationDraft(
                kind="escalation",
                title=_about_stage("process.overdue", step),
                text=say("process.overdue_next"),
                entity=step.model.key,
                record_id=record.id,
            )
            await tasks.notify(ctx, [record.owner], notice)


def _about_stage(code: str, step: _Step) -> Label:
    hours = f"{step.hours:g}"
    stage = step.stage.label
    return Label(say(code, stage=stage.zh, hours=hours).zh, say(code, stage=stage.text("en"), hours=hours).en)


async def sweep_windows(ctx: Context) -> int:
    """Close follow-up windows whose time is over; where nobody acted, the owner's supervisor gets a task."""
    due = await windows.claim_due(ctx.uow, ctx.now, BATCH)
    by_entity: dict[str, list[DueWindow]] = defaultdict(list)
    for window in due:
        by_entity[window.entity].append(window)
    for entity, group in by_entity.items():
        model = ctx.snapshot.entities.get(entity)
        people = await load_people(ctx, [])
        for window in group:
            await _look_after(ctx, model, window, people)
    return len(due)


async def _look_after(ctx: Context, model: EntityModel | None, window: DueWindow, people: People) -> None:
    holder = await windows.select_holder(ctx.uow, model, window.record_id) if model else None
    process = model.process_of(holder[2]) if model is not None and holder is not None else None
    if model is None or process is None or holder is None:
        await windows.close_window(ctx.uow, window.id, "void", ctx.now)
        return
    if window.has_acted:
        await windows.close_window(ctx.uow, window.id, "met", ctx.now)
        return
    await windows.close_window(ctx.uow, window.id, "missed", ctx.now)
    owner, department, _ = holder
    supervisor = people.manager("supervisor", owner, department)
    after = {"opened_at": window.opened_at, "due_at": window.due_at, "told": supervisor}
    await append_event(
        ctx, EventDraft(kind="record.window_missed", entity=model.key, record_id=window.record_id, after=after)
    )
    if supervisor is not None:
        await tasks.create_task(ctx, _window_task(process, window, supervisor))


def _window_task(process: Process, window: DueWindow, supervisor: UUID) -> TaskDraft:
    effect = _window_effect(process, window.transition)
    hours = f"{(window.due_at - window.opened_at).total_seconds() / 3600:g}"
    return TaskDraft(
        kind="follow_up",
        title=effect.title if effect and effect.title else say("process.window_missed", hours=hours),
        background=(effect.background if effect else ()) or process.background,
        goal=effect.goal if effect and effect.goal else say("process.window_goal"),
        next_step=effect.next_step if effect and effect.next_step else say("process.window_next"),
        assignee=supervisor,
        entity=window.entity,
        record_id=window.record_id,
        key=f"window:{window.id}",
    )


def _window_effect(process: Process, transition_key: str) -> Effect | None:
    transition = process.transition(transition_key)
    effects = transition.effects if transition else ()
    return next((each for each in effects if each.do == "lock_window"), None)
