"""Signing in: counted before it is tried, the same answer for unknown logins and wrong passwords, an optional second factor."""

import math
import unicodedata
from dataclasses import dataclass, field
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.credentials import (
    digest,
    hash_password,
    new_token,
    recovery_digest,
    totp_step,
    verify_password,
)
from xiaolu.access.rules import SESSION_LIFE, next_expiry
from xiaolu.access.service.audit import write_audit, write_audit_at_once
from xiaolu.access.service.second_factor import open_secret
from xiaolu.access.store import sessions as session_store
from xiaolu.access.store import sign_in as store
from xiaolu.access.store.audit import AuditRow
from xiaolu.access.store.sign_in import Credentials
from xiaolu.kit.errors import Limited, Unauthenticated
from xiaolu.kit.ids import new_id

LONGEST_LOGIN = 100


@dataclass(frozen=True, slots=True)
class SignIn:
    """What somebody presents; ``code`` is of the authenticator app, or a recovery code."""

    login: str
    password: str = field(repr=False)
    code: str | None = field(default=None, repr=False)
    agent: str | None = None
    """What the browser calls itself."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh session. The token goes into a cookie and is stored nowhere."""

    member_id: UUID
    session_id: UUID
    token: str = field(repr=False)
    lasts_seconds: int = int(SESSION_LIFE.total_seconds())


def normal_login(text: str) -> str:
    """Return a login as it is compared: composed, without outer white space, in lower case."""
    return unicodedata.normalize("NFKC", text).strip().casefold()[:LONGEST_LOGIN]


async def sign_in(ctx: Context, given: SignIn) -> SignedIn:
    """Open a session for whoever presents a right login and password (and code, where a second factor is in force).

    Raises:
        Limited: too many failures; ``retry_after`` says when to try again. Unknown logins lock like known ones.
        Unauthenticated: login or password is wrong (``session.wrong``), a code is missing (``session.code_required``) or
            wrong or used before (``session.code_wrong``).
    """
    login = normal_login(given.login)
    locked_until = await store.take_attempt(ctx.uow, login, ctx.now)
    if locked_until is not None:
        await _note(ctx, "sign_in.locked", login, None)
        seconds = max(1, math.ceil((locked_until - ctx.now).total_seconds()))
        raise Limited("session.locked", retry_after=seconds, minutes=math.ceil(seconds / 60))
    found = await store.find_credentials(ctx.uow, login=login)
    known = found if found is not None and not found.is_disabled else None
    verdict = await verify_password(known.password_hash if known else None, given.password)
    if known is None or not verdict.is_right:
        await _note(ctx, "sign_in.failed", login, found)
        raise Unauthenticated("session.wrong")
    if known.totp_secret is not None:
        await _check_code(ctx, login, known, given.code)
    if verdict.is_outdated:
        await ctx.uow.write(store.renew_hash(known.member_id, await hash_password(given.password)))
    return await _open_session(ctx, login, known, given.agent)


async def _check_code(ctx: Context, login: str, known: Credentials, code: str | None) -> None:
    if not code or not code.strip():
        await ctx.uow.write_once(store.give_attempt_back(login))
        raise Unauthenticated("session.code_required")
    if not await _use_code(ctx, known, code):
        await _note(ctx, "sign_in.code_failed", login, known)
        raise Unauthenticated("session.code_wrong")


async def _use_code(ctx: Context, known: Credentials, code: str) -> bool:
    if await store.use_recovery_code(ctx.uow, known.member_id, recovery_digest(code), ctx.now):
        await write_audit(ctx.uow, _entry(ctx, "sign_in.recovery_code_used", "", known))
        return True
    step = totp_step(open_secret(ctx, known.member_id, known.totp_secret or ""), code, ctx.now)
    return step is not None and await store.use_step(ctx.uow, known.member_id, step)


async def _open_session(ctx: Context, login: str, known: Credentials, agent: str | None) -> SignedIn:
    opened = SignedIn(member_id=known.member_id, session_id=new_id(), token=new_token())
    await ctx.uow.write(store.clear_attempts(login))
    await ctx.uow.write(store.forget_old_attempts(ctx.now))
    await ctx.uow.write(
        session_store.insert_session(
            opened.session_id,
            known.member_id,
            token_hash=digest(opened.token),
            now=ctx.now,
            expires_at=next_expiry(ctx.now, ctx.now),
            address=ctx.address,
            agent=None if agent is None else agent[:300],
        )
    )
    await write_audit(ctx.uow, _entry(ctx, "sign_in.succeeded", login, known))
    return opened


async def _note(ctx: Context, action: str, login: str, found: Credentials | None) -> None:
    await write_audit_at_once(ctx.uow, _entry(ctx, action, login, found))


def _entry(ctx: Context, action: str, login: str, found: Credentials | None) -> AuditRow:
    return AuditRow(
        at=ctx.now,
        actor_id=None if found is None else found.member_id,
        actor_name=login if found is None else found.name,
        action=action,
        subject_kind="member" if found is not None else None,
        subject_id=None if found is None else str(found.member_id),
        subject_text=login if found is None else found.name,
        detail={"login": login} if login else {},
        address=ctx.address,
    )
