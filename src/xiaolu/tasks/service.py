"""Use cases of tasks and notifications."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaolu.access.authenticate import load_actor
from xiaolu.access.context import Context
from xiaolu.access.store.titles import select_titles
from xiaolu.events.model import EventDraft
from xiaolu.events.service import append_event
from xiaolu.kit.errors import Conflict, Denied, Invalid, NotFound
from xiaolu.kit.i18n import Label, message
from xiaolu.kit.ids import new_id
from xiaolu.kit.problems import Param, problem
from xiaolu.tasks.model import Notification, NotificationDraft, Task, TaskCounts, TaskDraft
from xiaolu.tasks.rules import MAY_BE_OFF, may_hand_on, next_reminder
from xiaolu.tasks.store import notifications as notices
from xiaolu.tasks.store import people
from xiaolu.tasks.store import tasks as store

PAGE = 50
REMINDER_BATCH = 200
LONGEST_NOTE = 2000


def say(code: str, **params: Param) -> Label:
    """Return a message of the platform in both languages, for texts that are kept."""
    return Label(message(code, params, "zh"), message(code, params, "en"))


async def create_task(ctx: Context, draft: TaskDraft) -> UUID | None:
    """Make a task and tell its assignee; None where a task with the same key is there already."""
    created = await create_tasks(ctx, [draft])
    return created[0]


async def create_tasks(ctx: Context, drafts: Sequence[TaskDraft]) -> list[UUID | None]:
    """Make several tasks at once, as ``create_task``; the answers are in the order of the drafts."""
    if not drafts:
        return []
    numbered = [(new_id(), draft) for draft in drafts]
    planned = [(key, draft, next_reminder(draft.due_at, ctx.now)) for key, draft in numbered]
    made = await store.insert_tasks(ctx.uow, planned, now=ctx.now, by=ctx.actor.id)
    new = [(key, draft) for key, draft in numbered if key in made]
    await append_event(ctx, *(_task_event("created", key, draft) for key, draft in new))
    await _tell(ctx, [(draft.assignee, _task_notice(key, draft)) for key, draft in new])
    return [key if key in made else None for key, _ in numbered]


async def notify(ctx: Context, member_ids: Collection[UUID], draft: NotificationDraft) -> None:
    """Tell members something in the application; nobody is told twice."""
    await _tell(ctx, [(each, draft) for each in dict.fromkeys(member_ids)])


async def list_tasks(
    ctx: Context, *, state: str, after: tuple[datetime | None, UUID] | None = None, limit: int = PAGE
) -> list[Task]:
    """Return a page of the actor's own tasks: open ones by due date, closed ones newest first."""
    return await store.select_inbox(
        ctx.uow, _me(ctx), state=state, after=after, limit=limit, entities=ctx.snapshot.entities
    )


async def list_record_tasks(ctx: Context, entity: str, record_id: UUID) -> list[Task]:
    """Return the tasks about a record that the actor may read, whoever has them."""
    if not await select_titles(ctx, entity, [record_id]):
        raise NotFound("record.not_found")
    return await store.select_of_record(ctx.uow, entity, record_id, PAGE * 2)


async def count_tasks(ctx: Context) -> TaskCounts:
    """Return how much is in the actor's inbox."""
    zone = ZoneInfo(ctx.time_zone)
    tomorrow = ctx.now.astimezone(zone).date() + timedelta(days=1)
    tonight = datetime.combine(tomorrow, time(), zone)
    row = await store.count_inbox(ctx.uow, _me(ctx), now=ctx.now, tonight=tonight, entities=ctx.snapshot.entities)
    return TaskCounts(open=row["open"], overdue=row["overdue"], today=row["today"], unread=row["unread"])


async def finish_task(ctx: Context, task_id: UUID, note: str | None = None) -> Task:
    """Mark one of the actor's tasks as done.

    Raises:
        NotFound: there is no such task for the actor.
        Conflict: it is not open any more.
    """
    task = await _own_task(ctx, task_id)
    if note is not None and len(note) > LONGEST_NOTE:
        raise Invalid("task.invalid", [problem("task.note_too_long", "note", limit=LONGEST_NOTE)])
    await store.close_task(ctx.uow, task.id, now=ctx.now, by=ctx.actor.id, note=note)
    await append_event(ctx, _closed_event("done", task, note))
    return replace(task, state="done", closed_at=ctx.now, note=note)


