"""Compares two layouts: which operations lead from one to the other. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from xiaolu.metadata.computed import COMPUTED
from xiaolu.metadata.planner.casting import SAME, SORT_KEY, cast_between
from xiaolu.metadata.planner.model import (
    RANK,
    AddColumn,
    AddReference,
    Aside,
    BringColumnBack,
    BringTableBack,
    CastColumn,
    Column,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropIndex,
    Layout,
    Operation,
    SetColumnAside,
    SetTableAside,
    Table,
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a comparison needs to know besides the two layouts."""

    version: int
    """Version of the definitions that the change leads to; names of things set aside carry it."""
    asides: Sequence[Aside] = ()


def compare(before: Layout, after: Layout, around: Surroundings) -> list[Operation]:
    """Return the operations that turn ``before`` into ``after``, in an order in which they can be done."""
    found: list[Operation] = []
    for name, table in before.tables.items():
        wanted = after.tables.get(name)
        if wanted is None or not _is_same_table(table, wanted):
            found.extend(DropIndex(index) for index in table.indexes.values())
            found.append(SetTableAside(table, aside_name(around.version, name)))
    for name, wanted in after.tables.items():
        was = before.tables.get(name)
        if was is not None and _is_same_table(was, wanted):
            found.extend(_compare_table(was, wanted, around))
        else:
            found.extend(_make_table(wanted, around))
    return sorted(found, key=lambda operation: RANK[type(operation)])


def aside_name(version: int, name: str) -> str:
    """Return what a table or column is called while it is set aside."""
    return f"_{version}_{name}"


def _is_same_table(one: Table, other: Table) -> bool:
    def points(table: Table) -> list[str | None]:
        return [table.columns[name].references for name in ("parent_id", "source", "target") if name in table.columns]

    return (one.kind, points(one)) == (other.kind, points(other))


def _make_table(wanted: Table, around: Surroundings) -> list[Operation]:
    kept = [each for each in around.asides if each.table == wanted.name and each.column is None and each.shape]
    latest = max(kept, key=lambda each: each.version, default=None)
    if latest is None or latest.shape is None or not _is_same_table(latest.shape, wanted):
        return [CreateTable(wanted)]
    bare = replace(
        latest.shape,
        name=wanted.name,
        indexes={},
        columns={name: replace(column, references=None) for name, column in latest.shape.columns.items()},
    )
    there = [replace(each, table=wanted.name) for each in around.asides if each.table == latest.name and each.column]
    around = replace(around, asides=there)
    pointing = [column for column in wanted.columns.values() if column.references and column.name in bare.columns]
    return [BringTableBack(bare, latest.name), *_compare_table(bare, wanted, around, pointing=pointing)]


def _compare_table(
    old: Table, new: Table, around: Surroundings, *, pointing: Sequence[Column] = ()
) -> Iterator[Operation]:
    bare = {column.name: column for column in pointing}
    rebuilt: set[str] = set()
    for name, column in old.columns.items():
        if name not in new.columns:
            yield _put_away(old.name, column, around)
    for name, column in new.columns.items():
        was = old.columns.get(name)
        if was is None:
            yield from _add(new.name, column, around)
            continue
        if name in bare:
            was = replace(was, references=column.references)
        using = cast_between(was, column)
        if using is None:
            rebuilt.add(name)
            yield _put_away(new.name, was, around)
            yield from _add(new.name, column, around)
        elif using != SAME or was.type != column.type:
            rebuilt.add(name)
            yield _cast(new.name, was, column, using, around)
        if name in bare and name not in rebuilt:
            yield AddReference(new.name, column)
    yield from _compare_indexes(old, new, rebuilt)


def _put_away(table: str, column: Column, around: Surroundings) -> Operation:
    if column.kind == SORT_KEY or column.kind in COMPUTED:
        return DropColumn(table, column)
    return SetColumnAside(table, column, aside_name(around.version, column.name))


def _add(table: str, column: Column, around: Surroundings) -> Iterator[Operation]:
    latest = max(_kept(table, column, around), key=lambda each: each.version, default=None)
    if latest is None:
        yield AddColumn(table, column)
        return
    yield BringColumnBack(table, replace(column, references=None), latest.name)
    if column.references is not None:
        yield AddReference(table, column)


def _cast(table: str, was: Column, column: Column, using: str, around: Surroundings) -> CastColumn:
    origins = [each for each in _kept(table, column, around) if each.using is not None and each.became == was.type]
    origin = max(origins, key=lambda each: each.version, default=None)
    return CastColumn(
        table=table,
        old=was,
        new=column,
        using=using,
        aside=aside_name(around.version, column.name),
        origin=origin.name if origin else None,
        origin_using=origin.using if origin else None,
    )


def _kept(table: str, column: Column, around: Surroundings) -> list[Aside]:
    wanted = (table, column.name, column.type, column.kind, column.references)
    return [
        each for each in around.asides if (each.table, each.column, each.type, each.kind, each.references) == wanted
    ]


def _compare_indexes(old: Table, new: Table, rebuilt: set[str]) -> Iterator[Operation]:
    for name, index in old.indexes.items():
        if new.indexes.get(name) != index or rebuilt & set(index.columns):
            yield DropIndex(index)
    for name, index in new.indexes.items():
        if old.indexes.get(name) != index or rebuilt & set(index.columns):
            yield CreateIndex(index)
