"""SQL that turns a session, a key or a member into who acts: roles, departments and shares in one round trip."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from xiaolu.access.model import MANY_SHARES, SharedRecords
from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import Sql, compose, param, raw, uuids

_ROLES = "ARRAY(SELECT role FROM member_role WHERE member_id = m.id ORDER BY role)"
_NEAR = """ARRAY(SELECT m.department_id WHERE m.department_id IS NOT NULL
    UNION SELECT d.id FROM department d WHERE d.manager_id = m.id)"""
_BELOW = """ARRAY(WITH RECURSIVE below AS (
        SELECT d.id FROM department d WHERE d.id = m.department_id OR d.manager_id = m.id
        UNION SELECT d.id FROM department d JOIN below ON d.parent_id = below.id)
    SELECT id FROM below)"""
_ABOVE = """ARRAY(WITH RECURSIVE above AS (
        SELECT d.id, d.parent_id FROM department d WHERE d.id = m.department_id
        UNION SELECT d.id, d.parent_id FROM department d JOIN above ON d.id = above.parent_id)
    SELECT id FROM above UNION SELECT d.id FROM department d WHERE d.manager_id = m.id)"""
_MEMBER = f"""m.id AS member_id, m.name, m.language, m.department_id, m.password_must_change,
    m.has_moved OR m.department_id IS NULL AS owns_elsewhere,
    {_ROLES} AS roles, {_NEAR} AS near, {_BELOW} AS below, {_ABOVE} AS above"""


class IdentityRow(NamedTuple):
    """Who a session, key or member id stands for, as stored."""

    member_id: UUID
    name: str
    language: str | None
    department_id: UUID | None
    roles: tuple[str, ...]
    near: tuple[UUID, ...]
    """The member's department and those that they manage."""
    below: tuple[UUID, ...]
    """Those and every one below them."""
    above: tuple[UUID, ...]
    """The member's department, every one above it, and those that they manage."""
    owns_elsewhere: bool
    """Records that the member owns may name other departments: those of before, or none."""
    must_change_password: bool
    proof_id: UUID | None = None
    """The session or key."""
    key_hash: bytes | None = None
    key_name: str | None = None
    key_role: str | None = None
    created_at: datetime | None = None
    seen_at: datetime | None = None
    viewer_id: UUID | None = None
    """Who looks through this session."""


def _identity(row: Row) -> IdentityRow:
    return IdentityRow(
        member_id=row["member_id"],
        name=row["name"],
        language=row["language"],
        department_id=row["department_id"],
        roles=tuple(row["roles"]),
        near=tuple(row["near"]),
        below=tuple(row["below"]),
        above=tuple(row["above"]),
        owns_elsewhere=row["owns_elsewhere"],
        must_change_password=row["password_must_change"],
        proof_id=row.get("proof_id"),
        key_hash=row.get("key_hash"),
        key_name=row.get("key_name"),
        key_role=row.get("key_role"),
        created_at=row.get("proof_created_at"),
        seen_at=row.get("proof_seen_at"),
        viewer_id=row.get("viewer_id"),
    )


async def find_by_session(uow: UnitOfWork, token_hash: bytes, now: datetime) -> IdentityRow | None:
    """Return whose session this is, unless it has ended, was revoked, or the member is disabled."""
    row = await uow.fetch_one(
        compose(
            "SELECT s.id AS proof_id, s.created_at AS proof_created_at, "
            "s.seen_at AS proof_seen_at, s.viewer_id, {member} FROM session s JOIN member m ON m.id = s.member_id "
            "WHERE s.token_hash = {hash} AND s.revoked_at IS NULL AND s.expires_at > {now} AND m.disabled_at IS NULL "
            "AND {origin}",
            member=raw(_MEMBER),
            origin=_origin_holds(now),
            hash=param(token_hash, "bytea"),
            now=param(now, "timestamptz"),
        )
    )
    return None if row is None else _identity(row)


def _origin_holds(now: datetime) -> Sql:
    """Return the condition that the viewer's own session behind a session ``s`` is in force, if there is one behind it."""
    return compose(
        "(s.origin_id IS NULL OR EXISTS (SELECT FROM session o JOIN member v ON v.id = o.member_id WHERE o.id = s.origin_id "
        "AND o.revoked_at IS NULL AND o.expires_at > {now} AND v.disabled_at IS NULL))",
        now=param(now, "timestamptz"),
    )


