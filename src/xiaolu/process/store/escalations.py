"""SQL of stage time limits: which records are over, each step once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import compose, ident, param
from xiaolu.metadata.snapshot import EntityModel
from xiaolu.metadata.versions import runs_on


@dataclass(frozen=True, slots=True)
class OverdueRecord:
    """A record that stays in a stage too long, and whose escalation step this transaction has taken."""

    id: UUID
    version: int
    owner: UUID | None
    department: UUID | None
    stage_since: datetime


async def take_overdue(
    ctx: Context, model: EntityModel, stage: str, *, version: int | None, step: int, before: datetime, limit: int
) -> list[OverdueRecord]:
    """Take a step of the escalation of up to ``limit`` records that entered ``stage`` before an instant.

    They run on a kept version of the process, or with None on the present one.

    The primary key of ``escalation`` gives each step of a stay to one transaction alone: another one that tries waits
    for it and then finds the step taken, or takes it itself when the first was rolled back.
    """
    rows = await ctx.uow.write(
        compose(
            "WITH over AS ("
            "SELECT r.id, r.version, r.owner, r.department, r.stage_since FROM {table} r "
            "WHERE r.deleted_at IS NULL AND r.stage = {stage} AND r.stage_since < {before} AND {on_version} AND NOT EXISTS ("
            "SELECT FROM escalation e WHERE e.record_id = r.id AND e.stage_since = r.stage_since AND e.step = {step} "
            "AND e.entity = {entity}) ORDER BY r.stage_since, r.id LIMIT {limit}), "
            "taken AS (INSERT INTO escalation (entity, record_id, stage_since, step, stage, at) "
            "SELECT {entity}, o.id, o.stage_since, {step}, {stage}, {now} FROM over o ON CONFLICT DO NOTHING "
            "RETURNING record_id) "
            "SELECT o.* FROM over o JOIN taken ON taken.record_id = o.id ORDER BY o.stage_since, o.id",
            table=ident(model.table),
            on_version=runs_on(version, [each.number for each in model.versions.kept]),
            stage=param(stage, "text"),
            before=param(before, "timestamptz"),
            step=param(step, "integer"),
            entity=param(model.key, "text"),
            limit=param(limit, "integer"),
            now=param(ctx.now, "timestamptz"),
        )
    )
    return [
        OverdueRecord(row["id"], row["version"], row["owner"], row["department"], row["stage_since"]) for row in rows
    ]


async def keep_told(uow: UnitOfWork, entity: str, step: int, told: Sequence[tuple[UUID, datetime, UUID]]) -> None:
    """Keep who was told by a step: (record, since, member)."""
    await uow.write(
        compose(
            "UPDATE escalation e SET told = n.told FROM unnest({ids}, {since}, {told}) AS n (id, since, told) "
            "WHERE e.record_id = n.id AND e.stage_since = n.since AND e.step = {step} AND e.entity = {entity}",
            ids=param([key for key, _, _ in told], "uuid[]"),
            since=param([since for _, since, _ in told], "timestamptz[]"),
            told=param([member for _, _, member in told], "uuid[]"),
            step=param(step, "integer"),
            entity=param(entity),
        )
    )
