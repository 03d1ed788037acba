"""SQL of comments."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import Decision
from xiaolu.comments.model import Subject
from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import FALSE, TRUE, Sql, compose, ident, param, uuids
from xiaolu.metadata.model.workspace import table_of

_COLUMNS = (
    "c.id, c.entity, c.record_id, c.author_id, m.name AS author_name, c.at, c.version, c.edited_at, c.deleted_at, "
    "CASE WHEN c.deleted_at IS NULL THEN c.text ELSE '' END AS text"
)


async def select_subject(uow: UnitOfWork, record_id: UUID, read: Decision) -> Subject | None:
    """Return the record that is talked about, recycle bin included, if the decision lets it be read."""
    row = await uow.fetch_one(
        compose(
            "SELECT r.id, r.version, r.owner, r.created_by, r.stage, r.deleted_at FROM {table} r "
            "WHERE r.id = {id} AND {seen}",
            table=ident(table_of(read.entity)),
            id=param(record_id, "uuid"),
            seen=read.predicate if read.allowed else FALSE,
        )
    )
    return None if row is None else subject_of(read.entity, row)


def subject_of(entity: str, row: Row) -> Subject:
    """Return a result row as a subject."""
    return Subject(
        entity=entity,
        id=row["id"],
        version=row["version"],
        owner=row["owner"],
        created_by=row["created_by"],
        stage=row["stage"],
        is_deleted=row["deleted_at"] is not None,
    )


async def select_comments(
    uow: UnitOfWork, entity: str, record_id: UUID, before: UUID | None, limit: int
) -> Sequence[Row]:
    """Return a page of a record's comments, newest first."""
    return await uow.fetch(
        compose(
            "SELECT " + _COLUMNS + " FROM comment c JOIN member m ON m.id = c.author_id "
            "WHERE c.entity = {entity} AND c.record_id = {record} AND {older} ORDER BY c.id DESC LIMIT {limit}",
            entity=param(entity, "text"),
            record=param(record_id, "uuid"),
            older=TRUE if before is None else compose("c.id < {before}", before=param(before, "uuid")),
            limit=param(limit, "integer"),
        )
    )


async def select_comment(uow: UnitOfWork, entity: str, record_id: UUID, comment_id: UUID) -> Row | None:
    """Return one comment of a record."""
    return await uow.fetch_one(
        compose(
            "SELECT " + _COLUMNS + " FROM comment c JOIN member m ON m.id = c.author_id "
            "WHERE c.id = {id} AND c.entity = {entity} AND c.record_id = {record}",
            id=param(comment_id, "uuid"),
            entity=param(entity, "text"),
            record=param(record_id, "uuid"),
        )
    )


async def insert_comment(ctx: Context, comment_id: UUID, subject: Subject, text: str) -> None:
    """Write a comment of the context's actor."""
    await ctx.uow.write(
        compose(
            "INSERT INTO comment (id, entity, record_id, author_id, at, text) "
            "VALUES ({id}, {entity}, {record}, {author}, {now}, {text})",
            id=param(comment_id, "uuid"),
            entity=param(subject.entity, "text"),
            record=param(subject.id, "uuid"),
            author=param(ctx.actor.id, "uuid"),
            now=param(ctx.now, "timestamptz"),
            text=param(text, "text"),
        )
    )


async def change_comment(ctx: Context, comment_id: UUID, text: str, *, version: int) -> bool:
    """Give a comment another wording and keep the one before; False where it has changed since ``version``."""
    return await _change(
        ctx, comment_id, compose("text = {text}, edited_at = {now}", text=param(text, "text"), now=_now(ctx)), version
    )


async def delete_comment(ctx: Context, comment_id: UUID, *, version: int) -> bool:
    """Take a comment back; its wordings are kept for the audit alone. False where it has changed since ``version``."""
    return await _change(ctx, comment_id, compose("deleted_at = {now}", now=_now(ctx)), version)


def _now(ctx: Context) -> Sql:
    return param(ctx.now, "timestamptz")


async def _change(ctx: Context, comment_id: UUID, change: Sql, version: int) -> bool:
    rows = await ctx.uow.write(
        compose(
            "WITH changed AS (UPDATE comment SET {change}, version = version + 1 "
            "WHERE id = {id} AND version = {version} AND deleted_at IS NULL "
            "RETURNING id, old.version AS version, old.text AS text, coalesce(old.edited_at, old.at) AS at) "
            "INSERT INTO comment_past (comment_id, version, at, text) SELECT id, version, at, text FROM changed "
            "RETURNING comment_id",
            change=change,
            id=param(comment_id, "uuid"),
            version=param(version, "integer"),
        )
    )
    return bool(rows)


async def select_wordings(uow: UnitOfWork, comment_id: UUID) -> Sequence[Row]:
    """Return all wordings of a comment, newest first."""
    return await uow.fetch(
        compose(
            "SELECT version, coalesce(edited_at, at) AS at, text FROM comment WHERE id = {id} "
            "UNION ALL SELECT version, at, text FROM comment_past WHERE comment_id = {id} ORDER BY version DESC",
            id=param(comment_id, "uuid"),
        )
    )


async def move_comments(uow: UnitOfWork, entity: str, from_ids: Collection[UUID], to_id: UUID) -> None:
    """Let the comments of merged records, and their files, follow the record that is kept."""
    for table in ("comment", "attachment"):
        await uow.write(
            compose(
                "UPDATE {table} SET record_id = {to} WHERE entity = {entity} AND record_id = ANY({ids})",
                table=ident(table),
                to=param(to_id, "uuid"),
                entity=param(entity, "text"),
                ids=uuids(from_ids),
            )
        )


async def erase_comments(uow: UnitOfWork, entity: str, record_id: UUID) -> None:
    """Delete everything that was said about a record that is deleted for good."""
    for table in ("comment", "follower"):
        await uow.write(
            compose(
                "DELETE FROM {table} WHERE entity = {entity} AND record_id = {record}",
                table=ident(table),
                entity=param(entity, "text"),
                record=param(record_id, "uuid"),
            )
        )


async def select_names(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of members, those who left included."""
    if not ids:
        return {}
    rows: Sequence[Any] = await uow.fetch(compose("SELECT id, name FROM member WHERE id = ANY({ids})", ids=uuids(ids)))
    return {row["id"]: row["name"] for row in rows}
