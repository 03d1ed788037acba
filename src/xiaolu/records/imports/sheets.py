"""All rows that an import takes in: those of its sheet, and of other sheets whose rows fill sub-tables. Blocking."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from xiaolu.records.imports.model import FileShape, ImportColumn, ImportJob, Mapping, SourceRow
from xiaolu.records.imports.sources import keep_rows, read_rows
from xiaolu.records.imports.subrows import grouped, grouping_of, in_batches


def mapped_shape(shape: FileShape, columns: Sequence[ImportColumn], mapping: Mapping | None) -> FileShape:
    """Return how the file is read, without the sheets that nothing is taken from."""
    taken = {each.sheet for each in columns if mapping is not None and mapping.columns.get(each.name)}
    return msgspec.structs.replace(shape, others=[each for each in shape.others if each.sheet in taken])


def keep_sheets(path: Path, shape: FileShape) -> None:
    """Parse the sheets that are read, and keep their rows beside the workbook."""
    for each in (shape, *shape.others):
        keep_rows(path, each)


def import_rows(path: Path, job: ImportJob) -> Iterator[SourceRow]:
    """Yield the rows in the order of the file; those of other sheets stand behind the columns of the first, and are counted on."""
    shape = mapped_shape(job.shape, job.columns, job.mapping)
    if not shape.others:
        yield from read_rows(path, shape)
        return
    sheets = [each.sheet for each in job.columns]
    number = 0
    for each in (shape, *shape.others):
        name = None if each is shape else each.sheet
        start, width = sheets.index(name), sheets.count(name)
        for row in read_rows(path, each):
            number += 1
            cells = [*[None] * start, *row.cells[:width]]
            yield SourceRow(number, row.line, cells, sheet=each.sheet, is_beside=each is not shape)


def row_batches(path: Path, job: ImportJob, size: int) -> Iterator[list[SourceRow]]:
    """Yield the rows that are left, batch by batch and those of a record together; the last batch is shorter than ``size``."""
    rows = import_rows(path, job)
    grouping = grouping_of(job.columns, job.mapping) if job.mapping is not None else None
    if grouping is not None:
        rows = grouped(rows, grouping)
    return in_batches(islice(rows, job.counts.position, None), size)
