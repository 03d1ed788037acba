"""HTTP of obstacles."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import MediaType, Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from xiaolu.access.context import Context
from xiaolu.studio.obstacles import service
from xiaolu.studio.obstacles.model import Category, Count, Obstacle, Place, State

TAGS = ["Obstacles"]
PAGE = 50


class ReportBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What got in the way, and where."""

    category: Category
    text: str
    place: Place


class DecisionBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What becomes of a report."""

    state: State
    answer: str | None = None


class ObstaclesOut(msgspec.Struct, frozen=True, kw_only=True):
    """A page of reports, and how many there are by form and stage."""

    obstacles: list[Obstacle]
    counts: list[Count]
    next: UUID | None


@post("/obstacles", operation_id="reportObstacle", summary="Report what gets in the way", tags=TAGS)
async def report_obstacle(ctx: NamedDependency[Context], data: JSONBody[ReportBody]) -> Obstacle:
    """Tell those who build what got in the way."""
    return await service.report_obstacle(ctx, data.category, data.text, data.place)


@get("/obstacles/mine", operation_id="listOwnObstacles", summary="What one reported oneself", tags=TAGS)
async def list_own(ctx: NamedDependency[Context]) -> list[Obstacle]:
    """Return one's own reports with their answers."""
    return await service.list_own_obstacles(ctx, PAGE)


@get("/studio/obstacles", operation_id="listObstacles", summary="Reported obstacles", tags=TAGS)
async def list_obstacles(
    ctx: NamedDependency[Context],
    status: Annotated[State | None, QueryParameter(description="Only reports in this state")] = None,
    entity: Annotated[str | None, QueryParameter(max_length=40)] = None,
    before: Annotated[UUID | None, QueryParameter(description="Only reports before this one")] = None,
) -> ObstaclesOut:
    """Return reports, the newest first."""
    found = await service.list_obstacles(ctx, state=status, entity=entity, before=before, limit=PAGE + 1)
    return ObstaclesOut(
        obstacles=found[:PAGE],
        counts=list(await service.count_obstacles(ctx)),
        next=found[PAGE - 1].id if len(found) > PAGE else None,
    )


@patch("/studio/obstacles/{obstacle_id:uuid}", operation_id="decideObstacle", summary="Answer a report", tags=TAGS)
async def decide_obstacle(
    ctx: NamedDependency[Context], obstacle_id: FromPath[UUID], data: JSONBody[DecisionBody]
) -> Obstacle:
    """Say what becomes of a report; the reporter is told."""
    return await service.decide_obstacle(ctx, obstacle_id, data.state, data.answer)


@get(
    "/studio/obstacles.csv",
    operation_id="exportObstacles",
    summary="Reports as csv",
    tags=TAGS,
    media_type=MediaType.TEXT,
)
async def export_obstacles(ctx: NamedDependency[Context]) -> Response[str]:
    """Return all reports as csv."""
    text = await service.export_obstacles(ctx)
    return Response(
        text, media_type="text/csv", headers={"Content-Disposition": 'attachment; filename="obstacles.csv"'}
    )


ROUTES: list[Any] = [report_obstacle, list_own, list_obstacles, decide_obstacle, export_obstacles]
