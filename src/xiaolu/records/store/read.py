"""One record with everything that a decision about it needs: values, permissions and the titles of what it points to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.access.context import Context
from xiaolu.access.model import Decision
from xiaolu.kit.db import Row
from xiaolu.kit.sql import Sql, Template, abstract, compose, ident, param, raw, slot
from xiaolu.metadata.fields.system import SYSTEM_FIELD_MODELS
from xiaolu.metadata.model.workspace import link_table_of, table_of
from xiaolu.records.blueprint import Blueprint, Part
from xiaolu.records.model import Can
from xiaolu.records.store.insert import FLAGS, flag, flags_as_columns
from xiaolu.records.store.pieces import bound_statement, comma
from xiaolu.records.store.titles import new_titles, title_source
from xiaolu.records.titles import Titles

_PEOPLE = (("created_by", "member"), ("updated_by", "member"), ("owner", "member"), ("department", "department"))


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as it lies in the database."""

    values: dict[str, Any]
    """Canonical values by column, system columns included, lists of many-to-many fields by field key."""
    can: Can
    titles: Titles

    @property
    def id(self) -> UUID:
        """Return the record's id."""
        found: UUID = self.values["id"]
        return found

    @property
    def version(self) -> int:
        """Return the record's version."""
        found: int = self.values["version"]
        return found


async def read_stored(
    ctx: Context, blueprint: Blueprint, identifier: UUID, decision: Decision, *, lock: bool = False
) -> Stored | None:
    """Read a record that the decision reaches, deleted or not; with ``lock`` nobody else changes it until the end."""

    def build(reader: dict[str, Any]) -> Template:
        reached = abstract(decision.predicate, "read:", reader)
        flags = [flag(ctx, blueprint, operation, reader) for operation in FLAGS]
        pointed = [(part, _title(ctx, part, reader)) for part in _pointing(blueprint)]
        shape = ("read", lock, reached, tuple(flags), tuple(each for _, each in pointed))
        return blueprint.statement(shape, lambda: _build(blueprint, reached, flags, pointed, lock=lock))

    bound = bound_statement(ctx, blueprint, ("read", decision.operation, lock), build)
    rows = await ctx.uow.run_text(bound.template.text, bound.template.bind({**bound.values, "id": identifier}))
    return _stored(ctx, blueprint, rows[0]) if rows else None


def _pointing(blueprint: Blueprint) -> list[Part]:
    return [each for each in blueprint.parts.values() if each.target is not None and each.place != "rows"]


def _build(
    blueprint: Blueprint, reached: Sql, flags: list[Sql], pointed: list[tuple[Part, Sql]], *, lock: bool
) -> Template:
    titles = [compose("{title} AS {name}", title=title, name=ident(f"title:{part.key}")) for part, title in pointed]
    titles += [
        compose(
            "(SELECT p.name FROM {table} p WHERE p.id = o.{key}) AS {name}",
            table=ident(target),
            key=ident(key),
            name=ident(f"title:{key}"),
        )
        for key, target in _PEOPLE
    ]
    return Template(
        compose(
            "SELECT o.*, {titles} FROM (SELECT {columns}, {flags} FROM {table} r WHERE r.id = {id} AND {reached}{lock}) o",
            titles=comma(titles),
            columns=columns_of(blueprint),
            flags=comma(flags_as_columns(flags)),
            table=ident(table_of(blueprint.key)),
            id=slot("id", "uuid"),
            reached=reached,
            lock=raw(" FOR NO KEY UPDATE OF r" if lock else ""),
        )
    )


def columns_of(blueprint: Blueprint, alias: str = "r") -> Sql:
    """Return the select list of system columns and stored fields."""
    names = [*SYSTEM_FIELD_MODELS, "process_version", *(each.key for each in blueprint.stored)]
    if blueprint.model.definition.parent:
        names += ["parent_id", "position"]
    return comma([ident(alias, name) for name in names])


