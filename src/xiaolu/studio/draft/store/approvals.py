"""Requests for an owner's consent."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.access.context import Context
from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.i18n import Label
from xiaolu.kit.sql import compose, param, raw
from xiaolu.studio.draft.model import Request, RequestDraft

_COLUMNS = (
    "id, draft, collection, key, label::text AS label, owners, digest, before::text AS before, wanted::text AS wanted,"
    " note, state, asked_by, asked_name, asked_at, decided_name, decided_at, reason"
)
RECENT = 50


async def add_request(ctx: Context, draft: RequestDraft) -> int:
    """Keep a request and return its id."""
    rows = await ctx.uow.write(
        compose(
            "INSERT INTO draft_approval (draft, collection, key, label, owners, digest, before, wanted, note, asked_by,"
            " asked_name, asked_at) VALUES ({draft}, {collection}, {key}, {label}, {owners}, {digest}, {before}, {wanted},"
            " {note}, {by}, {name}, {now}) RETURNING id",
            draft=param(draft.draft, "bigint"),
            collection=param(draft.collection),
            key=param(draft.key),
            label=param(_json(draft.label), "jsonb"),
            owners=param(list(draft.owners), "text[]"),
            digest=param(draft.digest),
            before=param(_json(draft.before), "json"),
            wanted=param(None if draft.wanted is None else _json(draft.wanted), "json"),
            note=param(draft.note),
            by=param(ctx.actor.id, "uuid"),
            name=param(ctx.actor.name),
            now=param(ctx.now),
        )
    )
    found: int = rows[0]["id"]
    return found


async def list_of_draft(uow: UnitOfWork, draft: int) -> list[Request]:
    """Return a draft's requests, the oldest first; those that were asked anew are left out."""
    rows = await uow.fetch(
        compose(
            "SELECT {columns} FROM draft_approval WHERE draft = {draft} AND state <> 'replaced' ORDER BY id",
            columns=raw(_COLUMNS),
            draft=param(draft, "bigint"),
        )
    )
    return [_request(row) for row in rows]


async def list_waiting(uow: UnitOfWork, roles: Collection[str]) -> list[Request]:
    """Return the requests that one of these roles may decide."""
    rows = await uow.fetch(
        compose(
            "SELECT {columns} FROM draft_approval AS a WHERE state = 'waiting' AND owners && {roles}"
            " AND EXISTS (SELECT FROM draft AS d WHERE d.id = a.draft AND d.state = 'open') ORDER BY id",
            columns=raw(_COLUMNS),
            roles=param(list(roles), "text[]"),
        )
    )
    return [_request(row) for row in rows]


async def list_decided(uow: UnitOfWork, roles: Collection[str], member: UUID | None) -> list[Request]:
    """Return decided requests of these roles or of a member, the newest first."""
    rows = await uow.fetch(
        compose(
            "SELECT {columns} FROM draft_approval WHERE state IN ('approved', 'returned')"
            " AND (owners && {roles} OR asked_by = {member}) ORDER BY decided_at DESC LIMIT {limit}",
            columns=raw(_COLUMNS),
            roles=param(list(roles), "text[]"),
            member=param(member, "uuid"),
            limit=param(RECENT, "bigint"),
        )
    )
    return [_request(row) for row in rows]


async def hold_request(uow: UnitOfWork, request: int) -> Request | None:
    """Return a request and keep it from others until the transaction ends."""
    rows = await uow.write(
        compose(
            "SELECT {columns} FROM draft_approval WHERE id = {id} FOR UPDATE",
            columns=raw(_COLUMNS),
            id=param(request, "bigint"),
        )
    )
    return _request(rows[0]) if rows else None


async def replace_requests(uow: UnitOfWork, requests: Sequence[int]) -> None:
    """Note that the same is asked anew."""
    await uow.write(
        compose(
            "UPDATE draft_approval SET state = 'replaced' WHERE id = ANY({ids}) AND state = 'waiting'",
            ids=param(list(requests), "bigint[]"),
        )
    )


async def decide_request(ctx: Context, request: int, state: str, reason: str) -> None:
    """Note what an owner decided."""
    await ctx.uow.write(
        compose(
            "UPDATE draft_approval SET state = {state}, reason = {reason}, decided_by = {by}, decided_name = {name},"
            " decided_at = {now} WHERE id = {id}",
            state=param(state),
            reason=param(reason),
            by=param(ctx.actor.id, "uuid"),
            name=param(ctx.actor.name),
            now=param(ctx.now),
            id=param(request, "bigint"),
        )
    )


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _when(value: Any) -> datetime | None:
    return value if isinstance(value, datetime) else None


def _request(row: Row) -> Request:
    return Request(
        id=row["id"],
        draft=row["draft"],
        collection=row["collection"],
        key=row["key"],
        label=msgspec.json.decode(row["label"], type=Label),
        owners=tuple(row["owners"]),
        digest=row["digest"],
        before=msgspec.json.decode(row["before"]) if row["before"] else None,
        wanted=msgspec.json.decode(row["wanted"]) if row["wanted"] else None,
        note=row["note"],
        state=row["state"],
        asked_by=row["asked_by"],
        asked_name=row["asked_name"],
        asked_at=row["asked_at"],
        decided_name=row["decided_name"],
        decided_at=_when(row["decided_at"]),
        reason=row["reason"],
    )
