"""HTTP of tasks and notifications."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from xiaolu.access.context import Context
from xiaolu.kit.errors import Invalid
from xiaolu.kit.i18n import message
from xiaolu.kit.problems import problem
from xiaolu.tasks import service
from xiaolu.tasks.model import Task
from xiaolu.tasks.schemas import (
    CountsOut,
    DoneIn,
    NoticeChoice,
    NoticeKind,
    NoticeKinds,
    NotificationList,
    ReadIn,
    ReassignIn,
    TaskList,
    TaskOut,
)
from xiaolu.tasks.shaping import shape_notifications, shape_tasks


@get("/tasks", operation_id="listTasks", summary="The member's tasks", tags=["Tasks"])
async def list_tasks(
    ctx: NamedDependency[Context],
    wanted: Annotated[Literal["open", "done", "cancelled"], QueryParameter(name="state")] = "open",
    before: Annotated[str | None, QueryParameter(description="``next`` of the page before")] = None,
) -> TaskList:
    """Return open tasks by due date, closed ones newest first."""
    tasks = await service.list_tasks(ctx, state=wanted, after=_read_cursor(before))
    following = _cursor(tasks[-1]) if len(tasks) == service.PAGE else None
    return TaskList(await shape_tasks(ctx, tasks), following)


@get("/tasks/counts", operation_id="countTasks", summary="How much is in the inbox", tags=["Tasks"])
async def count_tasks(ctx: NamedDependency[Context]) -> CountsOut:
    """Return counts for badges."""
    counts = await service.count_tasks(ctx)
    return CountsOut(counts.open, counts.overdue, counts.today, counts.unread)


@get(
    "/records/{entity:str}/{record_id:uuid}/tasks",
    operation_id="listRecordTasks",
    summary="Tasks about a record, whoever has them",
    tags=["Tasks"],
)
async def list_record_tasks(
    ctx: NamedDependency[Context], entity: FromPath[str], record_id: FromPath[UUID]
) -> TaskList:
    """Return a record's tasks, newest first."""
    return TaskList(await shape_tasks(ctx, await service.list_record_tasks(ctx, entity, record_id)))


@post(
    "/tasks/{task_id:uuid}/done",
    operation_id="finishTask",
    summary="Mark a task as done",
    tags=["Tasks"],
    status_code=200,
)
async def finish_task(ctx: NamedDependency[Context], task_id: FromPath[UUID], data: JSONBody[DoneIn]) -> TaskOut:
    """Close a task of the member."""
    return (await shape_tasks(ctx, [await service.finish_task(ctx, task_id, data.note)]))[0]


@post(
    "/tasks/{task_id:uuid}/reassign",
    operation_id="reassignTask",
    summary="Give a task to another member",
    tags=["Tasks"],
    status_code=200,
)
async def reassign_task(ctx: NamedDependency[Context], task_id: FromPath[UUID], data: JSONBody[ReassignIn]) -> TaskOut:
    """Hand a task on."""
    return (await shape_tasks(ctx, [await service.reassign_task(ctx, task_id, data.member)]))[0]


@get("/notifications", operation_id="listNotifications", summary="What the member was told", tags=["Notifications"])
async def list_notifications(
    ctx: NamedDependency[Context],
    before: Annotated[UUID | None, QueryParameter(description="``next`` of the page before")] = None,
) -> NotificationList:
    """Return notifications, newest first."""
    found, unread = await service.list_notifications(ctx, before)
    following = found[-1].id if len(found) == service.PAGE else None
    return NotificationList(await shape_notifications(ctx, found), unread, following)


@post(
    "/notifications/read",
    operation_id="readNotifications",
    summary="Mark notifications as read",
    tags=["Notifications"],
    status_code=204,
)
async def read_notifications(ctx: NamedDependency[Context], data: JSONBody[ReadIn]) -> None:
    """Mark some or all of the member's notifications."""
    await service.read_notifications(ctx, None if data.all else data.ids)


@get("/me/notices", operation_id="listNoticeKinds", summary="What I am told of", tags=["Notifications"])
async def list_kinds(ctx: NamedDependency[Context]) -> NoticeKinds:
    """Return the kinds of notifications that may be switched off."""
    return await _kinds(ctx)


@put("/me/notices", operation_id="chooseNoticeKinds", summary="Choose what I am told of", tags=["Notifications"])
async def choose_kinds(ctx: NamedDependency[Context], data: JSONBody[NoticeChoice]) -> NoticeKinds:
    """Switch kinds of notifications off, and all others on."""
    await service.choose_kinds(ctx, data.off)
    return await _kinds(ctx)


async def _kinds(ctx: Context) -> NoticeKinds:
    found = await service.list_kinds(ctx)
    return NoticeKinds(
        [NoticeKind(key, message(f"notification.kind.{key}", {}, ctx.language), on) for key, on in found.items()]
    )


def _cursor(task: Task) -> str:
    at = task.due_at if task.state == "open" else task.closed_at
    return f"{at.isoformat() if at else ''}_{task.id}"


def _read_cursor(text: str | None) -> tuple[datetime | None, UUID] | None:
    if text is None:
        return None
    at, _, key = text.partition("_")
    try:
        moment = datetime.fromisoformat(at) if at else None
        if moment is not None and moment.tzinfo is None:
            raise ValueError(text)
        return moment, UUID(key)
    except ValueError as error:
        raise Invalid("task.invalid", [problem("task.cursor", "before")]) from error


ROUTES: list[Any] = [
    list_tasks, count_tasks, list_record_tasks, finish_task, reassign_task, list_notifications, read_notifications,
    list_kinds, choose_kinds,
]  # fmt: skip
