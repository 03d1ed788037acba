"""The draft in the database."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from xiaolu.access.context import Context
from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import compose, param, raw
from xiaolu.studio.draft.model import Document, Draft, Edit, Editor, Op


async def read_open(uow: UnitOfWork) -> Draft | None:
    """Return the open draft."""
    row = await uow.fetch_one(
        raw("SELECT id, base_version, revision, document::text AS document FROM draft WHERE state = 'open'")
    )
    return None if row is None else _draft(row)


async def read_revision(uow: UnitOfWork) -> tuple[int, int] | None:
    """Return id and revision of the open draft."""
    row = await uow.fetch_one(raw("SELECT id, revision FROM draft WHERE state = 'open'"))
    return None if row is None else (row["id"], row["revision"])


async def hold_open(uow: UnitOfWork) -> Draft | None:
    """Return the open draft and keep it from others until the transaction ends."""
    rows = await uow.write(
        raw("SELECT id, base_version, revision, document::text AS document FROM draft WHERE state = 'open' FOR UPDATE")
    )
    return _draft(rows[0]) if rows else None


async def open_draft(ctx: Context, base_version: int, document: Document) -> None:
    """Open a draft unless one is open."""
    await ctx.uow.write(
        compose(
            "INSERT INTO draft (base_version, document, opened_by, opened_at, changed_at)"
            " VALUES ({base}, {document}, {author}, {now}, {now}) ON CONFLICT DO NOTHING",
            base=param(base_version),
            document=param(_json(document), "json"),
            author=param(ctx.actor.id, "uuid"),
            now=param(ctx.now),
        )
    )


async def write_draft(uow: UnitOfWork, draft: Draft, now: datetime) -> None:
    """Write the draft as it is now."""
    await uow.write(
        compose(
            "UPDATE draft SET base_version = {base}, revision = {revision}, document = {document}, changed_at = {now}"
            " WHERE id = {id}",
            base=param(draft.base_version),
            revision=param(draft.revision),
            document=param(_json(draft.document), "json"),
            now=param(now),
            id=param(draft.id),
        )
    )


async def end_draft(uow: UnitOfWork, draft_id: int, state: str, now: datetime) -> None:
    """Close the draft."""
    await uow.write(
        compose(
            "UPDATE draft SET state = {state}, ended_at = {now} WHERE id = {id}",
            state=param(state),
            now=param(now),
            id=param(draft_id),
        )
    )


async def add_edit(uow: UnitOfWork, draft_id: int, edit: Edit) -> None:
    """Keep an edit."""
    await uow.write(
        compose(
            "INSERT INTO draft_edit (draft, revision, kind, author_id, author_name, at, label, ops)"
            " VALUES ({draft}, {revision}, {kind}, {author}, {name}, {now}, {label}, {ops})",
            draft=param(draft_id),
            revision=param(edit.revision),
            kind=param(edit.kind),
            author=param(edit.author_id, "uuid"),
            name=param(edit.author_name),
            now=param(edit.at),
            label=param(edit.label),
            ops=param(msgspec.json.encode(edit.ops).decode(), "json"),
        )
    )


async def edits_after(uow: UnitOfWork, draft_id: int, revision: int) -> list[Edit]:
    """Return the edits after a revision, the oldest first."""
    rows = await uow.fetch(
        compose(
            "SELECT revision, kind, author_id, author_name, at, label, ops::text AS ops FROM draft_edit"
            " WHERE draft = {draft} AND revision > {revision} ORDER BY revision",
            draft=param(draft_id),
            revision=param(revision),
        )
    )
    return [_edit(row) for row in rows]


async def list_editors(uow: UnitOfWork, draft_id: int) -> Sequence[Editor]:
    """Return who edited the draft, the latest first."""
    rows = await uow.fetch(
        compose(
            "SELECT author_id, max(author_name) AS name, max(at) AS at FROM draft_edit WHERE draft = {draft}"
            " GROUP BY author_id ORDER BY max(at) DESC",
            draft=param(draft_id),
        )
    )
    return [Editor(id=row["author_id"], name=row["name"], at=row["at"]) for row in rows]


def _json(document: Document) -> str:
    return msgspec.json.encode(document).decode()


def _draft(row: Row) -> Draft:
    return Draft(
        id=row["id"],
        base_version=row["base_version"],
        revision=row["revision"],
        document=msgspec.json.decode(row["document"]),
    )


def _edit(row: Row) -> Edit:
    return Edit(
        revision=row["revision"],
        kind=row["kind"],
        author_id=row["author_id"],
        author_name=row["author_name"],
        at=row["at"],
        label=row["label"],
        ops=tuple(msgspec.json.decode(row["ops"], type=list[Op])),
    )
