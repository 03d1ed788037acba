"""What members do with their own account: password, second factor, language and ways to reach them."""

from dataclasses import dataclass, field
from uuid import UUID

from xiaolu.access import credentials
from xiaolu.access.authenticate import note_access_change
from xiaolu.access.context import Context
from xiaolu.access.model import ADMIN_ROLE
from xiaolu.access.rules import abilities_of, check_password
from xiaolu.access.service.audit import record_audit
from xiaolu.access.service.second_factor import open_secret, seal_secret
from xiaolu.access.store import members as member_store
from xiaolu.access.store import sessions as session_store
from xiaolu.access.store import sign_in as store
from xiaolu.access.store import workspace as workspace_store
from xiaolu.kit.db import Row
from xiaolu.kit.errors import Conflict, Denied, Invalid, Unauthenticated
from xiaolu.kit.i18n import message
from xiaolu.kit.problems import problem

ISSUER = "Xiaolu"


@dataclass(frozen=True, slots=True)
class TotpOffer:
    """A second factor that waits to be confirmed with a first code."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a client needs to know of the person who uses it."""

    row: Row
    roles: tuple[tuple[str, str], ...]
    """Key and label of each role that there still is."""
    abilities: frozenset[str]
    workspace: str
    since: str
    """The oldest transaction still open: what it or a later one writes was not seen by now."""


async def read_profile(ctx: Context, member_id: UUID | None) -> Profile:
    """Return the profile of whoever is (or is just being) signed in."""
    row = None if member_id is None else await member_store.read_member(ctx.uow, member_id)
    if row is None:
        raise Unauthenticated("session.required")
    held = list(row["roles"]) if ctx.actor.kind != "api_key" else list(ctx.actor.roles)
    roles = [(key, _role_label(ctx, key)) for key in held if key == ADMIN_ROLE or key in ctx.snapshot.roles]
    abilities = frozenset[str]() if row["password_must_change"] else abilities_of(held, ctx.snapshot.roles)
    if ctx.actor.viewer is not None:
        abilities = ctx.actor.abilities
    workspace, since = await workspace_store.read_standing(ctx.uow)
    return Profile(row, tuple(roles), abilities, workspace, since)


def _role_label(ctx: Context, key: str) -> str:
    if key == ADMIN_ROLE:
        return message("role.admin", {}, ctx.language)
    return ctx.snapshot.roles[key].label.text(ctx.language)


def own_id(ctx: Context) -> UUID:
    """Return the signed-in member's id; keys and the platform itself have no account of their own."""
    if ctx.actor.id is None:
        raise Unauthenticated("session.required")
    if ctx.actor.kind != "member":
        raise Denied("access.members_only")
    return ctx.actor.id


async def change_password(ctx: Context, *, current: str, new: str, session_id: UUID | None) -> None:
    """Replace the member's password; all their other sessions end.

    Raises:
        Invalid: the password given is wrong (or was so too often), or the new one too weak or the same.
    """
    member_id = own_id(ctx)
    account = await member_store.read_member(ctx.uow, member_id)
    if account is None:
        raise Unauthenticated("session.required")
    await confirm_password(ctx, current, path="current")
    problems = check_password(new, login=account["login"], name=account["name"])
    if current == new:
        problems = [problem("password.unchanged", "password")]
    if problems:
        raise Invalid("password.refused", problems)
    await ctx.uow.write(store.set_password(member_id, await credentials.hash_password(new), ctx.now, must_change=False))
    await ctx.uow.write(session_store.revoke_sessions(member_id, ctx.now, but=session_id))
    note_access_change(ctx.uow)
    await record_audit(
        ctx, "member.password_changed", subject_kind="member", subject_id=member_id, subject_text=ctx.actor.name
    )


async def confirm_password(ctx: Context, password: str, *, path: str = "password") -> None:
    """Make sure that it is the member who sits there: a stolen session alone must not change how one signs in.

    Wrong passwords count like failed sign-ins, so that a session cannot be used to guess.
    """
    member_id = own_id(ctx)
    account = await member_store.read_member(ctx.uow, member_id)
    login = "" if account is None else account["login"]
    if await store.take_attempt(ctx.uow, login, ctx.now) is not None:
        raise Invalid("password.refused", [problem("password.locked", path)])
    known = await store.find_credentials(ctx.uow, member_id=member_id)
    verdict = await credentials.verify_password(known.password_hash if known else None, password)
    if not verdict.is_right:
        raise Invalid("password.refused", [problem("password.wrong", path)])
    await ctx.uow.write_once(store.clear_attempts(login))


async def offer_totp(ctx: Context, password: str) -> TotpOffer:
    """Make a secret for an authenticator app; it is in force once ``confirm_totp`` has seen a code of it."""
    member_id = own_id(ctx)
    await confirm_password(ctx, password)
    secret = credentials.new_totp_secret()
    rows = await ctx.uow.write(store.set_totp_secret(member_id, seal_secret(ctx, member_id, secret)))
    if not rows:
        raise Conflict("totp.in_force")
    return TotpOffer(secret, credentials.totp_uri(secret, login=rows[0]["login"], issuer=ISSUER))


async def confirm_totp(ctx: Context, code: str) -> list[str]:
    """Put the offered second factor in force and return the recovery codes, shown this once."""
    member_id = own_id(ctx)
    secret = await store.pending_totp_secret(ctx.uow, member_id)
    if secret is None:
        raise Conflict("totp.not_offered")
    step = credentials.totp_step(open_secret(ctx, member_id, secret), code, ctx.now)
    if step is None:
        raise Invalid("totp.refused", [problem("session.code_wrong", "code")])
    codes = credentials.new_recovery_codes()
    await ctx.uow.write(store.confirm_totp(member_id, step, ctx.now))
    await ctx.uow.write(store.replace_recovery_codes(member_id, [credentials.recovery_digest(each) for each in codes]))
    await record_audit(
        ctx, "member.totp_added", subject_kind="member", subject_id=member_id, subject_text=ctx.actor.name
    )
    return codes


async def remove_totp(ctx: Context, password: str) -> None:
    """Take the member's own second factor away."""
    member_id = own_id(ctx)
    await confirm_password(ctx, password)
    if not await ctx.uow.write(store.remove_totp(member_id)):
        raise Conflict("totp.not_offered")
    await record_audit(
        ctx, "member.totp_removed", subject_kind="member", subject_id=member_id, subject_text=ctx.actor.name
    )
