"""SQL of the audit log."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.ids import new_id
from xiaolu.kit.sql import Sql, all_of, any_of, compose, param, raw


class AuditRow(NamedTuple):
    """An entry about to be written."""

    at: datetime
    actor_id: UUID | None
    actor_name: str
    action: str
    subject_kind: str | None = None
    subject_id: str | None = None
    subject_text: str | None = None
    detail: Mapping[str, Any] | None = None
    address: str | None = None


class FoundNames(NamedTuple):
    """Names of members and departments by id."""

    members: Mapping[str, str]
    departments: Mapping[str, str]


class AuditFilter(NamedTuple):
    """Which entries are asked for; what is None does not matter."""

    actions: tuple[str, ...] = ()
    """Full names, or beginnings that end with a dot (``sign_in.``)."""
    actor_id: UUID | None = None
    subject_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def insert_audit(entry: AuditRow) -> Sql:
    """Return the statement that adds an entry to the log."""
    return compose(
        "INSERT INTO audit (id, at, actor_id, actor_name, action, subject_kind, subject_id, subject_text, detail, address) "
        "VALUES ({id}, {at}, {actor}, {name}, {action}, {kind}, {subject}, {text}, {detail}, {address})",
        id=param(new_id(), "uuid"),
        at=param(entry.at, "timestamptz"),
        actor=param(entry.actor_id, "uuid"),
        name=param(entry.actor_name, "text"),
        action=param(entry.action, "text"),
        kind=param(entry.subject_kind, "text"),
        subject=param(entry.subject_id, "text"),
        text=param(entry.subject_text, "text"),
        detail=param(msgspec.json.encode(dict(entry.detail or {})).decode(), "jsonb"),
        address=param(entry.address, "text"),
    )


async def list_audit(
    uow: UnitOfWork, wanted: AuditFilter, *, before: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Row]:
    """Return entries, newest first, older than ``before``."""
    conditions = [*_conditions(wanted)]
    if before is not None:
        conditions.append(
            compose("(at, id) < ({at}, {id})", at=param(before[0], "timestamptz"), id=param(before[1], "uuid"))
        )
    return await uow.fetch(
        compose(
            "SELECT id, at, actor_id, actor_name, action, subject_kind, subject_id, subject_text, detail, address "
            "FROM audit WHERE {conditions} ORDER BY at DESC, id DESC LIMIT {limit}",
            conditions=all_of(conditions),
            limit=param(limit, "integer"),
        )
    )


async def select_names(uow: UnitOfWork, members: Collection[str], departments: Collection[str]) -> FoundNames:
    """Return what members and departments are called, those that left included."""
    if not members and not departments:
        return FoundNames({}, {})
    rows = await uow.fetch(
        compose(
            "SELECT 'm' AS kind, id::text, name FROM member WHERE id::text = ANY({members}) "
            "UNION ALL SELECT 'd', id::text, name FROM department WHERE id::text = ANY({departments})",
            members=param(list(members), "text[]"),
            departments=param(list(departments), "text[]"),
        )
    )
    named = {kind: {row["id"]: row["name"] for row in rows if row["kind"] == kind} for kind in ("m", "d")}
    return FoundNames(named["m"], named["d"])


def _conditions(wanted: AuditFilter) -> list[Sql]:
    found: list[Sql] = []
    if wanted.actions:
        found.append(any_of(_action(each) for each in wanted.actions))
    if wanted.actor_id is not None:
        found.append(raw("actor_id = ") + param(wanted.actor_id, "uuid"))
    if wanted.subject_id is not None:
        found.append(raw("subject_id = ") + param(wanted.subject_id, "text"))
    if wanted.since is not None:
        found.append(raw("at >= ") + param(wanted.since, "timestamptz"))
    if wanted.until is not None:
        found.append(raw("at < ") + param(wanted.until, "timestamptz"))
    return found


def _action(action: str) -> Sql:
    if action.endswith("."):
        return raw("starts_with(action, ") + param(action, "text") + raw(")")
    return raw("action = ") + param(action, "text")
