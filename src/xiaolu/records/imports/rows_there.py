"""Records that exist get the rows of the file beside those that they have; a row that is there already is not added again.

A row that is there is known by its cells, one of files alone by its files. Where the file brings other files for it, they
take the place of those that it has, as they do on the record itself.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.records.blueprint import blueprint_of
from xiaolu.records.imports.along import FilesAlong, SameFiles
from xiaolu.records.imports.rows import ReadRow
from xiaolu.records.store.links import read_rows

Row = Mapping[str, Any]


async def add_to_rows_there(
    ctx: Context, entity: str, chosen: Sequence[tuple[UUID, ReadRow]], along: FilesAlong | None
) -> None:
    """Put the rows that the records have in front of those that the file adds."""
    blueprint = blueprint_of(ctx.snapshot, entity)
    for part in blueprint.rows:
        giving = [(identifier, row) for identifier, row in chosen if part.key in row.origins]
        if not giving:
            continue
        child = blueprint_of(ctx.snapshot, part.target or "")
        files = {each.key for each in child.files}
        there = await read_rows(ctx, child, [identifier for identifier, _ in giving])
        is_same: SameFiles = lambda before, brought: False  # noqa: ARG005, E731
        if along is not None and files:
            held = (each.get(name) for rows in there.values() for each in rows for name in files)
            is_same = await along.comparison(ctx, held)
        for identifier, row in giving:
            _join(row, part.key, there.get(identifier, []), _Match(files, is_same))


class _Match:
    """Which row that is there a row of the file is about."""

    def __init__(self, files: Collection[str], is_same: SameFiles) -> None:
        self._files = files
        self._is_same = is_same

    def find(self, values: Row, left: Sequence[Row]) -> Row | None:
        """Return the row with the same cells, best one with the same files as well."""
        telling = {name: value for name, value in values.items() if name not in self._files}
        alike = [each for each in left if all(each.get(name) == value for name, value in telling.items())]
        same = next((each for each in alike if not self.fresh_files(values, each)), None)
        return same if same is not None or not telling else next(iter(alike), None)

    def fresh_files(self, values: Row, row: Row) -> dict[str, Any]:
        """Return the files that a row of the file brings and the row that is there has not."""
        brought = {name: value for name, value in values.items() if name in self._files}
        return {name: value for name, value in brought.items() if not self._is_same(row.get(name), value)}


def _join(row: ReadRow, key: str, there: Sequence[Row], match: _Match) -> None:
    left = list(there)
    fresh: list[tuple[int | None, dict[str, Any]]] = []
    brought: dict[UUID, tuple[int | None, dict[str, Any]]] = {}
    for origin, values in zip(row.origins[key], row.values[key], strict=True):
        same = match.find(values, left)
        if same is None:
            fresh.append((origin, values))
            continue
        left.remove(same)
        files = match.fresh_files(values, same)
        if files:
            brought[same["id"]] = origin, files
    kept = [(brought.get(each["id"], (None, {})), each["id"]) for each in there]
    row.values[key] = [*({"id": str(known), **files} for (_, files), known in kept), *(values for _, values in fresh)]
    row.origins[key] = [*(origin for (origin, _), _ in kept), *(origin for origin, _ in fresh)]