async def find_by_key(uow: UnitOfWork, prefix: str, now: datetime) -> IdentityRow | None:
    """Return the key with this prefix and who made it, unless it has ended, was revoked, or its maker is disabled."""
    row = await uow.fetch_one(
        compose(
            "SELECT k.id AS proof_id, k.secret_hash AS key_hash, k.name AS key_name, k.role AS key_role, "
            "k.created_at AS proof_created_at, k.used_at AS proof_seen_at, {member} "
            "FROM api_key k JOIN member m ON m.id = k.created_by WHERE k.prefix = {prefix} AND k.revoked_at IS NULL "
            "AND (k.expires_at IS NULL OR k.expires_at > {now}) AND m.disabled_at IS NULL",
            member=raw(_MEMBER),
            prefix=param(prefix, "text"),
            now=param(now, "timestamptz"),
        )
    )
    return None if row is None else _identity(row)


async def find_member(uow: UnitOfWork, member_id: UUID) -> IdentityRow | None:
    """Return a member who is not disabled as who acts."""
    row = await uow.fetch_one(
        compose(
            "SELECT {member} FROM member m WHERE m.id = {id} AND m.disabled_at IS NULL",
            member=raw(_MEMBER),
            id=param(member_id, "uuid"),
        )
    )
    return None if row is None else _identity(row)


async def load_shares(uow: UnitOfWork, member_id: UUID, departments: Sequence[UUID]) -> dict[str, SharedRecords]:
    """Return what was shared with a member or with these departments, by entity."""
    rows = await uow.fetch(
        compose(
            "SELECT entity, count(*) AS n, json_agg(record_id) FILTER (WHERE place <= {many}) AS read, "
            "json_agg(record_id) FILTER (WHERE may_update AND place <= {many}) AS update FROM ("
            "SELECT entity, record_id, bool_or(access = 'update') AS may_update, "
            "row_number() OVER (PARTITION BY entity ORDER BY record_id) AS place FROM share "
            "WHERE member_id = {me} OR department_id = ANY({departments}) GROUP BY entity, record_id) s GROUP BY entity",
            many=param(MANY_SHARES, "integer"),
            me=param(member_id, "uuid"),
            departments=uuids(departments),
        )
    )
    found: dict[str, SharedRecords] = {}
    for row in rows:
        if row["n"] > MANY_SHARES:
            found[row["entity"]] = SharedRecords(None, None)
        else:
            found[row["entity"]] = SharedRecords(_ids(row["read"]), _ids(row["update"]))
    return found


def _ids(text: str | None) -> tuple[UUID, ...]:
    return () if text is None else tuple(msgspec.json.decode(text, type=list[UUID]))


def touch_session(session_id: UUID, now: datetime, expires_at: datetime) -> Sql:
    """Return the statement that keeps when a session was last used and when it ends unless used again."""
    return compose(
        "WITH seen AS (UPDATE session SET seen_at = {now}, expires_at = {expires} WHERE id = {id} RETURNING member_id) "
        "UPDATE member SET seen_at = {now} FROM seen WHERE member.id = seen.member_id",
        now=param(now, "timestamptz"),
        expires=param(expires_at, "timestamptz"),
        id=param(session_id, "uuid"),
    )


def touch_key(key_id: UUID, now: datetime) -> Sql:
    """Return the statement that keeps when a key was last used."""
    return compose(
        "UPDATE api_key SET used_at = {now} WHERE id = {id}", now=param(now, "timestamptz"), id=param(key_id, "uuid")
    )


async def find_sessions_in_force(uow: UnitOfWork, session_ids: Collection[UUID], now: datetime) -> set[UUID]:
    """Return those of the sessions that were neither revoked nor have ended, and whose member is active."""
    rows = await uow.fetch(
        compose(
            "SELECT s.id FROM session s JOIN member m ON m.id = s.member_id WHERE s.id = ANY({ids}) "
            "AND s.revoked_at IS NULL AND s.expires_at > {now} AND m.disabled_at IS NULL "
            "AND (NOT m.password_must_change OR s.viewer_id IS NOT NULL) AND {origin}",
            origin=_origin_holds(now),
            ids=uuids(session_ids),
            now=param(now, "timestamptz"),
        )
    )
    return {row["id"] for row in rows}
