"""SQL of process versions: which hold, which are kept for records that still run on them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import compose, ident, param, raw
from xiaolu.metadata.model.access import FieldAccess
from xiaolu.metadata.model.process import Process
from xiaolu.metadata.model.running import KeptVersion, Running
from xiaolu.metadata.model.workspace import table_of
from xiaolu.metadata.versions import runs_on


async def read_running(uow: UnitOfWork) -> Running:
    """Return the numbers that hold and the versions that are kept."""
    numbers = await uow.fetch(raw("SELECT entity, max(number) AS number FROM process_version GROUP BY entity"))
    kept = await uow.fetch(
        raw(
            "SELECT entity, number, definition::text AS definition, access::text AS access FROM process_version"
            " WHERE state = 'kept' ORDER BY entity, number"
        )
    )
    return Running({row["entity"]: row["number"] for row in numbers}, tuple(_kept(row) for row in kept))


async def count_version(uow: UnitOfWork, version: KeptVersion, running: Running) -> Mapping[str, int]:
    """Return how many records, those in the recycle bin among them, are in each stage of a kept version."""
    found = await uow.fetch(
        compose(
            "SELECT r.stage, count(*) AS records FROM {table} AS r"
            " WHERE r.stage IS NOT NULL AND {on_version} GROUP BY r.stage",
            table=ident(table_of(version.entity)),
            on_version=runs_on(version.number, running.apart(version.entity)),
        )
    )
    return {row["stage"]: row["records"] for row in found}


async def end_version(
    uow: UnitOfWork, version: KeptVersion, *, is_kept: bool, definitions: int, now: datetime, by: str
) -> None:
    """Note that a version no longer holds: kept for its records, or retired."""
    await uow.write(
        compose(
            "INSERT INTO process_version (entity, number, process, definition, access, state, definitions, at, by_name)"
            " VALUES ({entity}, {number}, {process}, {definition}, {access}, {state}, {definitions}, {now}, {by})"
            " ON CONFLICT (entity, number) DO UPDATE SET definition = excluded.definition, access = excluded.access,"
            " state = excluded.state, process = excluded.process",
            **_row(version, state="kept" if is_kept else "retired", definitions=definitions, now=now, by=by),
        )
    )


async def begin_version(uow: UnitOfWork, version: KeptVersion, *, definitions: int, now: datetime, by: str) -> None:
    """Note that a version holds from now on."""
    await uow.write(
        compose(
            "INSERT INTO process_version (entity, number, process, definition, access, state, definitions, at, by_name)"
            " VALUES ({entity}, {number}, {process}, {definition}, {access}, {state}, {definitions}, {now}, {by})",
            **_row(version, state="current", definitions=definitions, now=now, by=by),
        )
    )


async def retire_versions(uow: UnitOfWork, versions: Collection[KeptVersion]) -> None:
    """Keep versions no longer."""
    for each in versions:
        await uow.write(
            compose(
                "UPDATE process_version SET state = 'retired' WHERE entity = {entity} AND number = {number}",
                entity=param(each.entity),
                number=param(each.number, "integer"),
            )
        )


async def forget_processes(uow: UnitOfWork, staged: Collection[str]) -> None:
    """Retire every version of entities that have no process any more; ``staged`` have one."""
    await uow.write(
        compose(
            "UPDATE process_version SET state = 'retired' WHERE state <> 'retired' AND entity <> ALL({staged})",
            staged=param(sorted(staged), "text[]"),
        )
    )


async def list_history(uow: UnitOfWork, entity: str) -> Sequence[Row]:
    """Return every version of an entity's process, the newest first: number, state, definitions, at, by_name."""
    return await uow.fetch(
        compose(
            "SELECT number, state, definitions, at, by_name FROM process_version WHERE entity = {entity}"
            " ORDER BY number DESC",
            entity=param(entity),
        )
    )


def _row(version: KeptVersion, *, state: str, definitions: int, now: datetime, by: str) -> dict[str, Any]:
    return {
        "entity": param(version.entity),
        "number": param(version.number, "integer"),
        "process": param(version.process.key),
        "definition": param(msgspec.json.encode(version.process).decode(), "json"),
        "access": param(msgspec.json.encode(version.access).decode(), "json"),
        "state": param(state),
        "definitions": param(definitions, "bigint"),
        "now": param(now),
        "by": param(by),
    }


def _kept(row: Row) -> KeptVersion:
    return KeptVersion(
        row["entity"],
        row["number"],
        msgspec.json.decode(row["definition"], type=Process),
        msgspec.json.decode(row["access"], type=dict[str, dict[str, dict[str, FieldAccess]]]),
    )
