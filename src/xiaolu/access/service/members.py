"""Members: who works here, in which department, with which roles."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from xiaolu.access.authenticate import note_access_change
from xiaolu.access.contacts import read_email, read_phone
from xiaolu.access.context import Context
from xiaolu.access.credentials import hash_password
from xiaolu.access.model import ADMIN_ROLE
from xiaolu.access.naming import search_text
from xiaolu.access.policy import require_ability
from xiaolu.access.rules import abilities_of, check_password, may_manage
from xiaolu.access.service.audit import record_audit
from xiaolu.access.service.sign_in import normal_login
from xiaolu.access.store import departments as department_store
from xiaolu.access.store import members as store
from xiaolu.access.store import sessions as session_store
from xiaolu.access.store import sign_in as sign_in_store
from xiaolu.access.store.members import MemberFilter
from xiaolu.kit.db import Row
from xiaolu.kit.errors import Conflict, Denied, Invalid, NotFound
from xiaolu.kit.i18n import LANGUAGES
from xiaolu.kit.ids import new_id
from xiaolu.kit.pinyin import sort_key
from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.text import clean_line

_LOGIN = re.compile(r"[^\W_][\w.@+-]{1,59}")
_LONGEST_NAME = 60
MOST_MEMBERS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDraft:
    """A member about to be added. Without a password nobody can sign in as them until one is set."""

    login: str
    name: str
    email: str | None = None
    phone: str | None = None
    department_id: UUID | None = None
    roles: Sequence[str] = ()
    password: str | None = field(default=None, repr=False)
    must_change_password: bool = False
    language: str | None = None
    """None: what the member's browser asks for, until they choose."""


class MemberChange(msgspec.Struct, frozen=True, kw_only=True):
    """What shall change of a member; what is unset stays."""

    login: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    email: str | UnsetType | None = UNSET
    phone: str | UnsetType | None = UNSET
    department_id: UUID | UnsetType | None = UNSET
    language: str | UnsetType | None = UNSET
    roles: Sequence[str] | UnsetType = UNSET
    disabled: bool | UnsetType = UNSET


class Appearance(msgspec.Struct, frozen=True, kw_only=True):
    """How the client shall look for a member; what is unset stays."""

    theme: str | UnsetType = UNSET
    density: str | UnsetType = UNSET


@dataclass(frozen=True, slots=True)
class MemberPage:
    """Some of the members that were asked for, and how many there are in all."""

    rows: list[Row]
    has_more: bool
    count: int


async def create_member(ctx: Context, draft: MemberDraft) -> UUID:
    """Add a member; needs the ability ``members``.

    Raises:
        Invalid: with each problem at its field.
        Denied: a role is above the actor.
    """
    require_ability(ctx, "members")
    await store.lock_access(ctx.uow)
    member_id = new_id()
    change = MemberChange(
        login=draft.login,
        name=draft.name,
        email=draft.email,
        phone=draft.phone,
        department_id=draft.department_id,
        language=draft.language,
        roles=draft.roles,
    )
    columns, problems = await _read_change(ctx, change, member_id)
    if draft.password is not None:
        problems.extend(check_password(draft.password, login=normal_login(draft.login), name=draft.name))
    if problems:
        raise Invalid("member.invalid", problems)
    _check_roles_within_reach(ctx, draft.roles)
    columns |= {"id": member_id, "created_at": ctx.now}
    columns |= _names(str(columns["name"]), str(columns["login"]))
    if draft.password is not None:
        columns["password_hash"] = await hash_password(draft.password)
        columns["password_changed_at"] = ctx.now
        columns["password_must_change"] = draft.must_change_password
    await ctx.uow.write(store.insert_member(columns))
    await ctx.uow.write(store.set_roles(member_id, draft.roles))
    note_access_change(ctx.uow)
    await record_audit(
        ctx,
        "member.created",
        subject_kind="member",
        subject_id=member_id,
        subject_text=str(columns["name"]),
        detail={"login": columns["login"], "roles": list(draft.roles)},
    )
    return member_id


