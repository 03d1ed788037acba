"""HTTP of lists, windows, aggregates, search, numbers and saved views."""

from typing import Annotated, Any

import msgspec
from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from xiaolu.access.context import Context
from xiaolu.metadata.model.view import Condition, Sort, View
from xiaolu.records.queries import service
from xiaolu.records.queries.model import AggregateQuery, Box, GroupBy, ListQuery, MapQuery, Selection, WindowQuery
from xiaolu.records.queries.schemas import (
    AggregateAnswer,
    AggregateBody,
    GroupAnswer,
    HitAnswer,
    MapAnswer,
    MapBody,
    NumberAnswer,
    NumbersAnswer,
    PageAnswer,
    QueryBody,
    SearchAnswer,
    SpotAnswer,
    ViewAnswer,
    ViewBody,
    ViewChangeBody,
    ViewsAnswer,
    WindowAnswer,
    WindowBody,
)
from xiaolu.records.queries.views import SavedView, ViewDraft

BodyWithView = QueryBody | WindowBody | AggregateBody | MapBody


async def _view_of(ctx: Context, body: BodyWithView) -> View | None:
    return None if body.view is None else await service.find_view(ctx, body.view)


def _selection(body: BodyWithView, view: View | None) -> Selection:
    given = [each for each in (view.filter if view else None, body.filter) if each is not None]
    condition = Condition(all_=tuple(given)) if len(given) > 1 else (given[0] if given else None)
    return Selection(filter=condition, search=body.search, is_deleted=not isinstance(body, MapBody) and body.deleted)


def _sort(body: QueryBody | WindowBody, view: View | None) -> tuple[Sort, ...]:
    return body.sort if body.sort is not None else (view.sort if view else ())


@post(
    "/records/{entity:str}/query",
    status_code=200,
    operation_id="queryRecords",
    summary="List records",
    tags=["records"],
)
async def query(ctx: NamedDependency[Context], entity: FromPath[str], data: JSONBody[QueryBody]) -> PageAnswer:
    """Return one page of the records that the person may read."""
    view = await _view_of(ctx, data)
    wanted = ListQuery(
        selection=_selection(data, view),
        sort=_sort(data, view),
        fields=data.fields,
        marks=data.marks,
        limit=data.limit,
        cursor=data.cursor,
        is_counted=data.count,
    )
    page = await service.query_records(ctx, entity, wanted)
    return PageAnswer(rows=page.rows, next=page.next, count=page.count)


@post(
    "/records/{entity:str}/window",
    status_code=200,
    operation_id="readRecordWindow",
    summary="Read rows of a list from an offset on",
    tags=["records"],
)
async def window(ctx: NamedDependency[Context], entity: FromPath[str], data: JSONBody[WindowBody]) -> WindowAnswer:
    """Return rows for a grid that is scrolled anywhere."""
    view = await _view_of(ctx, data)
    wanted = WindowQuery(
        selection=_selection(data, view),
        sort=_sort(data, view),
        fields=data.fields,
        marks=data.marks,
        offset=data.offset,
        limit=data.limit,
        is_counted=data.count,
        counted=data.counted,
    )
    page = await service.read_window(ctx, entity, wanted)
    return WindowAnswer(rows=page.rows, count=page.count)


@post(
    "/records/{entity:str}/aggregate",
    status_code=200,
    operation_id="aggregateRecords",
    summary="Count and sum records by group",
    tags=["records"],
)
async def aggregate(
    ctx: NamedDependency[Context], entity: FromPath[str], data: JSONBody[AggregateBody]
) -> AggregateAnswer:
    """Return figures per group."""
    view = await _view_of(ctx, data)
    wanted = AggregateQuery(
        selection=_selection(data, view),
        group=tuple(GroupBy(field=each.field, unit=each.unit) for each in data.group),
        measures=data.measures,
    )
    found = await service.aggregate_records(ctx, entity, wanted)
    groups = [GroupAnswer(keys=each.keys, labels=each.labels, values=each.values) for each in found.groups]
    return AggregateAnswer(groups=groups, cut=found.is_cut)


