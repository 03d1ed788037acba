"""HTTP of sharing a record, and of why somebody can or cannot see it."""

from typing import Any
from uuid import UUID

from litestar import delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from xiaolu.access.context import Context
from xiaolu.access.schemas.sharing import (
    AccessOut,
    SeenBody,
    SeenOut,
    ShareBody,
    SharesOut,
    access_out,
    share_out,
)
from xiaolu.access.service import explanations, shares
from xiaolu.access.service.explanations import explain_access
from xiaolu.access.service.shares import ShareTarget

TAGS = ["Access"]


@get(
    "/records/{entity:str}/{record_id:uuid}/access",
    operation_id="explainAccess",
    summary="What a person may do with a record, and why",
    tags=TAGS,
)
async def explain(
    ctx: NamedDependency[Context],
    entity: FromPath[str],
    record_id: FromPath[UUID],
    *,
    member: FromQuery[UUID | None] = None,
) -> AccessOut:
    """Explain it for ``member``, or for the asker where none is named."""
    return access_out(await explain_access(ctx, entity, record_id, member_id=member))


@get(
    "/records/{entity:str}/{record_id:uuid}/shares",
    operation_id="listShares",
    summary="With whom a record is shared",
    tags=TAGS,
)
async def list_shares(ctx: NamedDependency[Context], entity: FromPath[str], record_id: FromPath[UUID]) -> SharesOut:
    """Return the shares of a record that the asker may read."""
    return SharesOut([share_out(row) for row in await shares.list_shares(ctx, entity, record_id)])


@put(
    "/records/{entity:str}/{record_id:uuid}/shares",
    operation_id="shareRecord",
    summary="Share a record with a member or department",
    tags=TAGS,
)
async def share(
    ctx: NamedDependency[Context], entity: FromPath[str], record_id: FromPath[UUID], data: JSONBody[ShareBody]
) -> SharesOut:
    """Share a record that the asker may change, or change how far it is shared; answers all its shares."""
    target = ShareTarget(member_id=data.member, department_id=data.department)
    await shares.share_record(ctx, entity, record_id, target, access=data.access)
    return SharesOut([share_out(row) for row in await shares.list_shares(ctx, entity, record_id)])


@delete(
    "/records/{entity:str}/{record_id:uuid}/shares",
    operation_id="unshareRecord",
    summary="End a share",
    tags=TAGS,
)
async def unshare(
    ctx: NamedDependency[Context],
    entity: FromPath[str],
    record_id: FromPath[UUID],
    *,
    member: FromQuery[UUID | None] = None,
    department: FromQuery[UUID | None] = None,
) -> None:
    """End the share with this member or department."""
    await shares.unshare_record(ctx, entity, record_id, ShareTarget(member_id=member, department_id=department))


@post(
    "/records/{entity:str}/access/seen",
    status_code=200,
    operation_id="listSeen",
    summary="Which of some records a member sees",
    tags=TAGS,
)
async def list_seen(ctx: NamedDependency[Context], entity: FromPath[str], data: JSONBody[SeenBody]) -> SeenOut:
    """Answer it for whoever manages members."""
    return SeenOut(sorted(await explanations.list_seen(ctx, entity, data.member, data.ids)))


ROUTES: list[Any] = [list_seen, explain, list_shares, share, unshare]