def _title(ctx: Context, part: Part, values: dict[str, Any]) -> Sql:
    table, title, condition = title_source(ctx, part.target or "")
    pieces = {
        "table": table,
        "title": abstract(title, f"n:{part.key}:", values),
        "condition": abstract(condition, f"t:{part.key}:", values),
        "value": ident("o", part.key),
    }
    if part.place == "links":
        return compose(
            "(SELECT json_agg(json_build_array(l.target, (SELECT {title}::text FROM {table} r WHERE r.id = l.target AND {condition})) "
            "ORDER BY l.position, l.target) FROM {links} l WHERE l.source = o.id)",
            links=ident(link_table_of(part.owner, part.key)),
            **pieces,
        )
    if part.is_many:
        return compose(
            "(SELECT json_object_agg(r.id, {title}) FROM {table} r WHERE r.id = ANY({value}) AND {condition})", **pieces
        )
    return compose("(SELECT {title}::text FROM {table} r WHERE r.id = {value} AND {condition})", **pieces)


def _stored(ctx: Context, blueprint: Blueprint, row: Row) -> Stored:
    values = canonical_values(blueprint, row)
    titles = new_titles(ctx)
    for key, target in _PEOPLE:
        if row[key] is not None and row[f"title:{key}"] is not None:
            titles.add(target, row[key], row[f"title:{key}"])
    for part in _pointing(blueprint):
        found = row[f"title:{part.key}"]
        if part.place == "links":
            values[part.key] = take_links(part, found, titles)
        elif found is not None:
            take_titles(part, values[part.key], found, titles)
    return Stored(values, can_of(row), titles)


async def read_columns(ctx: Context, blueprint: Blueprint, identifier: UUID, parts: Collection[Part]) -> dict[str, Any]:
    """Return some fields of one record as canonical values."""
    row = await ctx.uow.fetch_one(
        compose(
            "SELECT {columns} FROM {table} r WHERE r.id = {id}",
            columns=comma([ident("r", part.key) for part in parts]),
            table=ident(table_of(blueprint.key)),
            id=param(identifier, "uuid"),
        )
    )
    if row is None:
        return {}
    return {part.key: from_column(part, row[part.key]) for part in parts}


def from_column(part: Part, value: Any) -> Any:
    """Return a column's value as a canonical value."""
    return msgspec.json.decode(value) if part.is_json and isinstance(value, str) else value


def take_titles(part: Part, value: Any, found: str, titles: Titles) -> None:
    """Remember the titles that a statement returned beside a value: text, or a JSON object for lists."""
    target = part.target or ""
    if not part.is_many:
        titles.add(target, value, found)
        return
    for identifier, title in msgspec.json.decode(found, type=dict[UUID, str | None]).items():
        titles.add(target, identifier, title or "")


def take_links(part: Part, found: str | None, titles: Titles) -> list[UUID] | None:
    """Return the ids of a many-to-many list that a statement returned as pairs with their titles."""
    if found is None:
        return None
    pairs = msgspec.json.decode(found, type=list[tuple[UUID, str | None]])
    for identifier, title in pairs:
        if title is not None:
            titles.add(part.target or "", identifier, title)
    return [identifier for identifier, _ in pairs]


def canonical_values(blueprint: Blueprint, row: Row) -> dict[str, Any]:
    """Return a row's columns as canonical values."""
    values: dict[str, Any] = {key: row[key] for key in SYSTEM_FIELD_MODELS}
    values["process_version"] = row["process_version"]
    for part in blueprint.stored:
        values[part.key] = from_column(part, row[part.key])
    if blueprint.model.definition.parent:
        values["parent_id"] = values["parent"] = row["parent_id"]
        values["position"] = row["position"]
    return values


def can_of(row: Mapping[str, Any] | Row) -> Can:
    """Return what a row's flags allow; a deleted record can only be restored."""
    return Can(update=bool(row["can_update"]), delete=bool(row["can_delete"]), move=bool(row["can_move"]))