@post(
    "/records/{entity:str}/map",
    status_code=200,
    operation_id="mapRecords",
    summary="Records by place",
    tags=["records"],
)
async def map_records(ctx: NamedDependency[Context], entity: FromPath[str], data: JSONBody[MapBody]) -> MapAnswer:
    """Return records gathered into spots, for a map of any number of them."""
    view = await _view_of(ctx, data)
    query = MapQuery(
        selection=_selection(data, view),
        place=data.place,
        box=Box(*data.box),
        cells=data.cells,
        colour=data.colour,
    )
    found = await service.map_records(ctx, entity, query)
    return MapAnswer(
        spots=[
            SpotAnswer(lat=each.lat, lng=each.lng, count=each.count, id=each.id, value=each.value)
            for each in found.spots
        ],
        bounds=None if found.bounds is None else found.bounds.degrees,
        placed=found.placed,
        missing=found.missing,
    )


@get("/search", operation_id="search", summary="Search all records", tags=["records"])
async def search(
    ctx: NamedDependency[Context],
    q: Annotated[str, QueryParameter(max_length=200)],
    entity: Annotated[str | None, QueryParameter(max_length=40)] = None,
) -> SearchAnswer:
    """Return the records that hold every word of ``q``, best first."""
    hits = await service.search_records(ctx, q, entity)
    return SearchAnswer(hits=[msgspec.convert(each, HitAnswer, from_attributes=True) for each in hits])


@get("/numbers", operation_id="readNumbers", summary="Read the numbers of one's roles", tags=["records"])
async def numbers(ctx: NamedDependency[Context]) -> NumbersAnswer:
    """Return the person's numbers with their figures now."""
    found = await service.read_numbers(ctx)
    return NumbersAnswer(
        numbers=[
            NumberAnswer(
                key=each.number.key,
                label=each.number.label.text(ctx.language),
                value=each.value,
                unit=each.number.unit.text(ctx.language) if each.number.unit else None,
                share=each.number.of is not None,
                entity=each.number.entity,
                filter=each.filter,
                view=each.number.view,
            )
            for each in found
        ]
    )


def _answer(ctx: Context, saved: SavedView) -> ViewAnswer:
    view = saved.view
    return ViewAnswer(
        key=view.key,
        label=view.label.text(ctx.language),
        entity=view.entity,
        kind=view.kind,
        columns=view.columns,
        filter=view.filter,
        sort=view.sort,
        group=view.group,
        widths=view.widths,
        frozen=view.frozen,
        groups=view.groups,
        measures=view.measures,
        summary=view.summary,
        card=view.card,
        colours=view.colours,
        calendar=view.calendar,
        gallery=view.gallery,
        map=view.map,
        timeline=view.timeline,
        personal=True,
        mine=saved.owner_id == ctx.actor.id,
        shared=saved.is_shared,
    )


@get("/views", operation_id="listViews", summary="List saved views", tags=["views"])
async def list_views(
    ctx: NamedDependency[Context], entity: Annotated[str | None, QueryParameter(max_length=40)] = None
) -> ViewsAnswer:
    """Return one's own saved views and the shared ones."""
    return ViewsAnswer(views=[_answer(ctx, each) for each in await service.list_views(ctx, entity)])


@post("/views", operation_id="createView", summary="Save a view", tags=["views"])
async def create_view(ctx: NamedDependency[Context], data: JSONBody[ViewBody]) -> ViewAnswer:
    """Keep a view."""
    values = {name: getattr(data, name) for name in ViewDraft.__struct_fields__}
    return _answer(ctx, await service.create_view(ctx, data.entity, ViewDraft(**values), is_shared=data.shared))


@patch("/views/{key:str}", operation_id="updateView", summary="Change a saved view", tags=["views"])
async def update_view(ctx: NamedDependency[Context], key: FromPath[str], data: JSONBody[ViewChangeBody]) -> ViewAnswer:
    """Change what is named of a view."""
    changes: dict[str, Any] = {
        name: value for name in ViewDraft.__struct_fields__ if (value := getattr(data, name)) is not msgspec.UNSET
    }
    is_shared = None if data.shared is msgspec.UNSET else bool(data.shared)
    return _answer(ctx, await service.update_view(ctx, key, changes, is_shared=is_shared))


@delete("/views/{key:str}", operation_id="deleteView", summary="Remove a saved view", tags=["views"])
async def delete_view(ctx: NamedDependency[Context], key: FromPath[str]) -> None:
    """Remove a view."""
    await service.delete_view(ctx, key)


ROUTES = [
    Router(
        "/",
        route_handlers=[
            query,
            window,
            aggregate,
            map_records,
            search,
            numbers,
            list_views,
            create_view,
            update_view,
            delete_view,
        ],
    )
]