async def change_member(ctx: Context, member_id: UUID, change: MemberChange, *, version: int | None = None) -> None:
    """Change a member; needs the ability ``members``. Disabling ends all sessions at once.

    Raises:
        NotFound, Invalid (each problem at its field), Denied (the member or a role is above the actor), Conflict (somebody
        else changed the member since ``version``, or the last administrator would be gone).
    """
    require_ability(ctx, "members")
    await store.lock_access(ctx.uow)
    current = await manageable_member(ctx, member_id)
    columns, problems = await _read_change(ctx, change, member_id, held=current["roles"])
    if problems:
        raise Invalid("member.invalid", problems)
    roles = list(current["roles"]) if change.roles is UNSET else _known_roles(ctx, change.roles)
    if change.roles is not UNSET:
        _check_roles_within_reach(ctx, set(roles) ^ set(current["roles"]))
        _check_not_own_roles(ctx, member_id, current, roles)
    is_disabled = current["disabled_at"] is not None if change.disabled is UNSET else change.disabled
    await _check_admin_remains(ctx, member_id, current, roles=roles, is_disabled=is_disabled)
    if change.disabled is not UNSET:
        _check_not_self(ctx, member_id, disabled=change.disabled)
        columns["disabled_at"] = (current["disabled_at"] or ctx.now) if change.disabled else None
    if "department_id" in columns and columns["department_id"] != current["department_id"]:
        columns["has_moved"] = True
    if "name" in columns or "login" in columns:
        columns |= _names(str(columns.get("name", current["name"])), str(columns.get("login", current["login"])))
    if not await ctx.uow.write(store.update_member(member_id, columns, version=version)):
        raise Conflict("member.changed", current=current["version"])
    if change.roles is not UNSET:
        await ctx.uow.write(store.set_roles(member_id, roles))
    if is_disabled:
        await ctx.uow.write(session_store.revoke_sessions(member_id, ctx.now))
    note_access_change(ctx.uow)
    await _audit_change(ctx, current, columns, roles)


async def set_password(ctx: Context, member_id: UUID, password: str, *, must_change: bool = True) -> None:
    """Give a member a new password (they forgot theirs); all their sessions end and a lock is lifted.

    One's own is changed in one's own account, where the present password is asked for.
    """
    require_ability(ctx, "members")
    _check_not_own_account(ctx, member_id)
    current = await manageable_member(ctx, member_id)
    problems = check_password(password, login=current["login"], name=current["name"])
    if problems:
        raise Invalid("password.refused", problems)
    password_hash = await hash_password(password)
    await ctx.uow.write(sign_in_store.set_password(member_id, password_hash, ctx.now, must_change=must_change))
    await ctx.uow.write(session_store.revoke_sessions(member_id, ctx.now))
    await ctx.uow.write(store.clear_lock(member_id))
    note_access_change(ctx.uow)
    await _audit(ctx, "member.password_reset", current)


async def reset_totp(ctx: Context, member_id: UUID) -> None:
    """Take a member's second factor away (they lost the phone and the recovery codes); all their sessions end."""
    require_ability(ctx, "members")
    _check_not_own_account(ctx, member_id)
    current = await manageable_member(ctx, member_id)
    if not await ctx.uow.write(sign_in_store.remove_totp(member_id)):
        raise Conflict("totp.not_offered")
    await ctx.uow.write(session_store.revoke_sessions(member_id, ctx.now))
    note_access_change(ctx.uow)
    await _audit(ctx, "member.totp_reset", current)


async def change_own_profile(ctx: Context, change: MemberChange, appearance: Appearance) -> None:
    """Change what members may change of themselves: language, appearance, e-mail and phone."""
    if ctx.actor.id is None or ctx.actor.kind != "member":
        raise Denied("access.members_only")
    allowed = MemberChange(language=change.language, email=change.email, phone=change.phone)
    columns, problems = await _read_change(ctx, allowed, ctx.actor.id)
    if problems:
        raise Invalid("member.invalid", problems)
    if columns:
        note_access_change(ctx.uow)
    looks = {key: value for key, value in msgspec.structs.asdict(appearance).items() if value is not UNSET}
    if columns or looks:
        await ctx.uow.write(store.update_member(ctx.actor.id, columns | looks, version=None))


async def read_member(ctx: Context, member_id: UUID) -> Row:
    """Return one member to somebody with the ability ``members``."""
    require_ability(ctx, "members")
    row = await store.read_member(ctx.uow, member_id)
    if row is None:
        raise NotFound("member.unknown")
    return row


async def find_by_login(ctx: Context, login: str) -> UUID:
    """Return the id of the member with this sign-in name.

    Raises:
        NotFound: nobody signs in by that name.
    """
    found = await store.find_id(ctx.uow, login)
    if found is None:
        raise NotFound("member.unknown_login", login=login)
    return found


async def list_members(
    ctx: Context, wanted: MemberFilter, *, after: tuple[str, UUID] | None = None, limit: int = 50
) -> MemberPage:
    """Return a page of members in the order of their names' sound."""
    require_ability(ctx, "members")
    limit = max(1, min(limit, MOST_MEMBERS))
    rows = await store.list_members(ctx.uow, wanted, after=after, limit=limit + 1)
    return MemberPage(list(rows[:limit]), len(rows) > limit, await store.count_members(ctx.uow, wanted))


async def manageable_member(ctx: Context, member_id: UUID) -> Row:
    """Return a member whom the actor may manage.

    Raises:
        NotFound: there is no such member.
        Denied: the member holds rights that the actor lacks.
    """
    row = await store.read_member(ctx.uow, member_id)
    if row is None:
        raise NotFound("member.unknown")
    abilities = abilities_of(row["roles"], ctx.snapshot.roles)
    if not may_manage(ctx.actor, abilities, is_admin=ADMIN_ROLE in row["roles"]):
        raise Denied("member.above", name=row["name"])
    return row


