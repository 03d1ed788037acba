"""SQL of signing in: attempts by login, what proves a member, one-time codes."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from xiaolu.access.rules import ATTEMPTS_FORGOTTEN_AFTER, FREE_ATTEMPTS, lock_length
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import Sql, compose, param

_LOCKS = [length.total_seconds() if (length := lock_length(failed)) else 0 for failed in range(1, FREE_ATTEMPTS + 17)]


class Credentials(NamedTuple):
    """What proves that somebody is a member."""

    member_id: UUID
    name: str
    password_hash: str | None
    totp_secret: str | None
    """Only where the second factor is in force."""
    is_disabled: bool


async def take_attempt(uow: UnitOfWork, login: str, now: datetime) -> datetime | None:
    """Count an attempt before it is tried, so that a flood of parallel ones cannot outrun the lock.

    Durable at once where no transaction is open. Returns None, or until when the login is locked; a locked login's
    attempts are not counted.
    """
    counted = await uow.write_once(
        compose(
            "INSERT INTO sign_in_attempt AS a (login, failed, last_at) VALUES ({login}, 1, {now}) "
            "ON CONFLICT (login) DO UPDATE SET last_at = {now}, "
            "failed = CASE WHEN a.last_at < {forgotten} THEN 1 ELSE a.failed + 1 END, "
            "locked_until = CASE WHEN a.last_at >= {forgotten} AND a.failed + 1 >= {free} THEN {now} "
            "+ make_interval(secs => ({locks})[least(a.failed + 1, cardinality({locks}))]) END "
            "WHERE a.locked_until IS NULL OR a.locked_until <= {now} RETURNING failed",
            login=param(login, "text"),
            now=param(now, "timestamptz"),
            forgotten=param(now - ATTEMPTS_FORGOTTEN_AFTER, "timestamptz"),
            free=param(FREE_ATTEMPTS, "integer"),
            locks=param(_LOCKS, "float8[]"),
        )
    )
    if counted:
        return None
    locked_until: datetime | None = await uow.fetch_value(
        compose("SELECT locked_until FROM sign_in_attempt WHERE login = {login}", login=param(login, "text"))
    )
    return locked_until or now


def give_attempt_back(login: str) -> Sql:
    """Return the statement that uncounts an attempt that was no guess: right password, second code still to come."""
    return compose(
        "UPDATE sign_in_attempt SET failed = greatest(failed - 1, 0), locked_until = NULL WHERE login = {login}",
        login=param(login, "text"),
    )


def clear_attempts(login: str) -> Sql:
    """Return the statement that forgets a login's failures."""
    return compose("DELETE FROM sign_in_attempt WHERE login = {login}", login=param(login, "text"))


def forget_old_attempts(now: datetime) -> Sql:
    """Return the statement that drops attempts that no longer count."""
    return compose(
        "DELETE FROM sign_in_attempt WHERE last_at < {before} AND (locked_until IS NULL OR locked_until < {now})",
        before=param(now - ATTEMPTS_FORGOTTEN_AFTER, "timestamptz"),
        now=param(now, "timestamptz"),
    )


async def find_credentials(
    uow: UnitOfWork, *, login: str | None = None, member_id: UUID | None = None
) -> Credentials | None:
    """Return what proves the member with this login or id."""
    condition = (
        compose("login = {login}", login=param(login, "text"))
        if login is not None
        else compose("id = {id}", id=param(member_id, "uuid"))
    )
    row = await uow.fetch_one(
        compose(
            "SELECT id, name, password_hash, disabled_at, "
            "CASE WHEN totp_confirmed_at IS NOT NULL THEN totp_secret END AS totp_secret FROM member WHERE {condition}",
            condition=condition,
        )
    )
    if row is None:
        return None
    return Credentials(row["id"], row["name"], row["password_hash"], row["totp_secret"], row["disabled_at"] is not None)


async def use_step(uow: UnitOfWork, member_id: UUID, step: int) -> bool:
    """Mark a time step's code as used; False where it, or a later one, was used before. Durable at once."""
    rows = await uow.write_once(
        compose(
            "UPDATE member SET totp_last_step = {step} WHERE id = {id} "
            "AND (totp_last_step IS NULL OR totp_last_step < {step}) RETURNING id",
            step=param(step, "bigint"),
            id=param(member_id, "uuid"),
        )
    )
    return bool(rows)


