"""Drafts that are to be published at a time."""

from datetime import datetime

import msgspec

from xiaolu.access.context import Context
from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.problems import Problem
from xiaolu.kit.sql import compose, param, raw
from xiaolu.studio.draft.model import Draft, Scheduled

_COLUMNS = (
    "id, draft, base_version, document::text AS document, note, at, author_id, author_name, made_at, state, version,"
    " problems::text AS problems"
)


async def add_schedule(ctx: Context, draft: Draft, note: str, at: datetime) -> int:
    """Keep the draft as it is for a time, and return the schedule's id."""
    rows = await ctx.uow.write(
        compose(
            "INSERT INTO draft_schedule (draft, base_version, document, note, at, author_id, author_name, made_at)"
            " VALUES ({draft}, {base}, {document}, {note}, {at}, {author}, {name}, {now}) RETURNING id",
            draft=param(draft.id, "bigint"),
            base=param(draft.base_version, "bigint"),
            document=param(msgspec.json.encode(draft.document).decode(), "json"),
            note=param(note),
            at=param(at),
            author=param(ctx.actor.id, "uuid"),
            name=param(ctx.actor.name),
            now=param(ctx.now),
        )
    )
    found: int = rows[0]["id"]
    return found


async def hold_schedule(uow: UnitOfWork, schedule: int | None = None) -> Scheduled | None:
    """Return the schedule that waits (or the one given, if it still waits), kept from others."""
    rows = await uow.write(
        compose(
            "SELECT {columns} FROM draft_schedule WHERE state = 'waiting' AND ({id} IS NULL OR id = {id}) FOR UPDATE",
            columns=raw(_COLUMNS),
            id=param(schedule, "bigint"),
        )
    )
    return _scheduled(rows[0]) if rows else None


async def latest_schedule(uow: UnitOfWork) -> Scheduled | None:
    """Return the schedule that was made last, however it ended."""
    row = await uow.fetch_one(
        compose("SELECT {columns} FROM draft_schedule ORDER BY id DESC LIMIT 1", columns=raw(_COLUMNS))
    )
    return None if row is None else _scheduled(row)


async def end_schedule(
    uow: UnitOfWork,
    schedule: int,
    state: str,
    now: datetime,
    *,
    version: int | None = None,
    problems: list[Problem] | None = None,
) -> None:
    """Note how a schedule ended."""
    await uow.write(
        compose(
            "UPDATE draft_schedule SET state = {state}, version = {version}, problems = {problems}, ended_at = {now}"
            " WHERE id = {id}",
            state=param(state),
            version=param(version, "bigint"),
            problems=param(None if problems is None else msgspec.json.encode(problems).decode(), "json"),
            now=param(now),
            id=param(schedule, "bigint"),
        )
    )


def _scheduled(row: Row) -> Scheduled:
    return Scheduled(
        id=row["id"],
        draft=row["draft"],
        base_version=row["base_version"],
        document=msgspec.json.decode(row["document"]),
        note=row["note"],
        at=row["at"],
        author_id=row["author_id"],
        author_name=row["author_name"],
        made_at=row["made_at"],
        state=row["state"],
        version=row["version"],
        problems=tuple(msgspec.json.decode(row["problems"], type=list[Problem])) if row["problems"] else (),
    )
