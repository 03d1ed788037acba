"""HTTP of processes for those who build."""

from typing import Annotated, Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, PathParameter

from xiaolu.access.context import Context
from xiaolu.metadata.publishing.moving import VersionMove
from xiaolu.studio.processes import schemas, service
from xiaolu.studio.processes.telling import tell_walk
from xiaolu.studio.processes.walk_schemas import WalkBody, WalkOut
from xiaolu.studio.processes.walking import walk_process

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


@post(
    "/studio/processes/{key:str}/simulate",
    operation_id="walkProcess",
    summary="Walk a record through a process of the draft",
    tags=TAGS,
    status_code=200,
)
async def walk(ctx: NamedDependency[Context], key: FromPath[str], data: JSONBody[WalkBody]) -> WalkOut:
    """Take a real or made-up record through the steps given, as a role, at a time; nothing is written."""
    return await tell_walk(ctx, await walk_process(ctx, key, data))


ROUTES: list[Any] = [read_running, move_running, walk]