async def reassign_task(ctx: Context, task_id: UUID, member_id: UUID) -> Task:
    """Give an open task to another member; its holder, whoever manages the holder, and administrators may.

    Raises:
        NotFound: there is no such task for the actor.
        Conflict: it is not open any more.
        Invalid: the member is unknown, disabled, or may not read the record that the task is about.
    """
    task = await _own_task(ctx, task_id)
    member = await people.select_member(ctx.uow, member_id)
    if member is None or member["disabled_at"] is not None:
        raise Invalid("task.invalid", [problem("task.member_unknown", "member")])
    if task.entity is not None and task.record_id is not None:
        actor = await load_actor(ctx.uow, member_id, snapshot=ctx.snapshot)
        if actor is None or not await select_titles(replace(ctx, actor=actor), task.entity, [task.record_id]):
            raise Invalid("task.invalid", [problem("task.member_cannot_read", "member", name=member["name"])])
    if member_id == task.assignee:
        return task
    await store.assign_task(ctx.uow, task.id, member_id)
    after = {"task": task.id, "kind": task.kind, "assignee": member_id, "member": task.assignee, "title": task.title}
    await append_event(
        ctx, EventDraft(kind="task.reassigned", entity=task.entity, record_id=task.record_id, after=after)
    )
    await _tell(ctx, [(member_id, _handed_notice(task))])
    return replace(task, assignee=member_id, assignee_name=member["name"])


async def cancel_record_tasks(ctx: Context, entity: str, record_id: UUID, kinds: Collection[str]) -> int:
    """Cancel a record's open tasks of some kinds because what they asked for has happened; return how many."""
    cancelled = await store.cancel_of_record(ctx.uow, entity, record_id, kinds, ctx.now)
    await append_event(
        ctx,
        *(
            EventDraft(
                kind="task.cancelled",
                entity=entity,
                record_id=record_id,
                after={"task": key, "assignee": assignee, "title": title},
            )
            for key, assignee, title in cancelled
        ),
    )
    return len(cancelled)


async def settle_tasks(ctx: Context, prefix: str) -> None:
    """Close the open tasks whose keys begin with ``prefix``, because one of those who had them did what they ask for."""
    settled = await store.settle_of_keys(ctx.uow, prefix, by=ctx.actor.id, now=ctx.now)
    await append_event(
        ctx,
        *(
            EventDraft(kind=f"task.{state}", after={"task": key, "assignee": assignee})
            for key, assignee, state in settled
        ),
    )


async def role_members(ctx: Context, roles: Collection[str]) -> list[UUID]:
    """Return the active members who hold one of the roles."""
    found = await people.select_candidates(ctx.uow, roles)
    return list(dict.fromkeys(each.id for members in found.values() for each in members))


async def move_tasks(ctx: Context, entity: str, from_ids: Collection[UUID], to_id: UUID) -> None:
    """Let the open tasks of merged records follow the record that is kept."""
    if from_ids:
        await store.move_open(ctx.uow, entity, from_ids, to_id)


async def sweep_reminders(ctx: Context) -> int:
    """Remind of tasks whose time is near or over; return how many. Each reminder is given once, whoever sweeps."""
    due = await store.claim_reminders(ctx.uow, ctx.now, REMINDER_BATCH, ctx.snapshot.entities)
    if due:
        await store.set_reminders(ctx.uow, [(each.id, next_reminder(each.due_at, ctx.now)) for each in due])
        await _tell(ctx, [(each.assignee, _reminder(ctx, each)) for each in due])
    return len(due)


async def list_notifications(
    ctx: Context, before: UUID | None = None, limit: int = PAGE
) -> tuple[list[Notification], int]:
    """Return a page of the actor's notifications, newest first, and how many are unread altogether."""
    me = _me(ctx)
    return await notices.select_notifications(ctx.uow, me, before, limit), await notices.count_unread(ctx.uow, me)


async def read_notifications(ctx: Context, ids: Sequence[UUID] | None) -> None:
    """Mark some (None: all) of the actor's notifications as read."""
    await notices.mark_read(ctx.uow, _me(ctx), ids, ctx.now)


