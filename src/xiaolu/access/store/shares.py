"""SQL of shares, and of what a record's permissions depend on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.access.context import Context
from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import EMPTY, Sql, compose, ident, join, param, raw, uuids
from xiaolu.metadata.model.workspace import table_of


async def read_facts(uow: UnitOfWork, entity: str, record_id: UUID, conditions: Mapping[str, Sql]) -> Row | None:
    """Return whom a record belongs to, whether it is deleted, and which of the conditions (over alias ``r``) it meets."""
    answers = [
        compose(", ({condition}) IS TRUE AS {name}", condition=condition, name=ident(name))
        for name, condition in conditions.items()
    ]
    return await uow.fetch_one(
        compose(
            "SELECT r.version, r.owner, r.stage, r.deleted_at, m.name AS owner_name, d.name AS department_name {answers} "
            "FROM {table} r LEFT JOIN member m ON m.id = r.owner LEFT JOIN department d ON d.id = r.department "
            "WHERE r.id = {id}",
            answers=join("", answers) if answers else EMPTY,
            table=ident(table_of(entity)),
            id=param(record_id, "uuid"),
        )
    )


async def list_shares(uow: UnitOfWork, entity: str, record_id: UUID) -> Sequence[Row]:
    """Return with whom a record is shared, oldest first."""
    return await uow.fetch(
        compose(
            "SELECT s.id, s.access, s.shared_at, s.member_id, m.name AS member, s.department_id, d.name AS department, "
            "s.shared_by, b.name AS sharer FROM share s LEFT JOIN member m ON m.id = s.member_id "
            "LEFT JOIN department d ON d.id = s.department_id LEFT JOIN member b ON b.id = s.shared_by "
            "WHERE s.entity = {entity} AND s.record_id = {record} ORDER BY s.shared_at, s.id",
            entity=param(entity, "text"),
            record=param(record_id, "uuid"),
        )
    )


def upsert_share(
    share_id: UUID,
    entity: str,
    record_id: UUID,
    *,
    member_id: UUID | None,
    department_id: UUID | None,
    access: str,
    shared_by: UUID | None,
    now: datetime,
) -> Sql:
    """Return the statement that shares a record, or changes how far it is shared."""
    return compose(
        "INSERT INTO share (id, entity, record_id, member_id, department_id, access, shared_by, shared_at) "
        "VALUES ({id}, {entity}, {record}, {member}, {department}, {access}, {by}, {now}) "
        "ON CONFLICT (entity, record_id, member_id, department_id) "
        "DO UPDATE SET access = excluded.access, shared_by = excluded.shared_by, shared_at = excluded.shared_at",
        id=param(share_id, "uuid"),
        entity=param(entity, "text"),
        record=param(record_id, "uuid"),
        member=param(member_id, "uuid"),
        department=param(department_id, "uuid"),
        access=param(access, "text"),
        by=param(shared_by, "uuid"),
        now=param(now, "timestamptz"),
    )


def delete_share(entity: str, record_id: UUID, *, member_id: UUID | None, department_id: UUID | None) -> Sql:
    """Return the statement that ends a share; returns its access if there was one."""
    return compose(
        "DELETE FROM share WHERE entity = {entity} AND record_id = {record} "
        "AND member_id IS NOT DISTINCT FROM {member} AND department_id IS NOT DISTINCT FROM {department} RETURNING access",
        entity=param(entity, "text"),
        record=param(record_id, "uuid"),
        member=param(member_id, "uuid"),
        department=param(department_id, "uuid"),
    )


def delete_shares(entity: str, record_ids: Sequence[UUID]) -> Sql:
    """Return the statement that ends all shares of records that are gone for good."""
    return compose(
        "DELETE FROM share WHERE entity = {entity} AND record_id = ANY({records})",
        entity=param(entity, "text"),
        records=uuids(record_ids),
    )


def insert_share_event(ctx: Context, entity: str, record_id: UUID, version: int, after: Mapping[str, Any]) -> Sql:
    """Return the statement that tells the event log of a share; the log's own package lies above this one."""
    return compose(
        "INSERT INTO event (at, kind, entity, record_id, version, actor_id, actor_kind, cause_kind, cause_id, correlation, "
        "after) VALUES ({cells})",
        cells=join(
            ", ",
            [
                param(ctx.now, "timestamptz"),
                raw("'record.shared'"),
                param(entity, "text"),
                param(record_id, "uuid"),
                param(version, "integer"),
                param(ctx.actor.id, "uuid"),
                param(ctx.actor.kind, "text"),
                param(ctx.cause.kind, "text"),
                param(ctx.cause.id, "uuid"),
                param(ctx.cause.correlation, "uuid"),
                param(msgspec.json.encode(dict(after)).decode(), "jsonb"),
            ],
        ),
    )
