"""Pieces that several writing statements share: probes of what values point to, the guard, the event."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from xiaolu.access.context import Context
from xiaolu.kit.sql import Sql, Template, abstract, all_of, compose, ident, join, raw, slot
from xiaolu.metadata.model.workspace import table_of
from xiaolu.records.blueprint import Blueprint, Bound, Part
from xiaolu.records.store.titles import LIVE, title_source

EVENT_COLUMNS = "at, kind, entity, record_id, version, actor_id, actor_kind, cause_kind, cause_id, correlation, before, after, action, remark"


@dataclass(frozen=True, slots=True)
class Checks:
    """The first part of a writing statement: what must hold, each as a column of ``c``.

    ``columns`` are put into the result, so that a refusal can say which one did not hold; ``all_hold`` lets the write
    happen only where every one does.
    """

    columns: tuple[Sql, ...]
    all_hold: Sql


def bound_statement(
    ctx: Context, blueprint: Blueprint, shape: Hashable, build: Callable[[dict[str, Any]], Template]
) -> Bound:
    """Return the statement of this shape for the actor at hand.

    Permissions of one actor are worked out once, as long as the same ``Actor`` is in use, unless they read the clock.
    ``build`` puts the values that belong to the permissions into the dictionary that it is given.
    """
    key = (id(ctx.actor), shape)
    known = blueprint.bound.get(key)
    if known is not None and known.actor is ctx.actor:
        return known
    values: dict[str, Any] = {}
    found = Bound(ctx.actor, build(values), values)
    if not any(isinstance(each, date) for each in values.values()):
        if len(blueprint.bound) >= 512:
            blueprint.bound.clear()
        blueprint.bound[key] = found
    return found


def value_slot(part: Part) -> Sql:
    """Return the hole for a field's value, typed as its column."""
    return slot(part.slot, part.column_type)


def checks_of(ctx: Context, blueprint: Blueprint, parts: tuple[Part, ...], values: dict[str, Any]) -> Checks:
    """Return the guard, a probe for each reference among ``parts`` and one for each unique value.

    Values that belong to the reader (the ids in a predicate) are put into ``values``.
    """
    columns = [raw("(SELECT definitions FROM state) = ") + slot("definitions", "bigint") + raw(" AS current")]
    holds = [raw("c.current")]
    for part in parts:
        if part.target is not None and part.read is not None:
            column = ident(f"ref:{part.key}")
            columns.append(_probe(ctx, part, values) + raw(" AS ") + column)
            holds.append(_found(part, raw("c.") + column))
        if part.model.definition.unique:
            column = ident(f"same:{part.key}")
            columns.append(_same(blueprint, part) + raw(" AS ") + column)
            holds.append(raw("c.") + column + raw(" IS NULL"))
    return Checks(tuple(columns), all_of(holds))


def _probe(ctx: Context, part: Part, values: dict[str, Any]) -> Sql:
    target = part.target or ""
    table, title, condition = title_source(ctx, target)
    usable = [abstract(condition, f"t:{part.key}:", values), raw(LIVE.get(target, "r.deleted_at IS NULL"))]
    title = abstract(title, f"n:{part.key}:", values)
    pieces = {"table": table, "title": title, "value": value_slot(part), "usable": all_of(usable)}
    if part.is_many:
        return compose(
            "(SELECT json_object_agg(r.id, {title}) FROM {table} r WHERE r.id = ANY({value}) AND {usable})", **pieces
        )
    return compose("(SELECT coalesce({title}::text, '') FROM {table} r WHERE r.id = {value} AND {usable})", **pieces)


def _found(part: Part, column: Sql) -> Sql:
    if part.is_many:
        return compose(
            "coalesce(cardinality({value}), 0) = (SELECT count(*) FROM json_object_keys({column}))",
            value=value_slot(part),
            column=column,
        )
    return compose("({value} IS NULL OR {column} IS NOT NULL)", value=value_slot(part), column=column)


def _same(blueprint: Blueprint, part: Part) -> Sql:
    return compose(
        "(SELECT r.id FROM {table} r WHERE r.{column} = {value} AND r.deleted_at IS NULL AND r.id <> {id} LIMIT 1)",
        table=ident(table_of(blueprint.key)),
        column=ident(part.key),
        value=value_slot(part),
        id=slot("id", "uuid"),
    )


def event_insert(source: str, *, kind: str, version: Sql, before: Sql, after: Sql) -> Sql:
    """Return the INSERT that writes one event for each row of ``source`` (alias ``w``, with its id)."""
    return compose(
        "INSERT INTO event ("
        + EVENT_COLUMNS
        + ") SELECT {now}, {kind}, {entity}, w.id, {version}, {actor}, {actor_kind}, "
        "{cause_kind}, {cause_id}, {correlation}, {before}, {after}, {action}, {remark} FROM " + source + " w",
        now=slot("now", "timestamptz"),
        kind=raw(f"'{kind}'"),
        entity=slot("entity", "text"),
        version=version,
        actor=slot("actor", "uuid"),
        actor_kind=slot("actor_kind", "text"),
        cause_kind=slot("cause_kind", "text"),
        cause_id=slot("cause_id", "uuid"),
        correlation=slot("correlation", "uuid"),
        before=before,
        after=after,
        action=slot("action", "text"),
        remark=slot("remark", "text"),
    )


def event_values(ctx: Context, entity: str) -> dict[str, Any]:
    """Return what every event of this use case says of its circumstances."""
    actor, cause = ctx.actor, ctx.cause
    return {
        "now": ctx.now,
        "entity": entity,
        "definitions": ctx.snapshot.version,
        "actor": actor.id,
        "actor_kind": actor.kind,
        "cause_kind": cause.kind,
        "cause_id": cause.id,
        "correlation": cause.correlation,
        "action": None,
        "remark": None,
    }


def comma(fragments: list[Sql]) -> Sql:
    """Join fragments with commas."""
    return join(", ", fragments)


def to_json(value: Any) -> str:
    """Write a value as JSON text for a jsonb parameter."""
    return msgspec.json.encode(value).decode()


def to_column(part: Part, value: Any) -> Any:
    """Return a canonical value as the driver takes it for the field's column."""
    if value is None or not part.is_json:
        return value
    return to_json(part.dump(value))
