"""A policy bound to an actor: SQL that is true for the records within reach.

Ids are bound as parameters, so that every member's query has the same text; a condition is left out where it could not
be true, so that a list costs a member what it costs an administrator.
"""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from xiaolu.access.model import Actor, SharedRecords
from xiaolu.access.policy.compiling import Policy, Reach
from xiaolu.formula import SqlEnv, to_sql
from xiaolu.kit.sql import FALSE, TRUE, Sql, all_of, any_of, compose, ident, param, raw
from xiaolu.metadata.model.access import Scope
from xiaolu.metadata.model.workspace import table_of

_NOTHING_SHARED = SharedRecords()


class Binding(NamedTuple):
    """Whom and what a policy is bound to."""

    actor: Actor
    alias: str
    now: datetime
    time_zone: str


def bind(policy: Policy, to: Binding) -> Sql:
    """Return the predicate of a policy for an actor over the table under ``to.alias``."""
    if not policy.allowed:
        return FALSE
    if policy.parent is not None:
        return _through_parent(policy.parent, to)
    reached = _within(policy.reaches, policy.shared, policy.entity, to)
    if not policy.limits:
        return reached
    return all_of((reached, _within(policy.limits, policy.shared and "read", policy.entity, to)))


def reach_predicate(reach: Reach, to: Binding) -> Sql:
    """Return the condition of one role's scope."""
    actor, alias = to.actor, to.alias
    if reach.scope is Scope.ALL:
        return TRUE
    if reach.scope is Scope.FORMULA:
        return _formula(reach, to)
    if reach.scope is Scope.NONE or actor.id is None:
        return FALSE
    own = compose("{owner} = {me}", owner=ident(alias, "owner"), me=param(actor.id, "uuid"))
    if reach.scope is Scope.OWN:
        return own
    departments = actor.department_ids if reach.scope is Scope.DEPARTMENT else actor.department_tree_ids
    if not departments:
        return own
    there = _any(ident(alias, "department"), departments)
    return any_of((there, own)) if actor.owns_elsewhere else there


def shared_predicate(entity: str, access: str, to: Binding) -> Sql:
    """Return the condition of records that were shared with the actor, for ``access`` read or update."""
    shared = to.actor.shares.get(entity, _NOTHING_SHARED)
    ids = shared.read if access == "read" else shared.update
    if ids is not None:
        return _any(ident(to.alias, "id"), ids) if ids else FALSE
    return compose(
        "{id} IN (SELECT share.record_id FROM share WHERE share.entity = {entity} AND {access} "
        "AND (share.member_id = {me} OR share.department_id = ANY({departments})))",
        id=ident(to.alias, "id"),
        entity=param(entity, "text"),
        access=TRUE if access == "read" else raw("share.access = 'update'"),
        me=param(to.actor.id, "uuid"),
        departments=param(list(to.actor.share_department_ids), "uuid[]"),
    )


def _within(reaches: tuple[Reach, ...], shared: str | None, entity: str, to: Binding) -> Sql:
    conditions = [reach_predicate(each, to) for each in reaches]
    if shared is not None and TRUE not in conditions:
        conditions.append(shared_predicate(entity, shared, to))
    kept = [each for each in conditions if each != FALSE]
    return kept[0] if len(kept) == 1 else any_of(kept)


def _through_parent(parent: Policy, to: Binding) -> Sql:
    alias = f"{to.alias}_parent"
    reached = bind(parent, to._replace(alias=alias))
    if reached in (TRUE, FALSE):
        return reached
    return compose(
        "EXISTS (SELECT 1 FROM {table} AS {alias} WHERE {id} = {parent_id} AND {reached})",
        table=ident(table_of(parent.entity)),
        alias=ident(alias),
        id=ident(alias, "id"),
        parent_id=ident(to.alias, "parent_id"),
        reached=reached,
    )


def _formula(reach: Reach, to: Binding) -> Sql:
    if reach.formula is None:
        return FALSE
    environment = SqlEnv(
        now=to.now,
        today=to.now.astimezone(ZoneInfo(to.time_zone)).date(),
        time_zone=to.time_zone,
        me=to.actor.id,
        department=to.actor.department_id,
    )
    return raw("(") + to_sql(reach.formula, alias=to.alias, env=environment) + raw(")")


def _any(column: Sql, ids: tuple[object, ...]) -> Sql:
    if len(ids) == 1:
        return column + raw(" = ") + param(ids[0], "uuid")
    return column + raw(" = ANY(") + param(list(ids), "uuid[]") + raw(")")
