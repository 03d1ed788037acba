"""SQL of obstacles."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import Sql, all_of, compose, param, raw
from xiaolu.studio.obstacles.model import Count, Obstacle

_SELECT = raw(
    "SELECT o.id, o.at, o.reporter_id, m.name AS reporter_name, o.category, o.text, o.page, o.entity, o.record_id, o.stage, "
    "o.place, o.version, o.state, o.answer, o.decided_at, d.name AS decided_by FROM obstacle o "
    "JOIN member m ON m.id = o.reporter_id LEFT JOIN member d ON d.id = o.decided_by"
)


def _obstacle(row: Row) -> Obstacle:
    values: dict[str, Any] = {key: row[key] for key in Obstacle.__struct_fields__ if key not in ("reporter", "place")}
    return Obstacle(reporter=row["reporter_id"], place=msgspec.json.decode(row["place"]), **values)


async def insert_obstacle(uow: UnitOfWork, found: Obstacle) -> None:
    """Write a new report."""
    await uow.write(
        compose(
            "INSERT INTO obstacle (id, at, reporter_id, category, text, page, entity, record_id, stage, place, version) VALUES "
            "({id}, {at}, {reporter}, {category}, {text}, {page}, {entity}, {record}, {stage}, {place}, {version})",
            id=param(found.id, "uuid"),
            at=param(found.at, "timestamptz"),
            reporter=param(found.reporter, "uuid"),
            category=param(found.category, "text"),
            text=param(found.text, "text"),
            page=param(found.page, "text"),
            entity=param(found.entity, "text"),
            record=param(found.record_id, "uuid"),
            stage=param(found.stage, "text"),
            place=param(msgspec.json.encode(found.place).decode(), "jsonb"),
            version=param(found.version, "bigint"),
        )
    )


async def select_obstacles(
    uow: UnitOfWork, *, state: str | None, entity: str | None, reporter: UUID | None, before: UUID | None, limit: int
) -> list[Obstacle]:
    """Return reports, the newest first."""
    conditions: list[Sql] = [raw("true")]
    if state is not None:
        conditions.append(compose("o.state = {state}", state=param(state, "text")))
    if entity is not None:
        conditions.append(compose("o.entity = {entity}", entity=param(entity, "text")))
    if reporter is not None:
        conditions.append(compose("o.reporter_id = {reporter}", reporter=param(reporter, "uuid")))
    if before is not None:
        conditions.append(compose("o.id < {before}", before=param(before, "uuid")))
    rows = await uow.fetch(
        compose(
            "{select} WHERE {conditions} ORDER BY o.id DESC LIMIT {limit}",
            select=_SELECT,
            conditions=all_of(conditions),
            limit=param(limit, "bigint"),
        )
    )
    return [_obstacle(each) for each in rows]


async def find_obstacle(uow: UnitOfWork, identifier: UUID) -> Obstacle | None:
    """Return one report."""
    row = await uow.fetch_one(compose("{select} WHERE o.id = {id}", select=_SELECT, id=param(identifier, "uuid")))
    return None if row is None else _obstacle(row)


async def update_obstacle(
    uow: UnitOfWork, identifier: UUID, *, state: str, answer: str | None, by: UUID | None, now: datetime
) -> None:
    """Write what was decided."""
    await uow.write(
        compose(
            "UPDATE obstacle SET state = {state}, answer = {answer}, decided_by = {by}, decided_at = {now} WHERE id = {id}",
            id=param(identifier, "uuid"),
            state=param(state, "text"),
            answer=param(answer, "text"),
            by=param(by, "uuid"),
            now=param(now, "timestamptz"),
        )
    )


async def count_obstacles(uow: UnitOfWork) -> Sequence[Count]:
    """Return how many reports there are by form and stage, the most troubled first."""
    rows = await uow.fetch(
        raw(
            "SELECT entity, stage, count(*) FILTER (WHERE state IN ('new', 'planned')) AS open, count(*) AS total "
            "FROM obstacle GROUP BY entity, stage ORDER BY 3 DESC, 4 DESC, 1, 2"
        )
    )
    return [Count(entity=row["entity"], stage=row["stage"], open=row["open"], total=row["total"]) for row in rows]


async def count_recent(uow: UnitOfWork, reporter: UUID, since: datetime) -> int:
    """Return how many reports a member made since an instant."""
    found: int = await uow.fetch_value(
        compose(
            "SELECT count(*) FROM obstacle WHERE reporter_id = {reporter} AND at > {since}",
            reporter=param(reporter, "uuid"),
            since=param(since, "timestamptz"),
        )
    )
    return found
