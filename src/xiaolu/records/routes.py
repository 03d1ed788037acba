"""HTTP of records: write, read one, history, duplicates, merge, bulk changes, moves."""

from typing import Annotated
from uuid import UUID

from litestar import delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from xiaolu.access.context import Context
from xiaolu.kit.errors import Invalid
from xiaolu.kit.problems import problem
from xiaolu.records import service
from xiaolu.records.model import FormState, History, Matches, Merge, MoveRequest, Record, Update
from xiaolu.records.schemas import (
    BulkBody,
    BulkDeleteBody,
    BulkOut,
    CreateBody,
    FormBody,
    MergeBody,
    MoveBody,
    MoveCheckOut,
    MovesOut,
    RelatedOut,
    UpdateBody,
    bulk_out,
    moves_out,
    problem_out,
)

TAGS = ["records"]
ONE = "/records/{entity:str}/{record_id:uuid}"


@post("/records/{entity:str}", operation_id="createRecord", summary="Create a record", tags=TAGS)
async def create(ctx: NamedDependency[Context], entity: FromPath[str], data: JSONBody[CreateBody]) -> Record:
    """Create a record and return it as its creator sees it."""
    return await service.create_record(ctx, entity, data.values, alone=True)


@get(ONE, operation_id="readRecord", summary="Read a record with the rows of its sub-tables", tags=TAGS)
async def read(ctx: NamedDependency[Context], entity: FromPath[str], record_id: FromPath[UUID]) -> Record:
    """Return a record, also one that lies in the recycle bin."""
    return await service.read_record(ctx, entity, record_id)


@patch(ONE, operation_id="updateRecord", summary="Change a record", tags=TAGS)
async def update(
    ctx: NamedDependency[Context], entity: FromPath[str], record_id: FromPath[UUID], data: JSONBody[UpdateBody]
) -> Record:
    """Change a record and return it as it then is."""
    change = Update(values=data.values, version=data.version)
    return await service.update_record(ctx, entity, record_id, change, alone=True)


@delete(ONE, operation_id="deleteRecord", summary="Put a record into the recycle bin", tags=TAGS)
async def remove(
    ctx: NamedDependency[Context],
    entity: FromPath[str],
    record_id: FromPath[UUID],
    version: Annotated[int | None, QueryParameter(ge=1, le=2**31 - 1)] = None,
) -> None:
    """Put a record into the recycle bin."""
    await service.delete_record(ctx, entity, record_id, version)


@post(
    f"{ONE}/restore", status_code=200, operation_id="restoreRecord", summary="Take a record out of the bin", tags=TAGS
)
async def restore(ctx: NamedDependency[Context], entity: FromPath[str], record_id: FromPath[UUID]) -> Record:
    """Take a record out of the recycle bin and return it."""
    return await service.restore_record(ctx, entity, record_id)


@delete(f"{ONE}/purge", operation_id="purgeRecord", summary="Delete a record of the bin for good", tags=TAGS)
async def purge(ctx: NamedDependency[Context], entity: FromPath[str], record_id: FromPath[UUID]) -> None:
    """Delete a record of the recycle bin for good."""
    await service.purge_record(ctx, entity, record_id)


@get(f"{ONE}/history", operation_id="readRecordHistory", summary="What happened to a record", tags=TAGS)
async def history(
    ctx: NamedDependency[Context],
    entity: FromPath[str],
    record_id: FromPath[UUID],
    before: Annotated[int | None, QueryParameter(ge=0, le=2**63 - 1)] = None,
) -> History:
    """Return a page of a record's events, newest first."""
    return await service.read_history(ctx, entity, record_id, before)


@get(f"{ONE}/related", operation_id="countRelatedRecords", summary="How many records lead to a record", tags=TAGS)
async def related(ctx: NamedDependency[Context], entity: FromPath[str], record_id: FromPath[UUID]) -> RelatedOut:
    """Return counts by relation."""
    return RelatedOut(await service.count_related(ctx, entity, record_id))


