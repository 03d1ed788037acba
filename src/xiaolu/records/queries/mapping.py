"""Records by place: gathered into squares by the database, so that a map of any number of them stays small."""

from math import isfinite

from xiaolu.access.context import Context
from xiaolu.kit.errors import Invalid
from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.sql import raw
from xiaolu.records.queries.model import Box, MapQuery, Spot, Spots
from xiaolu.records.queries.scope import open_scope
from xiaolu.records.queries.store.spots import Places, select_bounds, select_spots

MOST_CELLS = 60
MOST_SPOTS = 2_000


async def map_records(ctx: Context, entity: str, query: MapQuery) -> Spots:
    """Return the spots of a box that hold records which the person may read.

    Raises:
        Invalid: a filter, box or field that makes no sense, with a problem for each.
    """
    scope = open_scope(ctx, entity, query.selection)
    column = scope.source.column(query.place)
    problems: list[Problem] = []
    if isinstance(column, Problem):
        problems.append(column.under("place"))
    elif column.field.type.key != "location":
        problems.append(problem("query.not_a_place", "place", field=query.place))
    tint = None if query.colour is None else scope.source.column(query.colour)
    if isinstance(tint, Problem):
        problems.append(tint.under("colour"))
    elif tint is not None and tint.field.type.key != "single_select":
        problems.append(problem("query.not_a_choice", "colour", field=str(query.colour)))
    if not _is_sound(query.box):
        problems.append(problem("query.box", "box"))
    if not 1 <= query.cells <= MOST_CELLS:
        problems.append(problem("query.cells", "cells", most=MOST_CELLS))
    if problems or isinstance(column, Problem) or isinstance(tint, Problem):
        raise Invalid("query.invalid", problems)
    target = scope.ordered()
    places = Places(column.value, raw("NULL::text") if tint is None else tint.value)
    version = ctx.snapshot.version
    bounds = (await ctx.answers.fetch(ctx.uow, select_bounds(target, places), version))[0]
    spotted = select_spots(target, places, query.box, query.cells, MOST_SPOTS)
    rows = await ctx.answers.fetch(ctx.uow, spotted, version)
    spots = [Spot(row["lat"], row["lng"], row["count"], row["id"], row["value"]) for row in rows]
    if not bounds["placed"]:
        return Spots([], None, 0, bounds["missing"])
    around = Box(bounds["west"], bounds["south"], bounds["east"], bounds["north"])
    return Spots(spots, around, bounds["placed"], bounds["missing"])


def _is_sound(box: Box) -> bool:
    return (
        all(isfinite(each) for each in box.degrees)
        and -180 <= box.west < box.east <= 180
        and -90 <= box.south < box.north <= 90
    )
