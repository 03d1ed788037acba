"""What the other packages ask: may this actor do that with these records, and which fields take part."""

from datetime import datetime
from weakref import WeakKeyDictionary

from xiaolu.access.context import Context
from xiaolu.access.model import Actor, Decision, Operation, Veil
from xiaolu.access.policy.compiling import Policy, policy_of
from xiaolu.access.policy.narrowing import narrowed
from xiaolu.access.policy.predicate import Binding, bind
from xiaolu.access.policy.sources import source_of
from xiaolu.kit.errors import Denied, NotFound
from xiaolu.kit.sql import TRUE, Sql, all_of, compose, param
from xiaolu.metadata.model.access import FieldAccess
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
    decision, is_lasting = _bound(snapshot, policy, Binding(actor, alias, now, time_zone))
    if actor.viewer is not None:
        beside = _policy(actor.viewer, snapshot, entity, operation)
        theirs, lasts = _bound(snapshot, beside, Binding(actor.viewer, alias, now, time_zone))
        decision, is_lasting = narrowed(decision, theirs), is_lasting and lasts
    if alias == "r" and is_lasting:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = (actor, decision)
    return decision


def _veils(snapshot: Snapshot, policy: Policy, to: Binding) -> tuple[dict[str, Veil], bool]:
    """Return what stands before the visible lookups of an entity, and whether that stays the same as time goes by."""
    veils: dict[str, Veil] = {}
    is_lasting = True
    if not policy.allowed or to.actor.is_system:
        return veils, is_lasting
    model = snapshot.entities[policy.entity]
    for key, field in model.fields.items():
        if field.definition.type != "lookup" or policy.fields.get(key) is FieldAccess.HIDDEN:
            continue
        source = source_of(snapshot, model, key)
        if source is None:
            continue
        entity, shown = source
        reading = _policy(to.actor, snapshot, entity, Operation.READ)
        is_lasting = is_lasting and reading.is_lasting
        condition = bind(reading, to._replace(alias="v"))
        stages = [stage for stage, fields in reading.stages.items() if fields.get(shown or "") is FieldAccess.HIDDEN]
        if stages:
            open_stage = compose("v.stage IS NULL OR v.stage <> ALL({stages})", stages=param(stages, "text[]"))
            condition = all_of((condition, open_stage))
        if condition != TRUE:
            relation = field.definition.options["relation"]
            veils[key] = Veil(relation, entity, condition, is_partial=bool(stages))
    return veils, is_lasting


def may(actor: Actor, snapshot: Snapshot, entity: str, operation: Operation) -> bool:
    """Tell whether the actor may do this with any record of the entity at all."""
    return all(_policy(each, snapshot, entity, operation).allowed for each in _both(actor))


def related_predicate(
    actor: Actor, snapshot: Snapshot, entity: str, *, alias: str, now: datetime, time_zone: str = "Asia/Shanghai"
) -> Sql:
    """Return the condition under which records of another entity may be read: lookups, children, reverse relations."""
    reached = [
        bind(_policy(each, snapshot, entity, Operation.READ), Binding(each, alias, now, time_zone))
        for each in _both(actor)
    ]
    return reached[0] if len(reached) == 1 else all_of(reached)


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


def _both(actor: Actor) -> tuple[Actor, ...]:
    return (actor,) if actor.viewer is None else (actor, actor.viewer)


def _bound(snapshot: Snapshot, policy: Policy, to: Binding) -> tuple[Decision, bool]:
    """Return a policy as a decision about one person, and whether it stays the same as time goes by."""
    veils, is_lasting = _veils(snapshot, policy, to)
    decision = Decision(
        entity=policy.entity,
        operation=policy.operation,
        allowed=policy.allowed,
        predicate=bind(policy, to),
        fields=policy.fields,
        stages=policy.stages,
        reasons=policy.reasons,
        veils=veils,
    )
    return decision, is_lasting and policy.is_lasting


def _policy(actor: Actor, snapshot: Snapshot, entity: str, operation: Operation) -> Policy:
    return policy_of(snapshot, actor.roles, entity, operation, is_system=actor.is_system)
