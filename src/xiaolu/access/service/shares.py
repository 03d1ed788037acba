"""Sharing single records with people and departments beyond what the roles reach."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from xiaolu.access.authenticate import note_access_change
from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import decide, require
from xiaolu.access.service.audit import record_audit
from xiaolu.access.store import departments as department_store
from xiaolu.access.store import members as member_store
from xiaolu.access.store import shares as store
from xiaolu.kit.db import Row
from xiaolu.kit.errors import Conflict, Denied, Invalid, NotFound
from xiaolu.kit.ids import new_id
from xiaolu.kit.problems import Problem, problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTarget:
    """Whom a record is shared with: one member, or one department with all below it."""

    member_id: UUID | None = None
    department_id: UUID | None = None


async def share_record(
    ctx: Context, entity: str, record_id: UUID, target: ShareTarget, *, access: Literal["read", "update"]
) -> None:
    """Share a record that the actor may change; sharing again changes how far.

    A share widens which records a role reaches; it gives nothing to somebody whose roles do not allow the operation.

    Raises:
        NotFound: there is no such record, or the actor may not see it.
        Denied: the actor may not change it.
        Invalid: the target is missing, double or not active.
        Conflict: the record is in the recycle bin.
    """
    facts = await _record_to_share(ctx, entity, record_id)
    problems = await _check_target(ctx, target)
    if problems:
        raise Invalid("share.invalid", problems)
    await member_store.lock_access(ctx.uow)
    await ctx.uow.write(
        store.upsert_share(
            new_id(),
            entity,
            record_id,
            member_id=target.member_id,
            department_id=target.department_id,
            access=access,
            shared_by=ctx.actor.id,
            now=ctx.now,
        )
    )
    await _tell(ctx, entity, record_id, facts, target=target, access=access)


async def unshare_record(ctx: Context, entity: str, record_id: UUID, target: ShareTarget) -> None:
    """End a share of a record that the actor may change."""
    facts = await _record_to_share(ctx, entity, record_id)
    await member_store.lock_access(ctx.uow)
    ended = await ctx.uow.write(
        store.delete_share(entity, record_id, member_id=target.member_id, department_id=target.department_id)
    )
    if not ended:
        raise NotFound("share.unknown")
    await _tell(ctx, entity, record_id, facts, target=target, access=None)


async def list_shares(ctx: Context, entity: str, record_id: UUID) -> list[Row]:
    """Return with whom a record is shared, to anybody who may read it."""
    decision = require(ctx, entity, Operation.READ)
    facts = await store.read_facts(ctx.uow, entity, record_id, {"may_read": decision.predicate})
    if facts is None or not facts["may_read"]:
        raise NotFound("record.not_found")
    return list(await store.list_shares(ctx.uow, entity, record_id))


async def drop_shares(ctx: Context, entity: str, record_ids: list[UUID]) -> None:
    """End all shares of records that are removed for good; call it in the transaction that removes them."""
    await ctx.uow.write(store.delete_shares(entity, record_ids))
    note_access_change(ctx.uow)


async def _record_to_share(ctx: Context, entity: str, record_id: UUID) -> Row:
    read = require(ctx, entity, Operation.READ)
    if ctx.snapshot.entities[entity].definition.parent is not None:
        raise NotFound("entity.unknown", entity=entity)
    update = decide(ctx.actor, ctx.snapshot, entity, Operation.UPDATE, now=ctx.now, time_zone=ctx.time_zone)
    facts = await store.read_facts(
        ctx.uow, entity, record_id, {"may_read": read.predicate, "may_update": update.predicate}
    )
    if facts is None or not facts["may_read"]:
        raise NotFound("record.not_found")
    if not facts["may_update"]:
        raise Denied("share.needs_update")
    if facts["deleted_at"] is not None:
        raise Conflict("record.deleted")
    return facts


async def _check_target(ctx: Context, target: ShareTarget) -> list[Problem]:
    if (target.member_id is None) == (target.department_id is None):
        return [problem("share.one_target", "member")]
    if target.member_id is not None and not await member_store.is_active(ctx.uow, target.member_id):
        return [problem("member.unknown", "member")]
    if target.department_id is not None and not await department_store.is_active(ctx.uow, target.department_id):
        return [problem("department.unknown", "department")]
    return []


async def _tell(
    ctx: Context, entity: str, record_id: UUID, facts: Row, *, target: ShareTarget, access: str | None
) -> None:
    after = {
        "member": None if target.member_id is None else str(target.member_id),
        "department": None if target.department_id is None else str(target.department_id),
        "access": access,
    }
    note_access_change(ctx.uow)
    await ctx.uow.write(store.insert_share_event(ctx, entity, record_id, facts["version"], after))
    await record_audit(
        ctx,
        "record.shared" if access is not None else "record.unshared",
        subject_kind=entity,
        subject_id=record_id,
        detail=after,
    )
