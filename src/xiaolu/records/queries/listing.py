"""Lists: a page by cursor, a window by offset, a count."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from xiaolu.access.context import Context
from xiaolu.kit.db import Row
from xiaolu.kit.errors import Invalid
from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.sql import Sql, join
from xiaolu.metadata.model.view import Condition, Sort
from xiaolu.records.blueprint import blueprint_of
from xiaolu.records.model import Can, Record
from xiaolu.records.queries.cursor import Position, order_mark, read_cursor, write_cursor
from xiaolu.records.queries.model import LONGEST_PAGE, ListQuery, Page, Selection, WindowQuery
from xiaolu.records.queries.scope import Scope, compile_marks, open_scope
from xiaolu.records.queries.store.anchors import STEP, anchors_of
from xiaolu.records.queries.store.rows import (
    FEW,
    MARKS,
    Place,
    count_rows,
    few_of,
    mark_columns,
    read_rows,
    select_list,
    sort_columns,
    sort_values,
)
from xiaolu.records.queries.store.sorting import Order, read_order
from xiaolu.records.shaping import Shaper, wanted_titles
from xiaolu.records.store.titles import load_titles


async def query_records(ctx: Context, entity: str, query: ListQuery) -> Page:
    """Return one page of the records that the person may read.

    Raises:
        Invalid: a filter, sort key or cursor that makes no sense, with a problem for each.
    """
    _check_limit(query.limit)
    scope = open_scope(ctx, entity, query.selection)
    order = order_of(scope, query.sort)
    mark = order_mark(order.mark)
    position = None
    if query.cursor:
        position = read_cursor(query.cursor, mark, [each.cast for each in order.keys])
        if position is None:
            raise Invalid("query.invalid", [problem("query.cursor_invalid", "cursor")])
    count = await count_scope(ctx, scope) if query.is_counted else None
    place = Place(None if position is None else position.values, query.limit + 1)
    wanted = Wanted(query.fields, marks_of(scope, query.marks))
    rows = await _read(ctx, scope, order, place, wanted=wanted, count=count)
    following = None
    if len(rows) > query.limit:
        rows = rows[: query.limit]
        following = write_cursor(Position(sort_values(order, rows[-1])), mark)
    return Page(await shape_rows(ctx, scope, rows), following, count)


async def read_window(ctx: Context, entity: str, query: WindowQuery) -> Page:
    """Return the rows from an offset on; far offsets are reached through anchors.

    Raises:
        Invalid: a filter or sort key that makes no sense, with a problem for each.
    """
    _check_limit(query.limit)
    if not 0 <= query.offset < 2**62:
        raise Invalid("query.invalid", [problem("query.offset", "offset")])
    scope = open_scope(ctx, entity, query.selection)
    order = order_of(scope, query.sort)
    count = await count_scope(ctx, scope) if query.is_counted else None
    wanted = Wanted(query.fields, marks_of(scope, query.marks))
    place = Place(None, query.limit, query.offset)
    if query.offset > STEP and (count is None or query.offset < count):
        known = query.counted if count is None else count
        anchors = await anchors_of(ctx, scope.ordered(), order, count=known)
        position, skip = anchors.before(query.offset)
        place = Place(position, query.limit, skip)
    rows = await _read(ctx, scope, order, place, wanted=wanted, count=count)
    return Page(await shape_rows(ctx, scope, rows), None, count)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is read of each row: fields (None: all), and which conditions hold for it."""

    fields: Sequence[str] | None
    marks: Sequence[Sql] = ()


def marks_of(scope: Scope, marks: Sequence[Condition]) -> list[Sql]:
    """Return the compiled conditions, or raise ``Invalid`` with their problems."""
    found = compile_marks(scope, marks)
    problems = [each for each in found if isinstance(each, Problem)]
    if problems:
        raise Invalid("query.invalid", problems)
    return [each for each in found if not isinstance(each, Problem)]


async def count_records(ctx: Context, entity: str, selection: Selection) -> int:
    """Return how many records of a selection the person may read."""
    return await count_scope(ctx, open_scope(ctx, entity, selection))


async def count_scope(ctx: Context, scope: Scope) -> int:
    """Return how many records a compiled selection holds."""
    rows = await ctx.answers.fetch(ctx.uow, count_rows(scope.target), ctx.snapshot.version)
    return int(rows[0][0])


def order_of(scope: Scope, sort: Sequence[Sort]) -> Order:
    """Return the order, or raise ``Invalid`` with the problems of the sort keys."""
    order = read_order(scope.source, sort, scope.names)
    if isinstance(order, list):
        raise Invalid("query.invalid", order)
    return order


async def shape_rows(ctx: Context, scope: Scope, rows: Sequence[Row]) -> list[Record]:
    """Return rows as the records that the person may see, with the names of what their values point to."""
    blueprint = blueprint_of(ctx.snapshot, scope.model.key)
    documents = [part.key for part in blueprint.stored if part.is_json]
    shaped: Sequence[Any] = rows if not documents else [_decoded(row, documents) for row in rows]
    titles = await load_titles(ctx, wanted_titles(blueprint.parts.values(), shaped))
    shaper = Shaper(blueprint, scope.source.decision, ctx.language)
    records = [shaper.shape(row, titles, Can(row["can_update"], row["can_delete"], row["can_move"])) for row in shaped]
    marked = [(each, row.get(MARKS)) for each, row in zip(records, rows, strict=True)]
    return [each if marks is None else msgspec.structs.replace(each, marks=list(marks)) for each, marks in marked]


def _decoded(row: Row, documents: Sequence[str]) -> dict[str, Any]:
    values = dict(row.items())
    for key in documents:
        if isinstance(values.get(key), str):
            values[key] = msgspec.json.decode(values[key])
    return values


async def _read(
    ctx: Context, scope: Scope, order: Order, place: Place, *, wanted: Wanted, count: int | None
) -> list[Row]:
    """Read rows; ``count`` is how many the list has, if that is known."""
    if count == 0:
        return []
    columns = join(", ", [select_list(scope.source, wanted.fields), sort_columns(order), *mark_columns(wanted.marks)])
    target = scope.ordered()
    return await read_rows(ctx.uow, target if count is None or count > FEW else few_of(target), columns, order, place)


def _check_limit(limit: int) -> None:
    if not 1 <= limit <= LONGEST_PAGE:
        raise Invalid("query.invalid", [problem("query.limit", "limit", most=LONGEST_PAGE)])
