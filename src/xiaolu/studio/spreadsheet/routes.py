"""HTTP of apps from spreadsheets."""

from typing import Any
from uuid import UUID

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from xiaolu.access.context import Context
from xiaolu.files.storage import FileStorage
from xiaolu.studio.schemas import building as shapes
from xiaolu.studio.spreadsheet import service
from xiaolu.studio.spreadsheet.model import Proposal
from xiaolu.studio.spreadsheet.schemas import BuildOut, FilesBody, PlanBody, build_out

TAGS = ["Studio"]


@post("/studio/spreadsheets/read", operation_id="readSpreadsheets", summary="Guess an app from files", tags=TAGS,
      status_code=200)  # fmt: skip
async def read_spreadsheets(
    ctx: NamedDependency[Context], file_storage: NamedDependency[FileStorage], data: JSONBody[FilesBody]
) -> Proposal:
    """Return the app that uploaded spreadsheets seem to be, and what the guesses rest on. Changes nothing."""
    return await service.read_spreadsheets(ctx, file_storage, data.files, name=data.name)


@post("/studio/spreadsheets/plan", operation_id="planSpreadsheetApp", summary="What making the app would do", tags=TAGS,
      status_code=200)  # fmt: skip
async def plan_app(ctx: NamedDependency[Context], data: JSONBody[PlanBody]) -> shapes.PlanOut:
    """Return the steps and what stands in the way. Changes nothing."""
    plan, problems = await service.preview_app(ctx, data.plan)
    return shapes.PlanOut(
        steps=[shapes.step_out(each, ctx.language) for each in plan.steps],
        touches=[],
        problems=[shapes.problem_out(each, ctx.language) for each in problems],
    )


@post("/studio/spreadsheets", operation_id="buildSpreadsheetApp", summary="Make the app", tags=TAGS, status_code=202)
async def build_app(ctx: NamedDependency[Context], data: JSONBody[PlanBody]) -> BuildOut:
    """Publish the app and have the rows imported."""
    build = await service.build_app(ctx, data.plan, note=data.note)
    return build_out(build, [None for _ in build.steps], ctx.language)


@get("/studio/spreadsheets", operation_id="listSpreadsheetApps", summary="Apps made from spreadsheets", tags=TAGS)
async def list_builds(ctx: NamedDependency[Context]) -> list[BuildOut]:
    """Return the newest apps that were made from spreadsheets."""
    return [build_out(each, [None for _ in each.steps], ctx.language) for each in await service.list_builds(ctx)]


@get(
    "/studio/spreadsheets/{build_id:uuid}", operation_id="readSpreadsheetApp", summary="How far it has come", tags=TAGS
)
async def read_build(ctx: NamedDependency[Context], build_id: FromPath[UUID]) -> BuildOut:
    """Return how far the imports have come."""
    build, found = await service.read_build(ctx, build_id)
    return build_out(build, found, ctx.language)


@delete("/studio/spreadsheets/{build_id:uuid}", operation_id="undoSpreadsheetApp", summary="Take the app back", tags=TAGS,
        status_code=200)  # fmt: skip
async def undo_build(ctx: NamedDependency[Context], build_id: FromPath[UUID]) -> BuildOut:
    """Take the app and its rows out again."""
    build = await service.undo_build(ctx, build_id)
    return build_out(build, [None for _ in build.steps], ctx.language)


ROUTES: list[Any] = [read_spreadsheets, plan_app, build_app, list_builds, read_build, undo_build]