@get(f"{ONE}/moves", operation_id="listMoves", summary="Moves that lead on from a record's stage", tags=TAGS)
async def moves(ctx: NamedDependency[Context], entity: FromPath[str], record_id: FromPath[UUID]) -> MovesOut:
    """Return the possible moves, each with what it still lacks."""
    return moves_out(await service.list_moves(ctx, entity, record_id), ctx.language)


@post(f"{ONE}/move", status_code=200, operation_id="moveRecord", summary="Move a record to another stage", tags=TAGS)
async def move(
    ctx: NamedDependency[Context], entity: FromPath[str], record_id: FromPath[UUID], data: JSONBody[MoveBody]
) -> Record:
    """Move a record and return it as it then is."""
    request = MoveRequest(
        transition=data.transition, version=data.version, action=data.action, remark=data.remark, values=data.values
    )
    return await service.move_record(ctx, entity, record_id, request)


@post(
    f"{ONE}/move/check",
    status_code=200,
    operation_id="checkMove",
    summary="What would stand against a move",
    tags=TAGS,
)
async def check_move(
    ctx: NamedDependency[Context], entity: FromPath[str], record_id: FromPath[UUID], data: JSONBody[MoveBody]
) -> MoveCheckOut:
    """Decide a move with the values given so far, and write nothing."""
    request = MoveRequest(transition=data.transition, action=data.action, remark=data.remark, values=data.values)
    found = await service.check_move(ctx, entity, record_id, request)
    return MoveCheckOut(problems=[problem_out(each, ctx.language) for each in found])


@post(
    "/records/{entity:str}/bulk",
    status_code=200,
    operation_id="bulkUpdateRecords",
    summary="Change many records",
    tags=TAGS,
)
async def bulk(ctx: NamedDependency[Context], entity: FromPath[str], data: JSONBody[BulkBody]) -> BulkOut:
    """Give many records the same values."""
    chosen = data.ids if data.ids is not None else data.filter
    if chosen is None or (data.ids is not None and data.filter is not None):
        raise Invalid("bulk.ids_or_filter", [problem("bulk.ids_or_filter", "ids")])
    result = await service.bulk_update(ctx, entity, chosen, data.values, expect_count=data.expect_count)
    return bulk_out(result, ctx.language)


@post(
    "/records/{entity:str}/bulk-delete",
    status_code=200,
    operation_id="bulkDeleteRecords",
    summary="Put many records into the recycle bin",
    tags=TAGS,
)
async def bulk_delete(ctx: NamedDependency[Context], entity: FromPath[str], data: JSONBody[BulkDeleteBody]) -> BulkOut:
    """Put many records into the recycle bin."""
    return bulk_out(await service.bulk_delete(ctx, entity, data.ids), ctx.language)


@post(
    "/records/{entity:str}/duplicates",
    status_code=200,
    operation_id="findDuplicates",
    summary="Records that are likely the same",
    tags=TAGS,
)
async def duplicates(ctx: NamedDependency[Context], entity: FromPath[str], data: JSONBody[FormBody]) -> Matches:
    """Return the records that agree with the values in one of the entity's groups."""
    return await service.find_duplicates(ctx, entity, data.values, data.id)


@post(
    "/records/{entity:str}/evaluate",
    status_code=200,
    operation_id="evaluateForm",
    summary="What conditions make of a form's fields",
    tags=TAGS,
)
async def evaluate(ctx: NamedDependency[Context], entity: FromPath[str], data: JSONBody[FormBody]) -> FormState:
    """Return which fields a form shows and demands, which options it offers and what it tells."""
    return await service.evaluate_form(ctx, entity, data.values, data.id)


@post("/records/{entity:str}/merge", status_code=200, operation_id="mergeRecords", summary="Merge records", tags=TAGS)
async def merge(ctx: NamedDependency[Context], entity: FromPath[str], data: JSONBody[MergeBody]) -> Record:
    """Merge records and return the one that stays."""
    wanted = Merge(keep=data.keep.id, version=data.keep.version, absorb=tuple(data.absorb), values=data.values)
    return await service.merge_records(ctx, entity, wanted)


ROUTES = [
    create, read, update, remove, restore, purge, history, related, moves, move, check_move, bulk, bulk_delete, duplicates, evaluate, merge,
]  # fmt: skip