def _me(ctx: Context) -> UUID:
    if ctx.actor.id is None:
        raise Denied("task.nobody")
    return ctx.actor.id


async def _own_task(ctx: Context, task_id: UUID) -> Task:
    task = await store.select_task(ctx.uow, task_id)
    if task is None:
        raise NotFound("task.not_found")
    if task.assignee != ctx.actor.id and not ctx.actor.is_admin:
        holder = await people.select_member(ctx.uow, task.assignee)
        chart = await people.load_chart(ctx.uow)
        if not may_hand_on(ctx.actor, task.assignee, holder["department_id"] if holder else None, chart):
            raise NotFound("task.not_found")
    if task.state != "open":
        raise Conflict("task.closed")
    return task


async def list_kinds(ctx: Context) -> dict[str, bool]:
    """Return the kinds of notifications that members may switch off, and whether the actor is told of them."""
    off = await notices.select_off(ctx.uow, [_me(ctx)])
    return {kind: (_me(ctx), kind) not in off for kind in MAY_BE_OFF}


async def choose_kinds(ctx: Context, off: Collection[str]) -> None:
    """Say of which kinds of notifications the actor wants to hear nothing.

    Raises:
        Invalid: a kind that is unknown, or that must reach everybody.
    """
    problems = [problem("notification.must_reach", "off", at) for at, each in enumerate(off) if each not in MAY_BE_OFF]
    if problems:
        raise Invalid("notification.invalid", problems)
    await notices.replace_off(ctx.uow, _me(ctx), sorted(set(off)))


async def _wanted(
    ctx: Context, told: Sequence[tuple[UUID, NotificationDraft]]
) -> Sequence[tuple[UUID, NotificationDraft]]:
    """Leave out what members switched off."""
    asked = {member for member, draft in told if draft.kind in MAY_BE_OFF}
    off = await notices.select_off(ctx.uow, asked) if asked else frozenset()
    return [each for each in told if (each[0], each[1].kind) not in off] if off else told


async def _tell(ctx: Context, told: Sequence[tuple[UUID, NotificationDraft]]) -> None:
    told = await _wanted(ctx, told)
    if not told:
        return
    rows = [(new_id(), member, draft) for member, draft in told]
    await notices.insert_notifications(ctx.uow, rows, ctx.now)
    await append_event(
        ctx,
        *(
            EventDraft(kind="notification.created", after={"member": member, "notification": key, "kind": draft.kind})
            for key, member, draft in rows
        ),
    )


def _task_event(what: str, key: UUID, draft: TaskDraft) -> EventDraft:
    after = {"task": key, "kind": draft.kind, "assignee": draft.assignee, "title": draft.title}
    return EventDraft(kind=f"task.{what}", entity=draft.entity, record_id=draft.record_id, after=after)


def _closed_event(what: str, task: Task, note: str | None) -> EventDraft:
    after = {"task": task.id, "kind": task.kind, "assignee": task.assignee, "title": task.title}
    return EventDraft(kind=f"task.{what}", entity=task.entity, record_id=task.record_id, after=after, remark=note)


def _task_notice(key: UUID, draft: TaskDraft) -> NotificationDraft:
    kind = "escalation" if draft.kind == "escalation" else "task"
    return NotificationDraft(
        kind=kind, title=draft.title, text=draft.goal, entity=draft.entity, record_id=draft.record_id, task_id=key
    )


def _handed_notice(task: Task) -> NotificationDraft:
    title = _with_title("task.handed_on", task)
    return NotificationDraft(
        kind="task", title=title, text=task.goal, entity=task.entity, record_id=task.record_id, task_id=task.id
    )


def _reminder(ctx: Context, task: Task) -> NotificationDraft:
    code = "task.overdue" if task.due_at is not None and task.due_at <= ctx.now else "task.due_soon"
    return NotificationDraft(
        kind="reminder", title=_with_title(code, task), entity=task.entity, record_id=task.record_id, task_id=task.id
    )


def _with_title(code: str, task: Task) -> Label:
    return Label(message(code, {"title": task.title.zh}, "zh"), message(code, {"title": task.title.text("en")}, "en"))
