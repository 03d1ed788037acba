"""HTTP of cells: paste, fill, and taking either back."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from xiaolu.access.context import Context
from xiaolu.records.cells.model import CellRow
from xiaolu.records.cells.service import change_cells
from xiaolu.records.schemas import Body, FailureOut, problem_out


class CellRowBody(Body, frozen=True, kw_only=True):
    """New cells of one record, as text that people write or as values; ``expected`` is what must still be there."""

    id: UUID
    texts: dict[str, str | None] = msgspec.field(default_factory=dict)
    values: dict[str, Any] = msgspec.field(default_factory=dict)
    expected: dict[str, Any] = msgspec.field(default_factory=dict)


class CellsBody(Body, frozen=True, kw_only=True):
    """Cells of many records; with ``all_or_nothing`` one refusal keeps everything as it was."""

    rows: list[CellRowBody]
    all_or_nothing: bool = True


class ChangedOut(msgspec.Struct, frozen=True):
    """A record that changed, with what its cells hold now."""

    id: UUID
    values: dict[str, Any]


class CellsOut(msgspec.Struct, frozen=True):
    """Which records changed, and which could not, with what stands against each of their cells."""

    written: bool
    changed: list[ChangedOut]
    failed: list[FailureOut]


@post(
    "/records/{entity:str}/cells",
    status_code=200,
    operation_id="changeCells",
    summary="Change cells of many records: paste, fill down, undo",
    tags=["records"],
)
async def cells(ctx: NamedDependency[Context], entity: FromPath[str], data: JSONBody[CellsBody]) -> CellsOut:
    """Write cells of many records in one transaction."""
    rows = [CellRow(each.id, each.texts, each.values, each.expected) for each in data.rows]
    result = await change_cells(ctx, entity, rows, is_all_or_nothing=data.all_or_nothing)
    failed = [FailureOut(each.id, [problem_out(one, ctx.language) for one in each.problems]) for each in result.failed]
    changed = [ChangedOut(key, dict(values)) for key, values in result.changed.items()]
    return CellsOut(written=result.is_written, changed=changed, failed=failed)


ROUTES: list[Any] = [cells]
