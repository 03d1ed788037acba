"""Changes cells of many records in one go, each record under every rule, each refusal at its cell."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import require
from xiaolu.kit.errors import Invalid
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.model import FieldModel
from xiaolu.records.cells.model import CellResult, CellRow
from xiaolu.records.imports.batches import learn_names
from xiaolu.records.imports.model import SourceRow
from xiaolu.records.imports.naming import ImportNames
from xiaolu.records.imports.rows import MappedColumn, RowReader, holds_files, named_texts
from xiaolu.records.imports.service import WITHOUT_CELL
from xiaolu.records.model import Failure
from xiaolu.records.service.bulk import update_many
from xiaolu.records.service.surroundings import find_writable
from xiaolu.records.store.many_read import read_many

MOST_ROWS = 2_000
"""Records that one change may be about."""


class _Undone(Exception):
    """Takes back what was written, because something else was refused."""


async def change_cells(ctx: Context, entity: str, rows: Sequence[CellRow], *, is_all_or_nothing: bool) -> CellResult:
    """Write cells; texts are read as an import reads them.

    With ``is_all_or_nothing`` one refusal keeps every record as it was; otherwise records that refuse are listed, and
    the others are written.

    Raises:
        Invalid: too many records, or one of them twice.
    """
    require(ctx, entity, Operation.UPDATE)
    _check(rows)
    values, unread = await _read(ctx, entity, rows)
    expected = {each.id: each.expected for each in rows if each.expected}
    try:
        async with ctx.uow.savepoint():
            result = await _write(ctx, entity, (values, unread), expected)
            if result.failed and is_all_or_nothing:
                raise _Undone
            return await _with_values(ctx, entity, result, values)
    except _Undone:
        return CellResult(changed={}, failed=result.failed, is_written=False)


def _check(rows: Sequence[CellRow]) -> None:
    if len(rows) > MOST_ROWS:
        found = problem("cells.too_many", "rows", most=MOST_ROWS, count=len(rows))
        raise Invalid("cells.too_many", [found], most=MOST_ROWS, count=len(rows))
    if len({each.id for each in rows}) < len(rows):
        raise Invalid("cells.twice", [problem("cells.twice", "rows")])


Unread = dict[UUID, list[Problem]]


async def _read(ctx: Context, entity: str, rows: Sequence[CellRow]) -> tuple[dict[UUID, dict[str, Any]], Unread]:
    """Return each record's values, and what is wrong with cells that say nothing a field can hold."""
    columns = _columns(ctx, entity, rows)
    lines = [
        SourceRow(at, at, [each.texts.get(column.field.key) or None for column in columns])
        for at, each in enumerate(rows)
    ]
    names = ImportNames(ctx.snapshot, ZoneInfo(ctx.time_zone))
    await learn_names(ctx, names, named_texts(lines, columns))
    reader = RowReader(columns, names)
    values: dict[UUID, dict[str, Any]] = {}
    unread: Unread = {}
    for line, row in zip(lines, rows, strict=True):
        read = reader.read(line)
        if read.problems:
            unread[row.id] = read.problems
        refused = {str(each.path[1]) for each in read.problems}
        given = {key: read.values.get(key, text or None) for key, text in row.texts.items() if key not in refused}
        values[row.id] = given | dict(row.values)
    return values, unread


def _columns(ctx: Context, entity: str, rows: Sequence[CellRow]) -> list[MappedColumn]:
    """Return the fields whose texts can be read; the others are left for the write path to refuse."""
    model = ctx.snapshot.entities[entity]
    found: dict[str, FieldModel] = {}
    for key in dict.fromkeys(key for row in rows for key in row.texts):
        field = model.find(key)
        if field is None or field.type.is_computed or field.type.key in WITHOUT_CELL or holds_files(field):
            continue
        found[key] = field
    return [MappedColumn(at, key, key, field, {}) for at, (key, field) in enumerate(found.items())]


async def _write(
    ctx: Context,
    entity: str,
    read: tuple[dict[UUID, dict[str, Any]], Unread],
    expected: Mapping[UUID, Mapping[str, Any]],
) -> CellResult:
    values, unread = read
    changed: dict[UUID, Mapping[str, Any]] = {}
    failed: dict[UUID, list[Problem]] = {}
    for is_refused in (False, True):  # what cannot be read is refused anyway, and checked for the other reasons
        chosen = [(key, each) for key, each in values.items() if (key in unread) is is_refused]
        if not chosen:
            continue
        outcomes = await update_many(ctx, entity, chosen, expected=expected, is_dry_run=is_refused)
        for (key, _), outcome in zip(chosen, outcomes, strict=True):
            problems = [*unread.get(key, ()), *(outcome if isinstance(outcome, list) else ())]
            if problems:
                failed[key] = problems
            elif outcome is True:
                changed[key] = {}
    listed = [Failure(key, failed[key]) for key in values if key in failed]
    return CellResult(changed=changed, failed=listed, is_written=True)


async def _with_values(
    ctx: Context, entity: str, result: CellResult, given: Mapping[UUID, Mapping[str, Any]]
) -> CellResult:
    """Add what the changed cells hold now: what was given may have been written otherwise, and others may not see it."""
    blueprint = find_writable(ctx, entity)
    stored = await read_many(ctx, blueprint, list(result.changed))
    changed = {
        key: {
            each: blueprint.parts[each].dump(stored[key].values.get(each)) if each in blueprint.parts else None
            for each in given[key]
            if key in stored
            and (each == "owner" or (each in blueprint.parts and blueprint.parts[each].place != "rows"))
        }
        for key in result.changed
    }
    for key, values in changed.items():
        if "owner" in values:
            values["owner"] = str(stored[key].values["owner"])
    return CellResult(changed=changed, failed=result.failed, is_written=True)
