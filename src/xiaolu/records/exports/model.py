"""What is exported, and into what."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from xiaolu.metadata.model.view import Sort
from xiaolu.records.queries.model import Selection

FileFormat: TypeAlias = Literal["xlsx", "csv", "zip"]
"""A zip is a workbook with the files that its cells name."""

CONTENT_TYPES: dict[FileFormat, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportQuery:
    """Which records, in which order, with which columns (dotted paths allowed; None: every field of the entity)."""

    selection: Selection = field(default_factory=Selection)
    sort: tuple[Sort, ...] = ()
    fields: tuple[str, ...] | None = None
    format: FileFormat = "xlsx"
    is_lenient: bool = False
    """Leave fields out that the person may not see, instead of refusing: the columns are those of a shared view."""


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A finished file in the temporary folder; whoever sends it removes it."""

    path: Path
    name: str
    content_type: str
    rows: int
