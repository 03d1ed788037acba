"""Publications that are being prepared, and the lock that lets one person publish at a time."""

from datetime import datetime
from typing import Any

import asyncpg
import msgspec

from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.errors import Conflict
from xiaolu.kit.problems import Problem
from xiaolu.kit.sql import compose, param, raw
from xiaolu.metadata.model.running import RunningChoice
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.publishing.model import Author, Pending, Publication
from xiaolu.metadata.publishing.store.versions import encode

WAIT_FOR_PUBLISHER_MS = 10_000


async def lock_definitions(uow: UnitOfWork) -> None:
    """Let nobody else publish in this workspace until the transaction ends.

    Raises:
        Conflict: somebody else has been publishing for too long.
    """
    try:
        async with uow.savepoint():
            await uow.write(raw(f"SET LOCAL lock_timeout = {WAIT_FOR_PUBLISHER_MS}"))
            await uow.write(
                raw("SELECT pg_advisory_xact_lock(hashtext('xiaolu.definitions'), hashtext(current_schema()))")
            )
    except asyncpg.LockNotAvailableError as error:
        raise Conflict("publish.busy") from error


async def read_pending(uow: UnitOfWork, publication: int | None = None) -> Pending | None:
    """Return the publication that is being prepared (with ``publication``: that one, if it still is)."""
    row = await uow.fetch_one(
        compose(
            "SELECT id, base_version, definitions::text AS definitions, packages::text AS packages, moves::text AS moves, running::text AS running,"
            " note, author_id, author_name, restored_from, signatures::text AS signatures, started_at FROM definition_publication"
            " WHERE state = 'preparing' AND ({id} IS NULL OR id = {id})",
            id=param(publication, "bigint"),
        )
    )
    return None if row is None else _pending(row)


async def add_pending(uow: UnitOfWork, publication: Publication, now: datetime) -> int:
    """Note that a publication is being prepared, and return its id."""
    rows = await uow.write(
        compose(
            "INSERT INTO definition_publication (base_version, definitions, packages, moves, running, note, author_id, author_name,"
            " restored_from, signatures, started_at) VALUES ({base}, {definitions}, {packages}, {moves}, {running}, {note}, {author}, {name},"
            " {restored}, {signatures}, {now}) RETURNING id",
            base=param(publication.base_version, "bigint"),
            definitions=param(encode(publication.definitions), "json"),
            packages=param(msgspec.json.encode(publication.packages).decode(), "jsonb"),
            moves=param(msgspec.json.encode(publication.moves).decode(), "json"),
            running=param(msgspec.json.encode(publication.running).decode(), "json"),
            note=param(publication.note),
            author=param(publication.author.id, "uuid"),
            name=param(publication.author.name),
            restored=param(publication.restored_from, "bigint"),
            signatures=param(msgspec.json.encode(publication.signatures).decode(), "json"),
            now=param(now),
        )
    )
    found: int = rows[0]["id"]
    return found


async def end_pending(
    uow: UnitOfWork, publication: int, state: str, now: datetime, *, version: int | None = None,
    problems: list[Problem] | None = None,
) -> None:  # fmt: skip
    """Note how a publication that was being prepared ended."""
    await uow.write(
        compose(
            "UPDATE definition_publication SET state = {state}, version = {version}, problems = {problems},"
            " finished_at = {now} WHERE id = {id}",
            state=param(state),
            version=param(version, "bigint"),
            problems=param(None if problems is None else msgspec.json.encode(problems).decode(), "json"),
            now=param(now),
            id=param(publication, "bigint"),
        )
    )


async def last_ended(uow: UnitOfWork) -> Row | None:
    """Return how the last prepared publication ended: id, state, version, problems, author_name."""
    return await uow.fetch_one(
        raw(
            "SELECT id, state, version, problems::text AS problems, author_name FROM definition_publication"
            " WHERE state <> 'preparing' ORDER BY id DESC LIMIT 1"
        )
    )


async def claim_untold_failures(uow: UnitOfWork, now: datetime) -> list[Row]:
    """Return the failed publications whose authors were not told yet (author_id, note, problems), and note that they are."""
    rows = await uow.write(
        compose(
            "UPDATE definition_publication SET told_at = {now} WHERE state = 'failed' AND told_at IS NULL"
            " AND author_id IS NOT NULL RETURNING author_id, note, problems::text AS problems",
            now=param(now),
        )
    )
    return list(rows)


def _pending(row: Row) -> Pending:
    return Pending(
        id=row["id"],
        publication=Publication(
            definitions=msgspec.json.decode(row["definitions"], type=Definitions),
            base_version=row["base_version"],
            author=Author(row["author_id"], row["author_name"]),
            note=row["note"],
            moves=msgspec.json.decode(row["moves"], type=dict[str, dict[str, str]]),
            running=msgspec.json.decode(row["running"], type=dict[str, RunningChoice]),
            packages=msgspec.json.decode(row["packages"], type=dict[str, str]),
            restored_from=row["restored_from"],
            signatures=tuple(msgspec.json.decode(row["signatures"], type=list[dict[str, Any]])),
        ),
        started_at=row["started_at"],
    )
