"""HTTP of processes for those who build."""

from typing import Annotated, Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, PathParameter

from xiaolu.access.context import Context
from xiaolu.metadata.publishing.moving import VersionMove
from xiaolu.studio.processes import schemas, service

TAGS = ["Studio"]
Number = Annotated[int, PathParameter(ge=1, le=2**31 - 1, description="Of a version of the process")]


@get("/studio/processes/{key:str}/running", operation_id="readRunning", summary="Where records run", tags=TAGS)
async def read_running(ctx: NamedDependency[Context], key: FromPath[str]) -> schemas.RunningOut:
    """Return the versions of a process that records run on, and how many are in each stage."""
    return await service.count_running(ctx, key)


@post(
    "/studio/processes/{key:str}/versions/{number:int}/move",
    operation_id="moveRunning",
    summary="Move records to the present version of their process",
    tags=TAGS,
    status_code=200,
)
async def move_running(
    ctx: NamedDependency[Context], key: FromPath[str], number: Number, data: JSONBody[schemas.VersionMoveBody]
) -> schemas.VersionMovedOut:
    """Take records of a former version to the present one; each leaves an event with who and why."""
    wanted = VersionMove(number=number, stages=data.stages, moves=data.moves, remark=data.reason)
    moved = await service.move_running(ctx, key, wanted)
    return schemas.VersionMovedOut(records=moved.records, queued=moved.is_queued)


ROUTES: list[Any] = [read_running, move_running]
