"""SQL of follow-up windows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.ids import new_id
from xiaolu.kit.sql import compose, ident, param, uuids
from xiaolu.metadata.snapshot import EntityModel


@dataclass(frozen=True, slots=True)
class DueWindow:
    """A window whose time is over, locked by this transaction."""

    id: UUID
    entity: str
    record_id: UUID
    transition: str
    opened_at: datetime
    due_at: datetime
    has_acted: bool
    """True where somebody did something with the record in time."""


async def open_window(ctx: Context, entity: str, record_id: UUID, transition: str, due_at: datetime) -> None:
    """Open a window on a record from now on."""
    await ctx.uow.write(
        compose(
            "INSERT INTO process_window (id, entity, record_id, transition, opened_at, due_at) "
            "VALUES ({id}, {entity}, {record}, {transition}, {now}, {due})",
            id=param(new_id(), "uuid"),
            entity=param(entity),
            record=param(record_id, "uuid"),
            transition=param(transition),
            now=param(ctx.now),
            due=param(due_at),
        )
    )


async def close_windows(uow: UnitOfWork, entity: str, record_id: UUID, now: datetime) -> None:
    """A move is an action: close the record's open windows as met, unless their time is over already."""
    await uow.write(
        compose(
            "UPDATE process_window SET state = 'met', closed_at = {now} "
            "WHERE record_id = {id} AND entity = {entity} AND state = 'open' AND due_at >= {now}",
            now=param(now, "timestamptz"),
            id=param(record_id, "uuid"),
            entity=param(entity),
        )
    )


async def move_open(uow: UnitOfWork, entity: str, from_ids: Collection[UUID], to_id: UUID) -> None:
    """Make the open windows of some records windows of another."""
    await uow.write(
        compose(
            "UPDATE process_window SET record_id = {to} "
            "WHERE entity = {entity} AND record_id = ANY({ids}) AND state = 'open'",
            to=param(to_id, "uuid"),
            entity=param(entity),
            ids=uuids(from_ids),
        )
    )


async def claim_due(uow: UnitOfWork, now: datetime, limit: int) -> list[DueWindow]:
    """Lock some open windows whose time is over; what another worker holds is left to it.

    Any event that a person caused on the record between opening and end counts as an action.
    """
    rows = await uow.write(
        compose(
            "SELECT w.id, w.entity, w.record_id, w.transition, w.opened_at, w.due_at, EXISTS ("
            "SELECT FROM event v WHERE v.record_id = w.record_id AND v.entity = w.entity AND v.at > w.opened_at "
            "AND v.at <= w.due_at AND v.actor_kind <> 'system') AS has_acted "
            "FROM process_window w WHERE w.state = 'open' AND w.due_at < {now} ORDER BY w.due_at LIMIT {limit} "
            "FOR UPDATE OF w SKIP LOCKED",
            now=param(now, "timestamptz"),
            limit=param(limit, "integer"),
        )
    )
    return [DueWindow(*(row[index] for index in range(7))) for row in rows]


async def close_window(uow: UnitOfWork, window_id: UUID, state: str, now: datetime) -> None:
    """Close a window as met, missed or void."""
    await uow.write(
        compose(
            "UPDATE process_window SET state = {state}, closed_at = {now} WHERE id = {id}",
            state=param(state),
            now=param(now),
            id=param(window_id, "uuid"),
        )
    )


async def select_holder(
    uow: UnitOfWork, model: EntityModel, record_id: UUID
) -> tuple[UUID | None, UUID | None, int | None] | None:
    """Return owner, department and process version of a record; None where it was deleted."""
    row = await uow.fetch_one(
        compose(
            "SELECT r.owner, r.department, r.process_version FROM {table} r WHERE r.id = {id} AND r.deleted_at IS NULL",
            table=ident(model.table),
            id=param(record_id, "uuid"),
        )
    )
    return None if row is None else (row["owner"], row["department"], row["process_version"])
