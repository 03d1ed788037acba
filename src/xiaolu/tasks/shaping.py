"""From tasks and notifications to what their reader sees: language, and records that they may read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.store.titles import select_titles
from xiaolu.tasks.cards import read_backgrounds
from xiaolu.tasks.model import Notification, Task
from xiaolu.tasks.schemas import AssigneeOut, NotificationOut, RecordOut, TaskOut


async def shape_tasks(ctx: Context, tasks: Sequence[Task]) -> list[TaskOut]:
    """Return cards; of a record that the reader may not see neither title nor background is shown."""
    records = await _records(ctx, ((each.entity, each.record_id) for each in tasks))
    backgrounds = await read_backgrounds(ctx, tasks)
    return [_card(ctx, each, records, backgrounds) for each in tasks]


async def shape_notifications(ctx: Context, notifications: Sequence[Notification]) -> list[NotificationOut]:
    """Return notifications in the reader's language."""
    records = await _records(ctx, ((each.entity, each.record_id) for each in notifications))
    return [
        NotificationOut(
            id=each.id,
            at=each.at,
            kind=each.kind,
            title=each.title.text(ctx.language),
            text=each.text.text(ctx.language),
            record=records.get((each.entity, each.record_id)),
            task=each.task_id,
            read_at=each.read_at,
            count=each.count,
        )
        for each in notifications
    ]


def _card(
    ctx: Context, task: Task, records: dict[tuple[str | None, UUID | None], RecordOut], backgrounds: dict[UUID, str]
) -> TaskOut:
    record = records.get((task.entity, task.record_id))
    return TaskOut(
        id=task.id,
        kind=task.kind,
        title=task.title.text(ctx.language),
        background=backgrounds.get(task.id, ""),
        goal=task.goal.text(ctx.language),
        next_step=task.next_step.text(ctx.language),
        due_at=task.due_at,
        overdue=task.is_overdue(ctx.now),
        record=record,
        assignee=AssigneeOut(task.assignee, task.assignee_name),
        created_at=task.created_at,
        state=task.state,
        closed_at=task.closed_at,
        note=task.note,
    )


async def _records(
    ctx: Context, pairs: Iterable[tuple[str | None, UUID | None]]
) -> dict[tuple[str | None, UUID | None], RecordOut]:
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for entity, record_id in pairs:
        if entity is not None and record_id is not None:
            wanted[entity].add(record_id)
    found: dict[tuple[str | None, UUID | None], RecordOut] = {}
    for entity, ids in wanted.items():
        for record_id, title in (await select_titles(ctx, entity, ids)).items():
            found[entity, record_id] = RecordOut(entity, record_id, title)
    return found
