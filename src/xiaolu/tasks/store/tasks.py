"""SQL of tasks."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.i18n import Label
from xiaolu.kit.sql import Sql, compose, join, param, raw, uuids
from xiaolu.tasks.model import Task, TaskDraft

COLUMNS = (
    "t.id, t.kind, t.title, t.background, t.goal, t.next_step, t.assignee, m.name AS assignee_name, t.created_at, t.created_by, "
    "t.due_at, t.entity, t.record_id, t.state, t.closed_at, t.note"
)


def label_json(label: Label) -> Sql:
    """Return a label as a jsonb parameter."""
    return param(msgspec.json.encode(label).decode(), "jsonb")


def label_of(text: str) -> Label:
    """Read a label from jsonb."""
    values: dict[str, Any] = msgspec.json.decode(text)
    return Label(values.get("zh", ""), values.get("en", ""))


async def insert_tasks(
    uow: UnitOfWork, drafts: Sequence[tuple[UUID, TaskDraft, datetime | None]], *, now: datetime, by: UUID | None
) -> set[UUID]:
    """Write tasks (id, draft, next reminder) and return the ids of those whose key was not there yet."""
    rows = [
        join(
            ", ",
            [
                param(key, "uuid"),
                param(draft.kind, "text"),
                label_json(draft.title),
                param(list(draft.background), "text[]"),
                label_json(draft.goal),
                label_json(draft.next_step),
                param(draft.assignee, "uuid"),
                param(now, "timestamptz"),
                param(by, "uuid"),
                param(draft.due_at, "timestamptz"),
                param(remind_at, "timestamptz"),
                param(draft.entity, "text"),
                param(draft.record_id, "uuid"),
                param(draft.key, "text"),
            ],
        )
        for key, draft, remind_at in drafts
    ]
    written = await uow.write(
        compose(
            "INSERT INTO task (id, kind, title, background, goal, next_step, assignee, created_at, created_by, due_at, "
            "remind_at, entity, record_id, key) VALUES ({rows}) ON CONFLICT (key) DO NOTHING RETURNING id",
            rows=join("), (", rows),
        )
    )
    return {row["id"] for row in written}


async def select_task(uow: UnitOfWork, task_id: UUID) -> Task | None:
    """Lock a task for this transaction and return it."""
    rows = await uow.write(
        compose(
            "SELECT " + COLUMNS + " FROM task t JOIN member m ON m.id = t.assignee WHERE t.id = {id} FOR UPDATE OF t",
            id=param(task_id, "uuid"),
        )
    )
    return task_of(rows[0]) if rows else None


def _at_hand(entities: Collection[str]) -> Sql:
    """Return the condition that a task's form is there; tasks of a deleted form rest until it comes back."""
    return compose("(t.entity IS NULL OR t.entity = ANY({entities}))", entities=param(list(entities), "text[]"))


async def select_inbox(
    uow: UnitOfWork,
    assignee: UUID,
    *,
    state: str,
    after: tuple[datetime | None, UUID] | None,
    limit: int,
    entities: Collection[str],
) -> list[Task]:
    """Return a page of somebody's tasks: open ones by due date (those without last), closed ones newest first."""
    is_open = state == "open"
    order = "coalesce(t.due_at, 'infinity'), t.id" if is_open else "t.closed_at DESC, t.id DESC"
    beyond = raw("TRUE")
    if after is not None:
        template = (
            "(coalesce(t.due_at, 'infinity'), t.id) > (coalesce({at}, 'infinity'), {id})"
            if is_open
            else "(t.closed_at, t.id) < ({at}, {id})"
        )
        beyond = compose(template, at=param(after[0], "timestamptz"), id=param(after[1], "uuid"))
    rows = await uow.fetch(
        compose(
            "SELECT " + COLUMNS + " FROM task t JOIN member m ON m.id = t.assignee "
            "WHERE t.assignee = {me} AND t.state = {state} AND {beyond} AND {at_hand} ORDER BY "
            + order
            + " LIMIT {limit}",
            me=param(assignee, "uuid"),
            state=param(state),
            beyond=beyond,
            at_hand=_at_hand(entities) if is_open else raw("TRUE"),
            limit=param(limit, "integer"),
        )
    )
    return [task_of(row) for row in rows]


async def select_of_record(uow: UnitOfWork, entity: str, record_id: UUID, limit: int) -> list[Task]:
    """Return a record's tasks, newest first."""
    rows = await uow.fetch(
        compose(
            "SELECT " + COLUMNS + " FROM task t JOIN member m ON m.id = t.assignee "
            "WHERE t.entity = {entity} AND t.record_id = {id} ORDER BY t.id DESC LIMIT {limit}",
            entity=param(entity),
            id=param(record_id, "uuid"),
            limit=param(limit, "integer"),
        )
    )
    return [task_of(row) for row in rows]


def task_of(row: Row) -> Task:
    """Return a result row as a task."""
    texts: dict[str, Any] = {key: label_of(row[key]) for key in ("title", "goal", "next_step")}
    texts["background"] = tuple(row["background"])
    plain = (
        "id", "kind", "assignee", "assignee_name", "created_at", "created_by", "due_at", "entity", "record_id", "state",
        "closed_at", "note",
    )  # fmt: skip
    return Task(**texts, **{key: row[key] for key in plain})


