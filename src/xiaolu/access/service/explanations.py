"""The answer to "why can, or can't, this person see this?"."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from xiaolu.access.authenticate import load_actor
from xiaolu.access.context import Context
from xiaolu.access.model import Actor, Operation
from xiaolu.access.policy import decide, require, require_ability
from xiaolu.access.policy.explaining import Explanation, RecordFacts, explain, questions
from xiaolu.access.policy.predicate import Binding
from xiaolu.access.store import shares as store
from xiaolu.access.store.titles import select_titles
from xiaolu.kit.errors import Denied, NotFound


async def explain_access(ctx: Context, entity: str, record_id: UUID, *, member_id: UUID | None = None) -> Explanation:
    """Explain what a member (the actor where none is named) may do with a record.

    Whoever manages members may ask about any record and anybody; others about records that they may read, and about
    somebody else only where they may change the record, and so share it.

    Raises:
        NotFound: there is no such record or member, or the actor may not know of the record.
        Denied: the actor may not ask about somebody else.
    """
    model = ctx.snapshot.entities.get(entity)
    if model is None or model.definition.parent is not None:
        raise NotFound("entity.unknown", entity=entity)
    await _check_may_ask(ctx, entity, record_id, about_other=member_id not in (None, ctx.actor.id))
    person = await _person(ctx, member_id)
    to = Binding(person, "r", ctx.now, ctx.time_zone)
    row = await store.read_facts(ctx.uow, entity, record_id, asked := questions(ctx.snapshot, entity, to))
    if row is None:
        raise NotFound("record.not_found")
    facts = RecordFacts(
        owner_name=row["owner_name"],
        department_name=row["department_name"],
        stage=row["stage"],
        is_deleted=row["deleted_at"] is not None,
        meets={name: row[name] for name in asked},
    )
    return explain(ctx.snapshot, entity, facts, to=to, language=ctx.language)


async def list_seen(ctx: Context, entity: str, member_id: UUID, ids: Collection[UUID]) -> set[UUID]:
    """Return those of some records that a member may read; for whoever manages members.

    Only records that the asker may read are answered for.

    Raises:
        Denied: the asker does not manage members.
        NotFound: there is no such entity or active member.
    """
    require_ability(ctx, "members")
    require(ctx, entity, Operation.READ)
    member = await load_actor(ctx.uow, member_id, snapshot=ctx.snapshot)
    if member is None:
        raise NotFound("member.unknown")
    mine = await select_titles(ctx, entity, ids)
    return set(await select_titles(replace(ctx, actor=member), entity, list(mine)))


async def _person(ctx: Context, member_id: UUID | None) -> Actor:
    if member_id is None or member_id == ctx.actor.id:
        return ctx.actor
    found = await load_actor(ctx.uow, member_id, snapshot=ctx.snapshot)
    if found is None:
        raise NotFound("member.unknown")
    return found


async def _check_may_ask(ctx: Context, entity: str, record_id: UUID, *, about_other: bool) -> None:
    if ctx.actor.is_system or "members" in ctx.actor.abilities:
        return
    conditions = {
        each.value: decide(ctx.actor, ctx.snapshot, entity, each, now=ctx.now, time_zone=ctx.time_zone).predicate
        for each in (Operation.READ, Operation.UPDATE)
    }
    row = await store.read_facts(ctx.uow, entity, record_id, conditions)
    if row is None or not row["read"]:
        raise NotFound("record.not_found")
    if about_other and not row["update"]:
        raise Denied("access.ask_denied")
