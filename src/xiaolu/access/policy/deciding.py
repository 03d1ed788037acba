"""What the other packages ask: may this actor do that with these records, and which fields take part."""

from datetime import datetime
from weakref import WeakKeyDictionary

from xiaolu.access.context import Context
from xiaolu.access.model import Actor, Decision, Operation
from xiaolu.access.policy.compiling import Policy, policy_of
from xiaolu.access.policy.predicate import Binding, bind
from xiaolu.kit.errors import Denied, NotFound
from xiaolu.kit.sql import Sql
from xiaolu.metadata.snapshot import Snapshot

_MOST_KEPT = 4_096
_Key = tuple[int, str, Operation]
_kept: WeakKeyDictionary[Snapshot, dict[_Key, tuple[Actor, Decision]]] = WeakKeyDictionary()
"""Decisions by the actor object: sessions hand out the same one as long as nothing about the person changes."""


def decide(
    actor: Actor,
    snapshot: Snapshot,
    entity: str,
    operation: Operation,
    *,
    now: datetime,
    time_zone: str = "Asia/Shanghai",
    alias: str = "r",
) -> Decision:
    """Return what ``actor`` may do: the union of the actor's roles, nothing where no role grants anything.

    What the roles allow is worked out once per version of the definitions, and bound to the actor's ids once per actor.
    ``now`` and ``time_zone`` matter to scopes that are formulas.
    """
    kept = _kept.get(snapshot)
    if kept is None:
        kept = _kept.setdefault(snapshot, {})
    key = (id(actor), entity, operation)
    found = kept.get(key)
    if found is not None and found[0] is actor and alias == "r":
        return found[1]
    policy = _policy(actor, snapshot, entity, operation)
    decision = Decision(
        entity=entity,
        operation=operation,
        allowed=policy.allowed,
        predicate=bind(policy, Binding(actor, alias, now, time_zone)),
        fields=policy.fields,
        stages=policy.stages,
        reasons=policy.reasons,
    )
    if alias == "r" and policy.is_lasting:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = (actor, decision)
    return decision


def may(actor: Actor, snapshot: Snapshot, entity: str, operation: Operation) -> bool:
    """Tell whether the actor may do this with any record of the entity at all."""
    return _policy(actor, snapshot, entity, operation).allowed


def related_predicate(
    actor: Actor, snapshot: Snapshot, entity: str, *, alias: str, now: datetime, time_zone: str = "Asia/Shanghai"
) -> Sql:
    """Return the condition under which records of another entity may be read: lookups, children, reverse relations."""
    return bind(_policy(actor, snapshot, entity, Operation.READ), Binding(actor, alias, now, time_zone))


def require(ctx: Context, entity: str, operation: Operation) -> Decision:
    """Return the decision for the context's actor.

    Raises:
        NotFound: there is no such entity, or the actor may read nothing of it and so need not know of it.
        Denied: the actor's roles do not allow the operation.
    """
    if entity not in ctx.snapshot.entities:
        raise NotFound("entity.unknown", entity=entity)
    decision = decide(ctx.actor, ctx.snapshot, entity, operation, now=ctx.now, time_zone=ctx.time_zone)
    if decision.allowed:
        return decision
    if not any(may(ctx.actor, ctx.snapshot, entity, each) for each in (Operation.READ, Operation.CREATE)):
        raise NotFound("entity.unknown", entity=entity)
    label = ctx.snapshot.entities[entity].definition.label.text(ctx.language)
    raise Denied(f"access.denied.{operation.value}", entity=label)


def require_ability(ctx: Context, ability: str) -> None:
    """Refuse unless one of the actor's roles carries the ability (build, members, audit, health, api_keys)."""
    if ability not in ctx.actor.abilities and not ctx.actor.is_system:
        raise Denied("access.ability_missing", ability=ability)


def _policy(actor: Actor, snapshot: Snapshot, entity: str, operation: Operation) -> Policy:
    return policy_of(snapshot, actor.roles, entity, operation, is_system=actor.is_system)