async def count_inbox(
    uow: UnitOfWork, member: UUID, *, now: datetime, tonight: datetime, entities: Collection[str]
) -> Row:
    """Return the counts of an inbox: open, overdue, today, unread."""
    row = await uow.fetch_one(
        compose(
            "SELECT count(*) AS open, count(*) FILTER (WHERE due_at < {now}) AS overdue, "
            "count(*) FILTER (WHERE due_at >= {now} AND due_at < {tonight}) AS today, "
            "(SELECT count(*) FROM notification WHERE member_id = {me} AND read_at IS NULL) AS unread "
            "FROM task t WHERE assignee = {me} AND state = 'open' AND {at_hand}",
            at_hand=_at_hand(entities),
            now=param(now, "timestamptz"),
            tonight=param(tonight, "timestamptz"),
            me=param(member, "uuid"),
        )
    )
    if row is None:
        raise LookupError("an aggregate without a row")
    return row


async def close_task(uow: UnitOfWork, task_id: UUID, *, now: datetime, by: UUID | None, note: str | None) -> None:
    """Mark a task as done."""
    await uow.write(
        compose(
            "UPDATE task SET state = 'done', closed_at = {now}, closed_by = {by}, note = {note}, remind_at = NULL "
            "WHERE id = {id} AND state = 'open'",
            now=param(now),
            by=param(by, "uuid"),
            note=param(note),
            id=param(task_id, "uuid"),
        )
    )


async def assign_task(uow: UnitOfWork, task_id: UUID, member: UUID) -> None:
    """Give a task to another member."""
    await uow.write(
        compose(
            "UPDATE task SET assignee = {member} WHERE id = {id}",
            member=param(member, "uuid"),
            id=param(task_id, "uuid"),
        )
    )


async def cancel_of_record(
    uow: UnitOfWork, entity: str, record_id: UUID, kinds: Collection[str], now: datetime
) -> list[tuple[UUID, UUID, Label]]:
    """Cancel a record's open tasks of some kinds; return (task, assignee, title) of each."""
    rows = await uow.write(
        compose(
            "UPDATE task SET state = 'cancelled', closed_at = {now}, remind_at = NULL "
            "WHERE record_id = {id} AND entity = {entity} AND state = 'open' AND kind = ANY({kinds}) "
            "RETURNING id, assignee, title",
            now=param(now),
            id=param(record_id, "uuid"),
            entity=param(entity),
            kinds=param(list(kinds), "text[]"),
        )
    )
    return [(row["id"], row["assignee"], label_of(row["title"])) for row in rows]


async def settle_of_keys(
    uow: UnitOfWork, prefix: str, *, by: UUID | None, now: datetime
) -> list[tuple[UUID, UUID, str]]:
    """Close the open tasks whose keys begin with ``prefix``: done for whoever acts, cancelled for the others."""
    rows = await uow.write(
        compose(
            "UPDATE task SET state = CASE WHEN assignee = {by} THEN 'done' ELSE 'cancelled' END, closed_at = {now},"
            " closed_by = {by}, remind_at = NULL WHERE state = 'open' AND starts_with(key, {prefix})"
            " RETURNING id, assignee, state",
            by=param(by, "uuid"),
            now=param(now),
            prefix=param(prefix),
        )
    )
    return [(row["id"], row["assignee"], row["state"]) for row in rows]


async def move_open(uow: UnitOfWork, entity: str, from_ids: Collection[UUID], to_id: UUID) -> None:
    """Make the open tasks of some records tasks of another."""
    await uow.write(
        compose(
            "UPDATE task SET record_id = {to} WHERE entity = {entity} AND record_id = ANY({ids}) AND state = 'open'",
            to=param(to_id, "uuid"),
            entity=param(entity),
            ids=uuids(from_ids),
        )
    )


async def claim_reminders(uow: UnitOfWork, now: datetime, limit: int, entities: Collection[str]) -> list[Task]:
    """Lock some open tasks whose reminder is due; what another worker holds is left to it."""
    rows = await uow.write(
        compose(
            "SELECT " + COLUMNS + " FROM task t JOIN member m ON m.id = t.assignee WHERE t.state = 'open' "
            "AND t.remind_at <= {now} AND {at_hand} ORDER BY t.remind_at LIMIT {limit} FOR UPDATE OF t SKIP LOCKED",
            now=param(now),
            at_hand=_at_hand(entities),
            limit=param(limit, "integer"),
        )
    )
    return [task_of(row) for row in rows]


async def set_reminders(uow: UnitOfWork, reminders: Sequence[tuple[UUID, datetime | None]]) -> None:
    """Keep when to remind of tasks next."""
    await uow.write(
        compose(
            "UPDATE task t SET remind_at = n.at FROM unnest({ids}, {moments}) AS n (id, at) WHERE t.id = n.id",
            ids=param([key for key, _ in reminders], "uuid[]"),
            moments=param([at for _, at in reminders], "timestamptz[]"),
        )
    )
