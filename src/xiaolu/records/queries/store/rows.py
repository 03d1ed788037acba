"""The statements that read rows: a page of a list, its count, and the select list behind both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from xiaolu.access.model import Operation
from xiaolu.access.policy import decide
from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.sql import FALSE, TRUE, Sql, all_of, compose, ident, join, param, raw, uuids
from xiaolu.metadata.model.access import FieldAccess
from xiaolu.metadata.model.entity import SYSTEM_FIELDS
from xiaolu.metadata.model.workspace import link_table_of
from xiaolu.records.queries.store.columns import Source
from xiaolu.records.queries.store.sorting import Order, stretches

MARKS = "marks:"
"""The column with the positions of the conditions that hold; no field can be called so."""
FLAGS = (Operation.UPDATE, Operation.DELETE, Operation.MOVE)


@dataclass(frozen=True, slots=True)
class Target:
    """What is read: FROM clause and WHERE condition with the person's permission in it."""

    relation: Sql
    where: Sql


FEW = 1_000
"""A target of at most so many rows is found first and sorted then."""


def few_of(target: Target) -> Target:
    """Return the same rows in a form in which PostgreSQL finds them first and sorts them then.

    With a LIMIT it likes to walk an index in the wanted order until enough rows have passed the condition: where few or
    none do, because of what the conditions have to do with each other, it walks through all of the table.
    """
    where = compose(
        "r.id = ANY(ARRAY(SELECT r.id FROM {relation} WHERE {where}))", relation=target.relation, where=target.where
    )
    return Target(target.relation, where)


@dataclass(frozen=True, slots=True)
class Place:
    """Where reading begins: behind a position (None: at the beginning), some rows further on; and how many are read."""

    position: Sequence[Any] | None
    limit: int
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Slice:
    """Which rows of a stretch: its condition, how many are taken, how many are skipped before."""

    condition: Sql | None
    limit: int
    skip: int = 0


def target_of(source: Source, conditions: Sequence[Sql], *, is_deleted: bool) -> Target:
    """Join the conditions of a selection with the permission to read; resolve every path of the conditions before."""
    place = raw("r.deleted_at IS NOT NULL" if is_deleted else "r.deleted_at IS NULL")
    return Target(source.relation(), all_of([place, source.decision.predicate, *conditions]))


def select_list(source: Source, fields: Sequence[str] | None) -> Sql:
    """Return the columns of a record: system columns, the wanted fields that the person may see, and what may be done."""
    items = [ident("r", key) for key in (*SYSTEM_FIELDS, "process_version")]
    for key, field in source.model.fields.items():
        if source.decision.fields.get(key, FieldAccess.HIDDEN) is FieldAccess.HIDDEN:
            continue
        if fields is not None and key not in fields and key != source.model.definition.title:
            continue
        if field.storage is not None:
            items.append(ident("r", key))
        elif field.type.key != "sub_table":
            table = ident(link_table_of(source.model.key, key))
            items.append(
                compose(
                    "ARRAY(SELECT l.target FROM {table} l WHERE l.source = r.id ORDER BY l.position) AS {key}",
                    table=table,
                    key=ident(key),
                )
            )
    return join(", ", [*items, *flags(source)])


def flags(source: Source) -> list[Sql]:
    """Return what the person may do with each row, as columns; a condition that is the reader's own is TRUE here."""
    found = []
    for operation in FLAGS:
        ctx = source.ctx
        decision = decide(ctx.actor, ctx.snapshot, source.model.key, operation, now=ctx.now, time_zone=ctx.time_zone)
        condition = decision.predicate if decision.allowed else FALSE
        if condition == source.decision.predicate:
            condition = TRUE
        found.append(compose("({condition}) AS {name}", condition=condition, name=ident(f"can_{operation.value}")))
    return found


