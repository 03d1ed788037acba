"""From a dotted path to SQL: which column it means for this person, and the joins that lead there.

A field that the person may not see does not exist here, whichever way it is reached. A record that the person may not
read joins as nothing, so that every field behind it is empty.
"""

from dataclasses import dataclass

from xiaolu.access.context import Context
from xiaolu.access.model import Decision, Operation
from xiaolu.access.policy import decide, masked, related_predicate
from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.sql import Sql, compose, ident, join, raw
from xiaolu.metadata.fields.model import FieldModel
from xiaolu.metadata.model.access import FieldAccess
from xiaolu.metadata.model.workspace import link_table_of, table_of
from xiaolu.metadata.snapshot import EntityModel
from xiaolu.records.queries.store.people import PEOPLE, PEOPLE_FIELDS

LONGEST_PATH = 5
"""Steps of a path at most, the field at its end included."""


@dataclass(frozen=True, slots=True)
class Column:
    """A value that a query may filter, sort, group or aggregate by; NULL where the person may not see it."""

    path: str
    field: FieldModel
    cast: str
    """PostgreSQL type of the value, without its precision."""
    value: Sql
    target: str | None = None
    """Entity, ``member`` or ``department`` that an identifier leads to."""
    pinyin: Sql | None = None
    """The companion that Chinese text sorts by."""
    pairs: Sql | None = None
    """For many-to-many: ``<pairs table> l WHERE l.source = <row>``, to look for a ``l.target`` in."""
    children: Sql | None = None
    """For a sub-table: ``<child table> c WHERE c.parent_id = <row>``, live ones; the value is the record whose rows they are."""

    def cell(self) -> Sql:
        """Return what a table shows: the value; of a sub-table, how many rows there are."""
        if self.children is None:
            return self.value
        return compose("(SELECT count(*) FROM {rows})", rows=self.children)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a path has come to."""

    alias: str
    target: str
    decision: Decision | None
    """None for members and departments, whose names everybody may see."""


class Source:
    """The records of one entity that one person may read, and what can be reached from them.

    Joins gather while paths are resolved; ``relation`` gives the FROM clause with those gathered so far.
    """

    def __init__(self, ctx: Context, model: EntityModel, decision: Decision) -> None:
        self.ctx = ctx
        self.model = model
        self.decision = decision
        self._joins: dict[tuple[str, ...], tuple[_Place, Sql]] = {}
        self._decisions: dict[str, Decision] = {model.key: decision}

    def relation(self) -> Sql:
        """Return the FROM clause: the entity's table as ``r`` and the joins gathered so far."""
        table = ident(self.model.table) + raw(" r")
        return join(" ", [table, *(clause for _, clause in self._joins.values())])

    def decide(self, entity: str) -> Decision | None:
        """Return what the person may read of an entity; None where nothing."""
        found = self._decisions.get(entity)
        if found is None:
            ctx = self.ctx
            found = decide(ctx.actor, ctx.snapshot, entity, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
            self._decisions[entity] = found
        return found if found.allowed else None

    def can_see(self, entity: str, key: str) -> bool:
        """Tell whether the person may see a field of an entity in any stage."""
        decision = self.decide(entity)
        return decision is not None and decision.fields.get(key, FieldAccess.HIDDEN) is not FieldAccess.HIDDEN

    def reads(self, entity: str, alias: str) -> Sql:
        """Return the condition that a related record under ``alias`` is live and readable."""
        ctx = self.ctx
        allowed = related_predicate(ctx.actor, ctx.snapshot, entity, alias=alias, now=ctx.now, time_zone=ctx.time_zone)
        return compose("{alias}.deleted_at IS NULL AND {allowed}", alias=raw(alias), allowed=allowed)

    def column(self, path: str) -> Column | Problem:
        """Resolve a path such as ``amount`` or ``customer.region``; what the person may not see is unknown."""
        segments = path.split(".")
        unknown = problem("query.unknown_field", field=path)
        if len(segments) > LONGEST_PATH:
            return unknown
        place = _Place("r", self.model.key, self.decision)
        for depth in range(1, len(segments)):
            following = self._follow(place, tuple(segments[:depth]))
            if following is None:
                return unknown
            place = following
        return self._column_at(place, segments[-1], path) or unknown

    def _follow(self, place: _Place, path: tuple[str, ...]) -> _Place | None:
        if path in self._joins:
            return self._joins[path][0]
        through = self._column_at(place, path[-1], ".".join(path))
        if through is None or through.target is None or through.cast != "uuid":
            return None
        alias = f"j{len(self._joins) + 1}"
        condition = compose("{alias}.id = {value}", alias=raw(alias), value=through.value)
        if through.target in self.ctx.snapshot.entities:
            decision = self.decide(through.target)
            if decision is None:
                return None
            table = ident(self.ctx.snapshot.entities[through.target].table)
            condition = compose("{on} AND {reads}", on=condition, reads=self.reads(through.target, alias))
        elif through.target in PEOPLE:
            decision, table = None, ident(through.target)
        else:
            return None
        following = _Place(alias, through.target, decision)
        clause = compose("LEFT JOIN {table} {alias} ON {on}", table=table, alias=raw(alias), on=condition)
        self._joins[path] = (following, clause)
        return following

    def _column_at(self, place: _Place, key: str, path: str) -> Column | None:
        if place.decision is None:
            return _people_column(place, key, path)
        model = self.ctx.snapshot.entities[place.target]
        field = model.find(key)
        if field is None or not self.can_see(place.target, key):
            return None
        if field.storage is None:
            return _list_column(place, place.decision, field, path)
        pinyin = None
        if field.type.sort_of(field.definition) == "pinyin":
            pinyin = masked(place.decision, key, ident(place.alias, f"{key}__sort"), alias=place.alias)
        return Column(
            path=path,
            field=field,
            cast=_cast_of(field.storage.type),
            value=masked(place.decision, key, ident(place.alias, key), alias=place.alias),
            target=field.type.target(field.definition),
            pinyin=pinyin,
        )


def _cast_of(column_type: str) -> str:
    """Return the type that operands are bound as: without precision, and wide enough for any whole number given."""
    plain = column_type.partition("(")[0].strip()
    return "bigint" if plain in ("smallint", "integer") else plain


def _people_column(place: _Place, key: str, path: str) -> Column | None:
    found = PEOPLE_FIELDS.get((place.target, key))
    if found is None:
        return None
    field, column, companion = found
    return Column(
        path=path,
        field=field,
        cast="text" if field.storage is None else _cast_of(field.storage.type),
        value=ident(place.alias, column),
        target=field.type.target(field.definition),
        pinyin=None if companion is None else ident(place.alias, companion),
    )


def _list_column(place: _Place, decision: Decision, field: FieldModel, path: str) -> Column | None:
    """Return a many-to-many field as an array built from its pairs, or a sub-table as its rows."""
    row = compose("{alias}.id", alias=raw(place.alias))
    target = field.type.target(field.definition)
    if target is None:
        return None
    if field.type.key == "sub_table":
        shown = masked(decision, field.key, row, alias=place.alias)
        rows = compose(
            "{table} c WHERE c.parent_id = {row} AND c.deleted_at IS NULL", table=ident(table_of(target)), row=shown
        )
        return Column(path=path, field=field, cast="", value=shown, target=target, children=rows)
    table = ident(link_table_of(place.target, field.key))
    plain = compose("{table} l WHERE l.source = {row}", table=table, row=row)
    built = compose("ARRAY(SELECT l.target FROM {pairs} ORDER BY l.position)", pairs=plain)
    shown = masked(decision, field.key, row, alias=place.alias)
    pairs = compose("{table} l WHERE l.source = {row}", table=table, row=shown)
    value = masked(decision, field.key, built, alias=place.alias)
    return Column(path=path, field=field, cast="uuid[]", value=value, target=target, pairs=pairs)
