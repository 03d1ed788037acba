"""SQL of sessions and API keys."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import Sql, compose, param

_KEPT_AFTER_END = timedelta(days=30)


def insert_session(
    session_id: UUID,
    member_id: UUID,
    *,
    token_hash: bytes,
    now: datetime,
    expires_at: datetime,
    address: str | None,
    agent: str | None,
) -> Sql:
    """Return the statement that opens a session; sessions that ended long ago are dropped with it."""
    return compose(
        "WITH old AS (DELETE FROM session WHERE expires_at < {kept}), "
        "seen AS (UPDATE member SET seen_at = {now} WHERE id = {member}) "
        "INSERT INTO session (id, member_id, token_hash, created_at, seen_at, expires_at, address, agent) "
        "VALUES ({id}, {member}, {hash}, {now}, {now}, {expires}, {address}, {agent})",
        kept=param(now - _KEPT_AFTER_END, "timestamptz"),
        id=param(session_id, "uuid"),
        member=param(member_id, "uuid"),
        hash=param(token_hash, "bytea"),
        now=param(now, "timestamptz"),
        expires=param(expires_at, "timestamptz"),
        address=param(address, "text"),
        agent=param(agent, "text"),
    )


def insert_viewing(
    session_id: UUID,
    member_id: UUID,
    *,
    viewer_id: UUID,
    origin_id: UUID,
    token_hash: bytes,
    now: datetime,
    expires_at: datetime,
    address: str | None,
) -> Sql:
    """Return the statement that opens a session in which a viewer looks as a member; earlier ones of the viewer's end."""
    return compose(
        "WITH before AS (UPDATE session SET revoked_at = {now} WHERE origin_id = {origin} AND revoked_at IS NULL) "
        "INSERT INTO session (id, member_id, viewer_id, origin_id, token_hash, created_at, seen_at, expires_at, address) "
        "VALUES ({id}, {member}, {viewer}, {origin}, {hash}, {now}, {now}, {expires}, {address})",
        id=param(session_id, "uuid"),
        member=param(member_id, "uuid"),
        viewer=param(viewer_id, "uuid"),
        origin=param(origin_id, "uuid"),
        hash=param(token_hash, "bytea"),
        now=param(now, "timestamptz"),
        expires=param(expires_at, "timestamptz"),
        address=param(address, "text"),
    )


def end_viewing(session_id: UUID, viewer_id: UUID, now: datetime) -> Sql:
    """Return the statement that ends a session in which a viewer looks; returns the session behind it."""
    return compose(
        "UPDATE session SET revoked_at = {now} WHERE id = {id} AND viewer_id = {viewer} AND revoked_at IS NULL "
        "RETURNING origin_id",
        now=param(now, "timestamptz"),
        id=param(session_id, "uuid"),
        viewer=param(viewer_id, "uuid"),
    )


def renew_token(session_id: UUID, token_hash: bytes) -> Sql:
    """Return the statement that gives a session another token; the one before proves nothing any more."""
    return compose(
        "UPDATE session SET token_hash = {hash} WHERE id = {id} AND revoked_at IS NULL RETURNING expires_at",
        hash=param(token_hash, "bytea"),
        id=param(session_id, "uuid"),
    )


async def list_sessions(uow: UnitOfWork, member_id: UUID, now: datetime) -> Sequence[Row]:
    """Return a member's sessions in force, last used first."""
    return await uow.fetch(
        compose(
            "SELECT id, created_at, seen_at, expires_at, address, agent FROM session WHERE member_id = {member} "
            "AND viewer_id IS NULL AND revoked_at IS NULL AND expires_at > {now} ORDER BY seen_at DESC, id",
            member=param(member_id, "uuid"),
            now=param(now, "timestamptz"),
        )
    )


def revoke_session(session_id: UUID, member_id: UUID, now: datetime) -> Sql:
    """Return the statement that ends one session of a member; returns a row if it was in force."""
    return compose(
        "UPDATE session SET revoked_at = {now} WHERE id = {id} AND member_id = {member} AND revoked_at IS NULL RETURNING id",
        now=param(now, "timestamptz"),
        id=param(session_id, "uuid"),
        member=param(member_id, "uuid"),
    )


def revoke_sessions(member_id: UUID, now: datetime, *, but: UUID | None = None) -> Sql:
    """Return the statement that ends a member's sessions, all or all but one."""
    return compose(
        "UPDATE session SET revoked_at = {now} WHERE member_id = {member} AND revoked_at IS NULL "
        "AND id IS DISTINCT FROM {but} RETURNING id",
        now=param(now, "timestamptz"),
        member=param(member_id, "uuid"),
        but=param(but, "uuid"),
    )


def insert_key(
    key_id: UUID,
    *,
    name: str,
    prefix: str,
    secret_hash: bytes,
    role: str,
    created_by: UUID,
    now: datetime,
    expires_at: datetime | None,
) -> Sql:
    """Return the statement that keeps a new API key."""
    return compose(
        "INSERT INTO api_key (id, name, prefix, secret_hash, role, created_by, created_at, expires_at) "
        "VALUES ({id}, {name}, {prefix}, {hash}, {role}, {by}, {now}, {expires})",
        id=param(key_id, "uuid"),
        name=param(name, "text"),
        prefix=param(prefix, "text"),
        hash=param(secret_hash, "bytea"),
        role=param(role, "text"),
        by=param(created_by, "uuid"),
        now=param(now, "timestamptz"),
        expires=param(expires_at, "timestamptz"),
    )


async def list_keys(uow: UnitOfWork, *, made_by: UUID | None = None) -> Sequence[Row]:
    """Return the API keys that were not revoked, newest first; ended ones stay listed."""
    return await uow.fetch(
        compose(
            "SELECT k.id, k.name, k.prefix, k.role, k.created_at, k.used_at, k.expires_at, k.created_by, m.name AS maker "
            "FROM api_key k JOIN member m ON m.id = k.created_by WHERE k.revoked_at IS NULL "
            "AND ({by}::uuid IS NULL OR k.created_by = {by}) ORDER BY k.created_at DESC, k.id",
            by=param(made_by),
        )
    )


def revoke_key(key_id: UUID, now: datetime) -> Sql:
    """Return the statement that ends an API key; returns its name if it was in force."""
    return compose(
        "UPDATE api_key SET revoked_at = {now} WHERE id = {id} AND revoked_at IS NULL RETURNING name, role, created_by",
        now=param(now, "timestamptz"),
        id=param(key_id, "uuid"),
    )
