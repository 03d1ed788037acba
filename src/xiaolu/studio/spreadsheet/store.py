"""SQL of the apps that were made from spreadsheets."""

from typing import Any
from uuid import UUID

import msgspec

from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import Sql, compose, param, raw
from xiaolu.studio.spreadsheet.model import AppPlan, Build, ImportStep, Phase

_COLUMNS = raw("id, plan, steps, phase, version, created_by, created_at")


def _build(row: Row) -> Build:
    return Build(
        id=row["id"],
        plan=msgspec.json.decode(row["plan"], type=AppPlan),
        steps=tuple(msgspec.json.decode(row["steps"], type=list[ImportStep])),
        phase=Phase(row["phase"]),
        version=row["version"],
        created_by=row["created_by"],
        created_at=row["created_at"],
    )


def _json(value: Any) -> Sql:
    return param(msgspec.json.encode(value).decode(), "jsonb")


async def insert_build(uow: UnitOfWork, build: Build) -> None:
    """Write a new build."""
    await uow.write(
        compose(
            "INSERT INTO spreadsheet_build (id, plan, steps, phase, version, created_by, created_at) "
            "VALUES ({id}, {plan}, {steps}, {phase}, {version}, {by}, {at})",
            id=param(build.id, "uuid"),
            plan=_json(build.plan),
            steps=_json(build.steps),
            phase=param(build.phase.value, "text"),
            version=param(build.version, "bigint"),
            by=param(build.created_by, "uuid"),
            at=param(build.created_at, "timestamptz"),
        )
    )


async def update_build(uow: UnitOfWork, build: Build) -> None:
    """Write how far a build has come."""
    await uow.write(
        compose(
            "UPDATE spreadsheet_build SET steps = {steps}, phase = {phase} WHERE id = {id}",
            id=param(build.id, "uuid"),
            steps=_json(build.steps),
            phase=param(build.phase.value, "text"),
        )
    )


async def find_build(uow: UnitOfWork, identifier: UUID, *, lock: bool = False) -> Build | None:
    """Return a build."""
    row = await uow.fetch_one(
        compose(
            "SELECT {columns} FROM spreadsheet_build WHERE id = {id} {lock}",
            columns=_COLUMNS,
            id=param(identifier, "uuid"),
            lock=raw("FOR UPDATE" if lock else ""),
        )
    )
    return None if row is None else _build(row)


async def claim_due(uow: UnitOfWork, version: int) -> Build | None:
    """Return the oldest build with imports to come whose definitions this process knows, and keep others off it."""
    row = await uow.fetch_one(
        compose(
            "SELECT {columns} FROM spreadsheet_build WHERE phase = 'importing' AND version <= {version} "
            "ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED",
            columns=_COLUMNS,
            version=param(version, "bigint"),
        )
    )
    return None if row is None else _build(row)


async def list_builds(uow: UnitOfWork, limit: int) -> list[Build]:
    """Return the newest builds."""
    rows = await uow.fetch(
        compose(
            "SELECT {columns} FROM spreadsheet_build ORDER BY created_at DESC LIMIT {limit}",
            columns=_COLUMNS,
            limit=param(limit, "bigint"),
        )
    )
    return [_build(each) for each in rows]