def mark_columns(marks: Sequence[Sql]) -> list[Sql]:
    """Return the positions of the conditions that hold for a row, as one column; none where none is asked."""
    if not marks:
        return []
    tests = join(
        ", ",
        [compose(f"CASE WHEN {{condition}} THEN {at}::integer END", condition=each) for at, each in enumerate(marks)],
    )
    return [compose("array_remove(ARRAY[{tests}], NULL) AS {name}", tests=tests, name=ident(MARKS))]


def sort_columns(order: Order) -> Sql:
    """Return the sort values as columns ``sort:0`` …, for the cursor."""
    return join(
        ", ",
        [compose("{value} AS {name}", value=key.value, name=ident(f"sort:{at}")) for at, key in enumerate(order.keys)],
    )


def sort_values(order: Order, row: Row) -> tuple[Any, ...]:
    """Return the position of a row."""
    return tuple(row[f"sort:{at}"] for at in range(len(order.keys)))


def select_rows(target: Target, columns: Sql, order: Order, piece: Slice) -> Sql:
    """Return the statement for one stretch of a list in its order.

    The limit is part of the text: a plan for any number of rows would be one for a tenth of the table.
    """
    return compose(
        "SELECT {columns} FROM {relation} WHERE {where} ORDER BY {order} LIMIT {limit}{offset}",
        columns=columns,
        relation=target.relation,
        where=_where(target, piece.condition),
        order=order.clause(),
        limit=raw(str(piece.limit)),
        offset=compose(" OFFSET {offset}", offset=param(piece.skip, "bigint")) if piece.skip else raw(""),
    )


def select_cells(target: Target, values: Sequence[Sql], order: Order) -> Sql:
    """Return the statement for all rows of a target in order, with just these values."""
    return compose(
        "SELECT {values} FROM {relation} WHERE {where} ORDER BY {order}",
        values=join(
            ", ", [compose("{value} AS {name}", value=each, name=ident(f"c{at}")) for at, each in enumerate(values)]
        ),
        relation=target.relation,
        where=target.where,
        order=order.clause(),
    )


def select_children(target: Target, values: Sequence[Sql], parents: Sequence[UUID]) -> Sql:
    """Return the statement for the rows that records have in a sub-table, in the order of the records: the record, then the values."""
    return compose(
        "SELECT r.parent_id, {values} FROM {relation} WHERE {where} AND r.parent_id = ANY({parents}) "
        "ORDER BY array_position({parents}, r.parent_id), r.position, r.id",
        values=join(
            ", ", [compose("{value} AS {name}", value=each, name=ident(f"c{at}")) for at, each in enumerate(values)]
        ),
        relation=target.relation,
        where=target.where,
        parents=uuids(parents),
    )


def count_rows(target: Target) -> Sql:
    """Return the statement that counts a target."""
    return compose("SELECT count(*) FROM {relation} WHERE {where}", relation=target.relation, where=target.where)


def _where(target: Target, condition: Sql | None) -> Sql:
    return target.where if condition is None else all_of([target.where, condition])


async def read_rows(uow: UnitOfWork, target: Target, columns: Sql, order: Order, place: Place) -> list[Row]:
    """Read rows in order from a place on, over the stretches of the order.

    A stretch that yields nothing is measured when rows are still to be skipped, since the next one skips only the rest.
    """
    found: list[Row] = []
    skip = place.skip
    stretched = list(stretches(order, place.position))
    for at, condition in enumerate(stretched):
        piece = Slice(condition, place.limit - len(found), skip)
        rows = await uow.fetch(select_rows(target, columns, order, piece))
        found.extend(rows)
        if len(found) >= place.limit or at == len(stretched) - 1:
            break
        skip = 0 if rows or not skip else skip - await _measure(uow, target, condition, skip)
    return found


async def _measure(uow: UnitOfWork, target: Target, condition: Sql | None, most: int) -> int:
    statement = compose(
        "SELECT count(*) FROM (SELECT FROM {relation} WHERE {where} LIMIT {most}) passed",
        relation=target.relation,
        where=_where(target, condition),
        most=param(most, "bigint"),
    )
    return int(await uow.fetch_value(statement))
