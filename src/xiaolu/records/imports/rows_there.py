"""Records that exist get the rows of the file beside those that they have; a row that is there already is not added again."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.records.blueprint import blueprint_of
from xiaolu.records.imports.rows import ReadRow
from xiaolu.records.store.links import read_rows


async def add_to_rows_there(ctx: Context, entity: str, chosen: Sequence[tuple[UUID, ReadRow]]) -> None:
    """Put the rows that the records have in front of those that the file adds."""
    blueprint = blueprint_of(ctx.snapshot, entity)
    for part in blueprint.rows:
        giving = [(identifier, row) for identifier, row in chosen if part.key in row.origins]
        if not giving:
            continue
        child = blueprint_of(ctx.snapshot, part.target or "")
        files = {each.key for each in child.files}
        there = await read_rows(ctx, child, [identifier for identifier, _ in giving])
        for identifier, row in giving:
            _join(row, part.key, there.get(identifier, []), files)


def _join(row: ReadRow, key: str, there: Sequence[Mapping[str, Any]], files: Collection[str]) -> None:
    left = list(there)
    fresh: list[tuple[int | None, dict[str, Any]]] = []
    for origin, values in zip(row.origins[key], row.values[key], strict=True):
        telling = {name: value for name, value in values.items() if name not in files}
        same = next((each for each in left if all(each.get(name) == value for name, value in telling.items())), None)
        if same is None or not telling:
            fresh.append((origin, values))
        else:
            left.remove(same)
    row.values[key] = [*({"id": str(each["id"])} for each in there), *(values for _, values in fresh)]
    row.origins[key] = [*[None] * len(there), *(origin for origin, _ in fresh)]