def _check_roles_within_reach(ctx: Context, roles: Sequence[str] | set[str]) -> None:
    if not may_manage(ctx.actor, abilities_of(roles, ctx.snapshot.roles), is_admin=ADMIN_ROLE in roles):
        raise Denied("role.above")


def _check_not_own_roles(ctx: Context, member_id: UUID, current: Row, roles: list[str]) -> None:
    if member_id == ctx.actor.id and not ctx.actor.is_admin and set(roles) != set(current["roles"]):
        raise Denied("role.own")


def _check_not_own_account(ctx: Context, member_id: UUID) -> None:
    if member_id == ctx.actor.id:
        raise Conflict("member.own_account")


def _check_not_self(ctx: Context, member_id: UUID, *, disabled: bool) -> None:
    if disabled and member_id == ctx.actor.id:
        raise Conflict("member.self_disabled")


async def _check_admin_remains(
    ctx: Context, member_id: UUID, current: Row, *, roles: list[str], is_disabled: bool
) -> None:
    was_admin = ADMIN_ROLE in current["roles"] and current["disabled_at"] is None
    stays_admin = ADMIN_ROLE in roles and not is_disabled
    if was_admin and not stays_admin and await store.other_admins(ctx.uow, member_id) == 0:
        raise Conflict("member.last_admin")


async def _read_change(
    ctx: Context, change: MemberChange, member_id: UUID, *, held: Sequence[str] = ()
) -> tuple[dict[str, Any], list[Problem]]:
    """Return the columns to write and every problem of the input; roles that are no more may be named by their holder."""
    columns, problems = _read_texts(change)
    login = columns.get("login")
    if login is not None and await store.login_taken(ctx.uow, login, but=member_id):
        problems.append(problem("member.login_taken", "login", login=login))
    if change.department_id is not UNSET:
        columns["department_id"] = department = change.department_id
        if department is not None and not await department_store.is_active(ctx.uow, department):
            problems.append(problem("department.unknown", "department"))
    if change.roles is not UNSET:
        known = {*_known_roles(ctx, change.roles), *held}
        unknown = [each for each in change.roles if each not in known]
        problems.extend(problem("role.unknown", "roles", role=each) for each in unknown)
    return columns, problems


def _known_roles(ctx: Context, roles: Sequence[str]) -> list[str]:
    return [each for each in dict.fromkeys(roles) if each == ADMIN_ROLE or each in ctx.snapshot.roles]


def _read_texts(change: MemberChange) -> tuple[dict[str, Any], list[Problem]]:
    columns: dict[str, Any] = {}
    problems: list[Problem] = []
    if change.login is not UNSET:
        columns["login"] = normal_login(change.login)
        if not _LOGIN.fullmatch(columns["login"]):
            problems.append(problem("member.login_form", "login"))
    if change.name is not UNSET:
        columns["name"] = clean_line(change.name)
        if not 1 <= len(columns["name"]) <= _LONGEST_NAME:
            problems.append(problem("member.name_length", "name", maximum=_LONGEST_NAME))
    for key, given, read in (("email", change.email, read_email), ("phone", change.phone, read_phone)):
        if given is not UNSET:
            columns[key], found = read(given)
            problems.extend(each.under(key) for each in found)
    if change.language is not UNSET:
        columns["language"] = change.language
        if change.language is not None and change.language not in LANGUAGES:
            problems.append(problem("member.language", "language"))
    return columns, problems


def _names(name: str, login: str) -> dict[str, str]:
    return {"name_sort": sort_key(name) or "", "name_search": search_text(name, login)}


async def _audit(ctx: Context, action: str, current: Row, detail: Mapping[str, Any] | None = None) -> None:
    await record_audit(
        ctx, action, subject_kind="member", subject_id=current["id"], subject_text=current["name"], detail=detail
    )


async def _audit_change(ctx: Context, current: Row, columns: Mapping[str, Any], roles: list[str]) -> None:
    if set(roles) != set(current["roles"]):
        await _audit(ctx, "member.roles_changed", current, {"before": sorted(current["roles"]), "after": sorted(roles)})
    if "disabled_at" in columns and (columns["disabled_at"] is None) != (current["disabled_at"] is None):
        await _audit(ctx, "member.enabled" if columns["disabled_at"] is None else "member.disabled", current)
    told = ("login", "name", "email", "phone", "department_id", "language")
    before = {key: _plain(current[key]) for key in told if key in columns and columns[key] != current[key]}
    if before:
        await _audit(
            ctx, "member.changed", current, {"before": before, "after": {key: _plain(columns[key]) for key in before}}
        )


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value
