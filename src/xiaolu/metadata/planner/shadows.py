"""Shadow columns: how a column of a large table changes its type while others keep writing.

A second column is filled in batches while a trigger copies every write; when it is complete the two change places.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from xiaolu.kit.sql import Sql, compose, ident, raw
from xiaolu.metadata.model.workspace import fitting_name
from xiaolu.metadata.planner import ddl, rows
from xiaolu.metadata.planner.model import AddColumn, CastColumn, Index


def shadow_name(name: str) -> str:
    """Return what the successor of a column or index is called until it takes the name."""
    return f"_s_{name}"


def on_shadow(index: Index, casts: Collection[tuple[str, str]]) -> Index:
    """Return an index to be built on shadow columns, to take the index's name when they take the columns' names."""
    keys = index.keys
    for table, column in casts:
        if table == index.table:
            keys = tuple(key.replace(f'"{column}"', f'"{shadow_name(column)}"') for key in keys)
    return replace(index, name=shadow_name(index.name), keys=keys)


def start_statements(operation: CastColumn) -> Iterator[Sql]:
    """Add the shadow column and the trigger that keeps it right. Repeatable."""
    yield from drop_statements(operation)
    shadow = replace(operation.new, name=shadow_name(operation.new.name))
    yield from ddl.statements(AddColumn(operation.table, shadow))
    value = rows.cast_value(operation, source=operation.old.name, row="NEW").render()[0]
    body = f"BEGIN NEW.{ident(shadow.name).render()[0]} := {value}; RETURN NEW; END"
    yield compose(
        "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {body}",
        name=ident(_trigger(operation)),
        body=raw(f"$shadow${body}$shadow$"),
    )
    yield compose(
        "CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF {column} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        name=ident(_trigger(operation)),
        column=ident(operation.old.name),
        table=ident(operation.table),
    )


def swap_statements(operation: CastColumn) -> Iterator[Sql]:
    """Put the complete shadow in the column's place and the column aside."""
    yield from _drop_trigger(operation)
    yield from ddl.set_column_aside(operation.table, operation.old, operation.aside)
    shadow = shadow_name(operation.new.name)
    yield ddl.rename_column(operation.table, shadow, operation.new.name)
    if operation.new.references is not None:
        yield compose(
            "ALTER TABLE {table} RENAME CONSTRAINT {before} TO {after}",
            table=ident(operation.table),
            before=ident(ddl.reference_name(shadow)),
            after=ident(ddl.reference_name(operation.new.name)),
        )


def drop_statements(operation: CastColumn) -> Iterator[Sql]:
    """Give the shadow up."""
    yield from _drop_trigger(operation)
    yield compose(
        "ALTER TABLE {table} DROP COLUMN IF EXISTS {column}",
        table=ident(operation.table),
        column=ident(shadow_name(operation.new.name)),
    )


def _drop_trigger(operation: CastColumn) -> Iterator[Sql]:
    yield compose(
        "DROP TRIGGER IF EXISTS {name} ON {table}", name=ident(_trigger(operation)), table=ident(operation.table)
    )
    yield compose("DROP FUNCTION IF EXISTS {name}()", name=ident(_trigger(operation)))


def _trigger(operation: CastColumn) -> str:
    return shadow_name(fitting_name(f"{operation.table}${operation.new.name}"))
