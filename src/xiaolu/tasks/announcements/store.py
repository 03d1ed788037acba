"""SQL of announcements."""

from datetime import datetime
from uuid import UUID

from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import compose, param, raw, uuids
from xiaolu.tasks.announcements.model import Announcement, AnnouncementDraft, Confirmation, Published
from xiaolu.tasks.store.tasks import label_json, label_of

_REACHES = (
    "m.disabled_at IS NULL AND ((a.roles = '{}' AND a.departments = '{}') "
    "OR EXISTS (SELECT FROM member_role mr WHERE mr.member_id = m.id AND mr.role = ANY(a.roles)) "
    "OR m.department_id IN (WITH RECURSIVE below AS (SELECT id FROM department WHERE id = ANY(a.departments) "
    "UNION SELECT d.id FROM department d JOIN below b ON d.parent_id = b.id) SELECT id FROM below))"
)


async def insert_announcement(uow: UnitOfWork, key: UUID, draft: AnnouncementDraft, *, now: datetime, by: UUID) -> None:
    """Write an announcement."""
    await uow.write(
        compose(
            "INSERT INTO announcement (id, title, text, must_confirm, roles, departments, created_at, created_by, ends_at) "
            "VALUES ({id}, {title}, {text}, {must}, {roles}, {departments}, {now}, {by}, {ends})",
            id=param(key, "uuid"),
            title=label_json(draft.title),
            text=label_json(draft.text),
            must=param(draft.must_confirm, "boolean"),
            roles=param(list(draft.roles), "text[]"),
            departments=uuids(draft.departments),
            now=param(now, "timestamptz"),
            by=param(by, "uuid"),
            ends=param(draft.ends_at, "timestamptz"),
        )
    )


async def select_current(uow: UnitOfWork, member: UUID, now: datetime, limit: int) -> list[Announcement]:
    """Return what reaches a member now: first what is still to be confirmed, then the newest."""
    rows = await uow.fetch(
        compose(
            "SELECT a.id, a.title, a.text, a.must_confirm, a.created_at, author.name AS author, c.at AS confirmed_at "
            "FROM announcement a JOIN member m ON m.id = {member} JOIN member author ON author.id = a.created_by "
            "LEFT JOIN announcement_receipt c ON c.announcement_id = a.id AND c.member_id = m.id "
            "WHERE a.withdrawn_at IS NULL AND (a.ends_at IS NULL OR a.ends_at > {now}) AND {reaches} "
            "ORDER BY (a.must_confirm AND c.at IS NULL) DESC, a.id DESC LIMIT {limit}",
            member=param(member, "uuid"),
            now=param(now, "timestamptz"),
            reaches=raw(_REACHES),
            limit=param(limit, "integer"),
        )
    )
    return [
        Announcement(
            id=row["id"],
            title=label_of(row["title"]),
            text=label_of(row["text"]),
            must_confirm=row["must_confirm"],
            created_at=row["created_at"],
            author=row["author"],
            confirmed_at=row["confirmed_at"],
        )
        for row in rows
    ]


async def insert_receipt(uow: UnitOfWork, key: UUID, member: UUID, now: datetime) -> bool:
    """Note that a member whom an announcement reaches confirmed it; False where it is not for them, or was noted."""
    row = await uow.write(
        compose(
            "INSERT INTO announcement_receipt (announcement_id, member_id, at) "
            "SELECT a.id, m.id, {now} FROM announcement a JOIN member m ON m.id = {member} "
            "WHERE a.id = {id} AND a.withdrawn_at IS NULL AND {reaches} ON CONFLICT DO NOTHING RETURNING member_id",
            now=param(now, "timestamptz"),
            member=param(member, "uuid"),
            id=param(key, "uuid"),
            reaches=raw(_REACHES),
        )
    )
    return bool(row)


async def select_published(uow: UnitOfWork, limit: int, key: UUID | None = None) -> list[Published]:
    """Return announcements, the newest first, with how many they reach and how many of those confirmed."""
    rows = await uow.fetch(
        compose(
            "SELECT a.*, author.name AS author, counted.reached, counted.confirmed "
            "FROM announcement a JOIN member author ON author.id = a.created_by CROSS JOIN LATERAL ("
            "SELECT count(*)::integer AS reached, count(c.at)::integer AS confirmed FROM member m "
            "LEFT JOIN announcement_receipt c ON c.announcement_id = a.id AND c.member_id = m.id WHERE {reaches}"
            ") counted WHERE {which} ORDER BY a.id DESC LIMIT {limit}",
            reaches=raw(_REACHES),
            which=raw("TRUE") if key is None else compose("a.id = {key}", key=param(key, "uuid")),
            limit=param(limit, "integer"),
        )
    )
    return [_published(row) for row in rows]


def _published(row: Row) -> Published:
    draft = AnnouncementDraft(
        title=label_of(row["title"]),
        text=label_of(row["text"]),
        must_confirm=row["must_confirm"],
        roles=tuple(row["roles"]),
        departments=tuple(row["departments"]),
        ends_at=row["ends_at"],
    )
    return Published(
        id=row["id"],
        draft=draft,
        created_at=row["created_at"],
        author=row["author"],
        withdrawn_at=row["withdrawn_at"],
        reached=row["reached"],
        confirmed=row["confirmed"],
    )


async def select_reached(uow: UnitOfWork, key: UUID) -> list[Confirmation]:
    """Return everybody whom an announcement reaches: those who have not confirmed first, then by name."""
    rows = await uow.fetch(
        compose(
            "SELECT m.id, m.name, coalesce(d.name, '') AS department, c.at FROM announcement a CROSS JOIN member m "
            "LEFT JOIN department d ON d.id = m.department_id "
            "LEFT JOIN announcement_receipt c ON c.announcement_id = a.id AND c.member_id = m.id "
            "WHERE a.id = {id} AND {reaches} ORDER BY c.at IS NOT NULL, m.name_sort, m.id",
            id=param(key, "uuid"),
            reaches=raw(_REACHES),
        )
    )
    return [Confirmation(row["id"], row["name"], row["department"], row["at"]) for row in rows]


async def withdraw(uow: UnitOfWork, key: UUID, now: datetime) -> bool:
    """Take an announcement back; False where it is gone already."""
    rows = await uow.write(
        compose(
            "UPDATE announcement SET withdrawn_at = {now} WHERE id = {id} AND withdrawn_at IS NULL RETURNING id",
            now=param(now, "timestamptz"),
            id=param(key, "uuid"),
        )
    )
    return bool(rows)
