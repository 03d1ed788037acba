"""A member's own sessions: which there are, and ending them."""

from uuid import UUID

from xiaolu.access.authenticate import note_access_change
from xiaolu.access.context import Context
from xiaolu.access.service.account import own_id
from xiaolu.access.service.audit import record_audit
from xiaolu.access.store import sessions as store
from xiaolu.kit.db import Row
from xiaolu.kit.errors import NotFound


async def list_sessions(ctx: Context) -> list[Row]:
    """Return the member's sessions in force, last used first."""
    return list(await store.list_sessions(ctx.uow, own_id(ctx), ctx.now))


async def revoke_session(ctx: Context, session_id: UUID) -> None:
    """End one of the member's own sessions, at once.

    Raises:
        NotFound: it is no session of theirs, or has ended already.
    """
    if not await _revoke(ctx, session_id):
        raise NotFound("session.unknown")
    await record_audit(ctx, "session.revoked", subject_kind="session", subject_id=session_id)


async def sign_out(ctx: Context, session_id: UUID | None) -> None:
    """End the session that the request came with, if it came with one."""
    if session_id is not None and ctx.actor.id is not None and await _revoke(ctx, session_id):
        await record_audit(ctx, "sign_in.ended", subject_kind="session", subject_id=session_id)


async def _revoke(ctx: Context, session_id: UUID) -> bool:
    """End a session of the acting member and forget it in this process; False where there was none."""
    note_access_change(ctx.uow)
    return bool(await ctx.uow.write(store.revoke_session(session_id, own_id(ctx), ctx.now)))


async def revoke_other_sessions(ctx: Context, current: UUID | None) -> int:
    """End all of the member's sessions but the current one; return how many."""
    note_access_change(ctx.uow)
    ended = await ctx.uow.write(store.revoke_sessions(own_id(ctx), ctx.now, but=current))
    if ended:
        await record_audit(ctx, "session.others_revoked", detail={"count": len(ended)})
    return len(ended)
