"""Seeing the system as another member does: read-only, for an hour at most, with every look in the audit log."""

from datetime import timedelta
from uuid import UUID

from xiaolu.access.authenticate import load_actor, note_access_change
from xiaolu.access.context import Context
from xiaolu.access.credentials import digest, new_token
from xiaolu.access.model import Actor
from xiaolu.access.policy import require_ability
from xiaolu.access.rules import may_view_as
from xiaolu.access.service.audit import record_audit, write_audit
from xiaolu.access.service.sign_in import SignedIn
from xiaolu.access.store import sessions as store
from xiaolu.access.store.audit import AuditRow
from xiaolu.kit.errors import Conflict, Denied, NotFound
from xiaolu.kit.ids import new_id

LASTS = timedelta(hours=1)


async def start_viewing(ctx: Context, member_id: UUID, session_id: UUID | None) -> SignedIn:
    """Open a session in which the actor sees what a member sees, as far as the actor may see it too.

    Raises:
        Denied: the actor lacks the ability, comes with an API key, or the member has rights that the actor lacks.
        Conflict: the actor looks as somebody else already.
        NotFound: there is no such active member.
    """
    if ctx.actor.viewer is not None:
        raise Conflict("view.nested")
    require_ability(ctx, "view_as")
    if session_id is None or ctx.actor.id is None:
        raise Denied("access.members_only")
    member = await load_actor(ctx.uow, member_id, snapshot=ctx.snapshot)
    if member is None:
        raise NotFound("member.unknown")
    if not may_view_as(ctx.actor, member):
        raise Denied("view.above", name=member.name)
    opened = SignedIn(
        member_id=member_id, session_id=new_id(), token=new_token(), lasts_seconds=int(LASTS.total_seconds())
    )
    await ctx.uow.write(
        store.insert_viewing(
            opened.session_id,
            member_id,
            viewer_id=ctx.actor.id,
            origin_id=session_id,
            token_hash=digest(opened.token),
            now=ctx.now,
            expires_at=ctx.now + LASTS,
            address=ctx.address,
        )
    )
    await record_audit(ctx, "view.started", subject_kind="member", subject_id=member_id, subject_text=member.name)
    return opened


async def end_viewing(ctx: Context, session_id: UUID | None) -> SignedIn:
    """Go back to the viewer's own session, under a fresh token.

    Raises:
        Conflict: nobody looks as somebody else here.
    """
    viewer = ctx.actor.viewer
    if viewer is None or viewer.id is None or session_id is None:
        raise Conflict("view.none")
    note_access_change(ctx.uow)
    ended = await ctx.uow.write(store.end_viewing(session_id, viewer.id, ctx.now))
    if not ended:
        raise Conflict("view.none")
    origin: UUID = ended[0]["origin_id"]
    token = new_token()
    renewed = await ctx.uow.write(store.renew_token(origin, digest(token)))
    if not renewed:
        raise Conflict("view.none")
    await _note(ctx, "view.ended", viewer)
    lasts = int((renewed[0]["expires_at"] - ctx.now).total_seconds())
    return SignedIn(member_id=viewer.id, session_id=origin, token=token, lasts_seconds=max(lasts, 1))


async def note_look(ctx: Context, what: str, path: str) -> None:
    """Put one look into the audit log, in the viewer's name."""
    if ctx.actor.viewer is not None:
        await _note(ctx, "view.read", ctx.actor.viewer, what=what, path=path[:500])


async def _note(ctx: Context, action: str, viewer: Actor, **detail: str) -> None:
    await write_audit(
        ctx.uow,
        AuditRow(
            at=ctx.now,
            actor_id=viewer.id,
            actor_name=viewer.name,
            action=action,
            subject_kind="member",
            subject_id=str(ctx.actor.id),
            subject_text=ctx.actor.name,
            detail=detail,
            address=ctx.address,
        ),
    )
