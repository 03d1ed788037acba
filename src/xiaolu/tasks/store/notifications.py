"""SQL of notifications."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import TRUE, compose, join, param, uuids
from xiaolu.tasks.model import Notification, NotificationDraft
from xiaolu.tasks.store.tasks import label_json, label_of

COLUMNS = "id, at, kind, title, text, entity, record_id, task_id, read_at, count"


async def insert_notifications(
    uow: UnitOfWork, drafts: Sequence[tuple[UUID, UUID, NotificationDraft]], now: datetime
) -> None:
    """Write notifications: (id, member, draft); one takes the place of an unread one of the same topic."""
    rows = [
        join(
            ", ",
            [
                param(key, "uuid"),
                param(member, "uuid"),
                param(now, "timestamptz"),
                param(draft.kind, "text"),
                label_json(draft.title),
                label_json(draft.text),
                param(draft.entity, "text"),
                param(draft.record_id, "uuid"),
                param(draft.task_id, "uuid"),
                param(draft.topic, "text"),
                param(draft.count, "integer"),
            ],
        )
        for key, member, draft in drafts
    ]
    await uow.write(
        compose(
            "INSERT INTO notification AS n (id, member_id, at, kind, title, text, entity, record_id, task_id, topic, count) "
            "VALUES ({rows}) ON CONFLICT (member_id, topic) WHERE topic IS NOT NULL AND read_at IS NULL DO UPDATE SET "
            "id = excluded.id, at = excluded.at, title = excluded.title, text = excluded.text, "
            "count = n.count + excluded.count",
            rows=join("), (", rows),
        )
    )


async def select_notifications(uow: UnitOfWork, member: UUID, before: UUID | None, limit: int) -> list[Notification]:
    """Return a page of somebody's notifications, newest first."""
    rows = await uow.fetch(
        compose(
            "SELECT "
            + COLUMNS
            + " FROM notification WHERE member_id = {me} AND {beyond} ORDER BY id DESC LIMIT {limit}",
            me=param(member, "uuid"),
            beyond=TRUE if before is None else compose("id < {before}", before=param(before, "uuid")),
            limit=param(limit, "integer"),
        )
    )
    return [notification_of(row) for row in rows]


def notification_of(row: Row) -> Notification:
    """Return a result row as a notification."""
    plain = {key: row[key] for key in ("id", "at", "kind", "entity", "record_id", "task_id", "read_at", "count")}
    return Notification(title=label_of(row["title"]), text=label_of(row["text"]), **plain)


async def count_unread(uow: UnitOfWork, member: UUID) -> int:
    """Return how many notifications somebody has not read."""
    count: int = await uow.fetch_value(
        compose(
            "SELECT count(*) FROM notification WHERE member_id = {me} AND read_at IS NULL", me=param(member, "uuid")
        )
    )
    return count


async def mark_read(uow: UnitOfWork, member: UUID, ids: Sequence[UUID] | None, now: datetime) -> None:
    """Mark some (None: all) of somebody's notifications as read."""
    chosen = TRUE if ids is None else compose("id = ANY({ids})", ids=uuids(ids))
    await uow.write(
        compose(
            "UPDATE notification SET read_at = {now} WHERE member_id = {me} AND read_at IS NULL AND {chosen}",
            now=param(now),
            me=param(member, "uuid"),
            chosen=chosen,
        )
    )


async def select_off(uow: UnitOfWork, members: Collection[UUID]) -> frozenset[tuple[UUID, str]]:
    """Return which kinds of notifications members switched off: (member, kind)."""
    rows = await uow.fetch(
        compose(
            "SELECT member_id, kind FROM notification_off WHERE member_id = ANY({members})",
            members=uuids(list(members)),
        )
    )
    return frozenset((row["member_id"], row["kind"]) for row in rows)


async def replace_off(uow: UnitOfWork, member: UUID, kinds: Sequence[str]) -> None:
    """Write which kinds of notifications somebody switched off."""
    await uow.write(compose("DELETE FROM notification_off WHERE member_id = {me}", me=param(member, "uuid")))
    await uow.write(
        compose(
            "INSERT INTO notification_off (member_id, kind) SELECT {me}, unnest({kinds})",
            me=param(member, "uuid"),
            kinds=param(list(kinds), "text[]"),
        )
    )
