"""Which tables definitions mean: pure."""

from collections.abc import Mapping
from dataclasses import replace

from xiaolu.metadata.catalogue import field_choices
from xiaolu.metadata.columns import sort_column
from xiaolu.metadata.fields.choices import index_of
from xiaolu.metadata.fields.registry import field_type, has_sort_key
from xiaolu.metadata.model.entity import Entity, Field, Option
from xiaolu.metadata.model.workspace import Definitions, link_table_of, table_of
from xiaolu.metadata.planner.indexes import entity_indexes, link_indexes
from xiaolu.metadata.planner.model import Column, Layout, Table

CHOICES = frozenset({"single_select", "multi_select"})
"""Types whose columns hold keys of options."""
SYSTEM_TARGETS = ("member", "department", "file")
"""What a column may point to besides entities: tables of the same name."""

SYSTEM_COLUMNS = (
    Column("id", "uuid", is_required=True),
    Column("owner", "uuid", references="member"),
    Column("department", "uuid", references="department"),
    Column("created_by", "uuid"),
    Column("updated_by", "uuid"),
    Column("created_at", "timestamptz", is_required=True),
    Column("updated_at", "timestamptz", is_required=True),
    Column("deleted_at", "timestamptz"),
    Column("stage_since", "timestamptz"),
    Column("frozen_until", "timestamptz"),
    Column("version", "integer", is_required=True, default="1"),
    Column("process_version", "integer"),
    Column("stage", "text"),
    Column("search", "tsvector"),
)
"""Columns of every entity's table."""


def layout(definitions: Definitions) -> Layout:
    """Return the tables that hold what ``definitions`` describe."""
    tables = [table for entity in definitions.entities for table in _tables(definitions, entity)]
    return Layout({table.name: table for table in tables})


def is_link(field: Field) -> bool:
    """Tell whether the field's values lie in a table of links."""
    return field.type == "many_to_many"


def target_table(target: str) -> str:
    """Return the table that a reference leads to."""
    return target if target in SYSTEM_TARGETS else table_of(target)


def field_columns(field: Field) -> tuple[Column, ...]:
    """Return the columns that hold a field in its entity's table: none, one, or one with its companion."""
    storage = field_type(field.type).storage(field)
    if storage is None:
        return ()
    points = storage.references is not None and storage.type == "uuid"
    column = Column(
        field.key,
        storage.type,
        references=target_table(str(storage.references)) if points else None,
        field=field.key,
        kind=field.type,
    )
    if not has_sort_key(field):
        return (column,)
    return (column, Column(sort_column(field.key), 'text COLLATE "C"', field=field.key, kind="sort_key"))


def spoken_choices(field: Field, sets: Mapping[str, tuple[Option, ...]]) -> tuple[tuple[str, str], ...]:
    """Return what the options of a select are called, in lower case, with their keys; live ones win over retired ones."""
    return tuple(index_of(field_choices(field, sets)).spoken.items())


def _tables(definitions: Definitions, entity: Entity) -> list[Table]:
    columns = list(SYSTEM_COLUMNS)
    sets = {each.key: each.options for each in definitions.option_sets}
    if entity.parent:
        columns.append(Column("parent_id", "uuid", table_of(entity.parent), cascades=True, is_required=True))
        columns.append(Column("position", "integer", is_required=True, default="0"))
    columns.extend(
        replace(column, choices=spoken_choices(field, sets)) if column.kind in CHOICES else column
        for field in entity.fields
        for column in field_columns(field)
    )
    table = Table(
        name=table_of(entity.key),
        kind="child" if entity.parent else "entity",
        entity=entity.key,
        primary=("id",),
        columns={column.name: column for column in columns},
        indexes={index.name: index for index in entity_indexes(definitions, entity)},
    )
    return [table, *(_link_table(entity, field) for field in entity.fields if is_link(field))]


def _link_table(entity: Entity, field: Field) -> Table:
    name = link_table_of(entity.key, field.key)
    target = field_type(field.type).target(field)
    columns = (
        Column("source", "uuid", table_of(entity.key), cascades=True, is_required=True),
        Column("target", "uuid", target_table(str(target)), cascades=True, is_required=True),
        Column("position", "integer", is_required=True, default="0"),
    )
    return Table(
        name=name,
        kind="link",
        entity=entity.key,
        primary=("source", "target"),
        columns={column.name: column for column in columns},
        indexes={index.name: index for index in link_indexes(name)},
        field=field.key,
    )