async def use_recovery_code(uow: UnitOfWork, member_id: UUID, code_hash: bytes, now: datetime) -> bool:
    """Mark a recovery code as used; False where there is none such. Durable at once."""
    rows = await uow.write_once(
        compose(
            "UPDATE recovery_code SET used_at = {now} WHERE member_id = {id} AND code_hash = {hash} "
            "AND used_at IS NULL RETURNING member_id",
            now=param(now, "timestamptz"),
            id=param(member_id, "uuid"),
            hash=param(code_hash, "bytea"),
        )
    )
    return bool(rows)


def set_password(member_id: UUID, password_hash: str, now: datetime, *, must_change: bool) -> Sql:
    """Return the statement that sets a member's password."""
    return compose(
        "UPDATE member SET password_hash = {hash}, password_changed_at = {now}, password_must_change = {must} "
        "WHERE id = {id}",
        hash=param(password_hash, "text"),
        now=param(now, "timestamptz"),
        must=param(must_change, "boolean"),
        id=param(member_id, "uuid"),
    )


def renew_hash(member_id: UUID, password_hash: str) -> Sql:
    """Return the statement that keeps the same password under newer hash settings."""
    return compose(
        "UPDATE member SET password_hash = {hash} WHERE id = {id}",
        hash=param(password_hash, "text"),
        id=param(member_id, "uuid"),
    )


def set_totp_secret(member_id: UUID, secret: str) -> Sql:
    """Return the statement that keeps a second factor's secret until it is confirmed."""
    return compose(
        "UPDATE member SET totp_secret = {secret}, totp_confirmed_at = NULL, totp_last_step = NULL WHERE id = {id} "
        "AND totp_confirmed_at IS NULL RETURNING login",
        secret=param(secret, "text"),
        id=param(member_id, "uuid"),
    )


async def list_totp_secrets(uow: UnitOfWork) -> list[tuple[UUID, str]]:
    """Return every member's secret as it is kept."""
    rows = await uow.fetch(compose("SELECT id, totp_secret FROM member WHERE totp_secret IS NOT NULL ORDER BY id"))
    return [(row["id"], row["totp_secret"]) for row in rows]


async def replace_totp_secret(uow: UnitOfWork, member_id: UUID, before: str, after: str) -> bool:
    """Keep the same secret in another seal; False where it was changed meanwhile."""
    rows = await uow.write(
        compose(
            "UPDATE member SET totp_secret = {after} WHERE id = {id} AND totp_secret = {before} RETURNING id",
            after=param(after, "text"),
            id=param(member_id, "uuid"),
            before=param(before, "text"),
        )
    )
    return bool(rows)


async def pending_totp_secret(uow: UnitOfWork, member_id: UUID) -> str | None:
    """Return the secret that waits to be confirmed."""
    secret: str | None = await uow.fetch_value(
        compose(
            "SELECT totp_secret FROM member WHERE id = {id} AND totp_confirmed_at IS NULL", id=param(member_id, "uuid")
        )
    )
    return secret


def confirm_totp(member_id: UUID, step: int, now: datetime) -> Sql:
    """Return the statement that puts the second factor in force; the code that confirmed it is used up."""
    return compose(
        "UPDATE member SET totp_confirmed_at = {now}, totp_last_step = {step} WHERE id = {id}",
        now=param(now, "timestamptz"),
        step=param(step, "bigint"),
        id=param(member_id, "uuid"),
    )


def remove_totp(member_id: UUID) -> Sql:
    """Return the statement that takes the second factor and its recovery codes away; returns a row if there was one."""
    return compose(
        "WITH codes AS (DELETE FROM recovery_code WHERE member_id = {id}) "
        "UPDATE member SET totp_secret = NULL, totp_confirmed_at = NULL, totp_last_step = NULL "
        "WHERE id = {id} AND totp_secret IS NOT NULL RETURNING id",
        id=param(member_id, "uuid"),
    )


def replace_recovery_codes(member_id: UUID, hashes: list[bytes]) -> Sql:
    """Return the statement that puts fresh recovery codes in the place of all before."""
    return compose(
        "WITH old AS (DELETE FROM recovery_code WHERE member_id = {id}) "
        "INSERT INTO recovery_code (member_id, code_hash) SELECT {id}, unnest({hashes})",
        id=param(member_id, "uuid"),
        hashes=param(hashes, "bytea[]"),
    )
