"""SQL of members and their roles."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from xiaolu.access.model import ADMIN_ROLE
from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import TRUE, Sql, all_of, compose, ident, join, param, raw, uuids

_MEMBER = """m.id, m.version, m.login, m.name, m.email, m.phone, m.language, m.theme, m.density, m.department_id,
    d.name AS department, m.created_at, m.disabled_at, m.seen_at, m.password_must_change, m.password_hash IS NOT NULL AS has_password,
    m.totp_confirmed_at IS NOT NULL AS has_totp, a.locked_until,
    ARRAY(SELECT role FROM member_role WHERE member_id = m.id ORDER BY role) AS roles"""
_FROM = (
    "FROM member m LEFT JOIN department d ON d.id = m.department_id LEFT JOIN sign_in_attempt a ON a.login = m.login"
)
_TYPES = {
    "login": "text",
    "name": "text",
    "name_sort": "text",
    "name_search": "text",
    "email": "text",
    "phone": "text",
    "department_id": "uuid",
    "has_moved": "boolean",
    "language": "text",
    "theme": "text",
    "density": "text",
    "disabled_at": "timestamptz",
    "password_hash": "text",
    "password_changed_at": "timestamptz",
    "password_must_change": "boolean",
    "created_at": "timestamptz",
    "id": "uuid",
}


class MemberFilter(NamedTuple):
    """Which members are asked for; what is None does not matter."""

    text: str | None = None
    """Part of a name, its pinyin or initials, or the login."""
    department_id: UUID | None = None
    """This department and those below it."""
    role: str | None = None
    disabled: bool | None = False


async def lock_access(uow: UnitOfWork) -> None:
    """Count up the workspace's access version, and so queue behind every other change of members, roles or departments.

    What is checked afterwards in this transaction (the last administrator, circles of departments) stays true until it
    ends, and other processes notice the change.
    """
    uow.changes_state = True
    await uow.write(raw("UPDATE state SET access = access + 1"))


async def read_member(uow: UnitOfWork, member_id: UUID) -> Row | None:
    """Return a member with department, roles and state."""
    return await uow.fetch_one(
        compose("SELECT {m} {source} WHERE m.id = {id}", m=raw(_MEMBER), source=raw(_FROM), id=param(member_id, "uuid"))
    )


async def list_members(
    uow: UnitOfWork, wanted: MemberFilter, *, after: tuple[str, UUID] | None, limit: int
) -> Sequence[Row]:
    """Return members in the order of their names' sound, behind ``after``."""
    conditions = _conditions(wanted)
    if after is not None:
        conditions.append(
            compose("(m.name_sort, m.id) > ({sort}, {id})", sort=param(after[0], "text"), id=param(after[1], "uuid"))
        )
    return await uow.fetch(
        compose(
            "SELECT m.name_sort, {m} {source} WHERE {conditions} ORDER BY m.name_sort, m.id LIMIT {limit}",
            m=raw(_MEMBER),
            source=raw(_FROM),
            conditions=all_of(conditions),
            limit=param(limit, "integer"),
        )
    )


async def count_members(uow: UnitOfWork, wanted: MemberFilter) -> int:
    """Return how many members there are of this kind."""
    found: int = await uow.fetch_value(
        compose("SELECT count(*) FROM member m WHERE {conditions}", conditions=all_of(_conditions(wanted)))
    )
    return found


async def find_people(uow: UnitOfWork, text: str | None, ids: Sequence[UUID] | None, limit: int) -> Sequence[Row]:
    """Return people for a picker: those named by ``ids`` (disabled ones too), or active ones that match ``text``."""
    wanted = _conditions(MemberFilter(text=text)) if ids is None else [compose("m.id = ANY({ids})", ids=uuids(ids))]
    return await uow.fetch(
        compose(
            "SELECT m.id, m.name, d.name AS department, m.disabled_at IS NOT NULL AS disabled "
            "FROM member m LEFT JOIN department d ON d.id = m.department_id WHERE {wanted} "
            "ORDER BY m.name_sort, m.id LIMIT {limit}",
            wanted=all_of(wanted),
            limit=param(limit, "integer"),
        )
    )


