"""API keys: act for the member who made them, with one role, until they end or are revoked."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from xiaolu.access.authenticate import note_access_change
from xiaolu.access.context import Context
from xiaolu.access.credentials import digest, new_api_key
from xiaolu.access.model import ADMIN_ROLE
from xiaolu.access.policy import require_ability
from xiaolu.access.rules import abilities_of, may_manage
from xiaolu.access.service.account import own_id
from xiaolu.access.service.audit import record_audit
from xiaolu.access.store import sessions as store
from xiaolu.kit.db import Row
from xiaolu.kit.errors import Denied, Invalid, NotFound
from xiaolu.kit.ids import new_id
from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.text import clean_line

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made; ``secret`` is the whole key, shown this once."""

    id: UUID
    name: str
    prefix: str
    role: str
    created_at: datetime
    expires_at: datetime | None
    secret: str = field(repr=False)


async def create_api_key(ctx: Context, *, name: str, role: str, expires_at: datetime | None) -> NewKey:
    """Make a key for the signed-in member; needs the ability ``api_keys``, and the role itself unless they are admin.

    Raises:
        Invalid: with each problem at its field.
        Denied: the member does not hold the role.
    """
    require_ability(ctx, "api_keys")
    member_id = own_id(ctx)
    name = clean_line(name)
    problems: list[Problem] = []
    if not 1 <= len(name) <= _LONGEST_NAME:
        problems.append(problem("api_key.name_length", "name", maximum=_LONGEST_NAME))
    if role != ADMIN_ROLE and role not in ctx.snapshot.roles:
        problems.append(problem("role.unknown", "role", role=role))
    if expires_at is not None and expires_at <= ctx.now:
        problems.append(problem("api_key.ended", "expires_at"))
    if problems:
        raise Invalid("api_key.invalid", problems)
    if role not in ctx.actor.roles and not ctx.actor.is_admin:
        raise Denied("role.above")
    parts = new_api_key()
    key = NewKey(new_id(), name, parts.prefix, role, ctx.now, expires_at, parts.text)
    await ctx.uow.write(
        store.insert_key(
            key.id,
            name=name,
            prefix=parts.prefix,
            secret_hash=digest(parts.secret),
            role=role,
            created_by=member_id,
            now=ctx.now,
            expires_at=expires_at,
        )
    )
    await record_audit(
        ctx,
        "api_key.created",
        subject_kind="api_key",
        subject_id=key.id,
        subject_text=name,
        detail={"role": role, "expires_at": None if expires_at is None else expires_at.isoformat()},
    )
    return key


async def list_api_keys(ctx: Context) -> list[Row]:
    """Return the keys in force: an administrator sees everybody's, others their own."""
    require_ability(ctx, "api_keys")
    return list(await store.list_keys(ctx.uow, made_by=None if ctx.actor.is_admin else own_id(ctx)))


async def revoke_api_key(ctx: Context, key_id: UUID) -> None:
    """End a key at once: one's own, or anybody's whose role is not above the actor."""
    require_ability(ctx, "api_keys")
    rows = await ctx.uow.write(store.revoke_key(key_id, ctx.now))
    if not rows:
        raise NotFound("api_key.unknown")
    key = rows[0]
    mine = key["created_by"] == ctx.actor.id
    if not mine and not may_manage(
        ctx.actor, abilities_of((key["role"],), ctx.snapshot.roles), is_admin=key["role"] == ADMIN_ROLE
    ):
        raise Denied("role.above")
    note_access_change(ctx.uow)
    await record_audit(ctx, "api_key.revoked", subject_kind="api_key", subject_id=key_id, subject_text=key["name"])