def _conditions(wanted: MemberFilter) -> list[Sql]:
    found: list[Sql] = [TRUE]
    for word in (wanted.text or "").lower().split():
        pattern = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        found.append(raw("m.name_search LIKE ") + param(f"%{pattern}%", "text"))
    if wanted.department_id is not None:
        found.append(
            compose(
                "m.department_id IN (WITH RECURSIVE below AS (SELECT {id} AS id UNION "
                "SELECT d.id FROM department d JOIN below ON d.parent_id = below.id) SELECT id FROM below)",
                id=param(wanted.department_id, "uuid"),
            )
        )
    if wanted.role is not None:
        found.append(
            compose(
                "EXISTS (SELECT FROM member_role r WHERE r.member_id = m.id AND r.role = {role})",
                role=param(wanted.role, "text"),
            )
        )
    if wanted.disabled is not None:
        found.append(raw("m.disabled_at IS NOT NULL" if wanted.disabled else "m.disabled_at IS NULL"))
    return found


async def find_id(uow: UnitOfWork, login: str) -> UUID | None:
    """Return the id of the member who signs in by this name."""
    found: UUID | None = await uow.fetch_value(
        compose("SELECT id FROM member WHERE lower(login) = lower({login})", login=param(login))
    )
    return found


async def login_taken(uow: UnitOfWork, login: str, *, but: UUID | None = None) -> bool:
    """Tell whether another member has this login."""
    taken: bool = await uow.fetch_value(
        compose(
            "SELECT EXISTS (SELECT FROM member WHERE login = {login} AND id IS DISTINCT FROM {but})",
            login=param(login, "text"),
            but=param(but, "uuid"),
        )
    )
    return taken


async def other_admins(uow: UnitOfWork, member_id: UUID) -> int:
    """Return how many active administrators there are besides this member."""
    found: int = await uow.fetch_value(
        compose(
            "SELECT count(*) FROM member m JOIN member_role r ON r.member_id = m.id WHERE r.role = {admin} "
            "AND m.disabled_at IS NULL AND m.id <> {id}",
            admin=param(ADMIN_ROLE, "text"),
            id=param(member_id, "uuid"),
        )
    )
    return found


def insert_member(values: Mapping[str, Any]) -> Sql:
    """Return the statement that adds a member with these columns."""
    return compose(
        "INSERT INTO member ({columns}) VALUES ({values})",
        columns=join(", ", [ident(key) for key in values]),
        values=join(", ", [param(value, _TYPES[key]) for key, value in values.items()]),
    )


def update_member(member_id: UUID, values: Mapping[str, Any], *, version: int | None) -> Sql:
    """Return the statement that changes columns of a member, unless somebody else was faster; returns the new version."""
    assignments = [ident(key) + raw(" = ") + param(value, _TYPES[key]) for key, value in values.items()]
    return compose(
        "UPDATE member SET {assignments} WHERE id = {id} AND ({version}::integer IS NULL OR version = {version}) "
        "RETURNING version",
        assignments=join(", ", [raw("version = version + 1"), *assignments]),
        id=param(member_id, "uuid"),
        version=param(version),
    )


def set_roles(member_id: UUID, roles: Sequence[str]) -> Sql:
    """Return the statement that makes these the member's roles."""
    return compose(
        "WITH gone AS (DELETE FROM member_role WHERE member_id = {id} AND role <> ALL({roles})) "
        "INSERT INTO member_role (member_id, role) SELECT {id}, unnest({roles}) ON CONFLICT DO NOTHING",
        id=param(member_id, "uuid"),
        roles=param(list(roles), "text[]"),
    )


async def count_by_role(uow: UnitOfWork) -> dict[str, int]:
    """Return how many active members hold each role."""
    rows = await uow.fetch(
        raw(
            "SELECT r.role, count(*) AS n FROM member_role r JOIN member m ON m.id = r.member_id "
            "WHERE m.disabled_at IS NULL GROUP BY r.role"
        )
    )
    return {row["role"]: row["n"] for row in rows}


def clear_lock(member_id: UUID) -> Sql:
    """Return the statement that lets a locked member try again."""
    return compose(
        "DELETE FROM sign_in_attempt a USING member m WHERE m.id = {id} AND a.login = m.login",
        id=param(member_id, "uuid"),
    )


async def is_active(uow: UnitOfWork, member_id: UUID) -> bool:
    """Tell whether there is such a member, not disabled."""
    active: bool = await uow.fetch_value(
        compose(
            "SELECT EXISTS (SELECT FROM member WHERE id = {id} AND disabled_at IS NULL)", id=param(member_id, "uuid")
        )
    )
    return active
