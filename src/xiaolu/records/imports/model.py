"""What an import is: the file, how it is read, what its columns mean, how far it has come."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, TypeAlias
from uuid import UUID

import msgspec

from xiaolu.kit.problems import Problem

Mode: TypeAlias = Literal["create", "upsert", "update"]
DateOrder: TypeAlias = Literal["dmy", "mdy"]
"""Which comes first in dates that are written with the year last: the day, or the month."""


class State(StrEnum):
    """Where an import stands; the worker acts on checking, running and undoing."""

    UPLOADED = "uploaded"
    MAPPED = "mapped"
    CHECKING = "checking"
    CHECKED = "checked"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"


class FileShape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a file is read."""

    format: Literal["xlsx", "csv"]
    sheet: str | None = None
    encoding: str = "utf-8"
    separator: str = ","
    header: int = 0
    """Lines before the one that names the columns."""
    rows: int = 0
    """Data rows."""
    others: list["FileShape"] = []
    """Other sheets of the workbook, whose rows may belong to the records of this one."""


class ImportColumn(msgspec.Struct, frozen=True, kw_only=True):
    """One column of the file, and the field that it seems to hold (confidence from 0 to 1)."""

    name: str
    samples: list[str]
    field: str | None = None
    confidence: float = 0.0
    sheet: str | None = None
    """The other sheet that the column stands on; its name then begins with it: ``Lines!Product``."""
    wants_files: str | None = None
    """A field of files that the column seems to name, where the spreadsheet came without any."""


class Mapping(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the columns mean and what is done with the rows."""

    columns: dict[str, str | None]
    """Column → field; a column that is not named or leads to None is left out.

    ``lines.product`` is a field of the rows of a sub-table; ``lines.$record`` names the record that such a row belongs to.
    """
    key: str | None = None
    """Field that tells which record a row is about; needed to update, and where rows fill sub-tables."""
    mode: Mode = "create"
    keep_created: bool = False
    """Take creator and time of creation from the file."""
    create_missing: bool = False
    """Make a record of what a relation names and nobody has yet."""
    replacements: dict[str, dict[str, str]] = {}
    """Column → text in the file → what it means (accepted suggestions)."""
    orders: dict[str, DateOrder] = {}
    """Column → which comes first in dates that are written with the year last."""


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """A name in the file that leads nowhere, what it may mean, and how many rows hold it."""

    column: str
    value: str
    near: list[str]
    rows: int


class UndoReport(msgspec.Struct, frozen=True, kw_only=True):
    """What undoing has done so far; ``kept`` are records that somebody changed since and that stay as they are."""

    deleted: int = 0
    restored: int = 0
    kept: int = 0
    kept_records: list[str] = []
    after: str | None = None
    """The last record handled."""


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How far a phase has come."""

    position: int = 0
    good: int = 0
    bad: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    child_rows: int = 0
    """Rows of sub-tables."""

    def plus(self, other: "Counts") -> "Counts":
        """Add what one batch brought."""
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in self.__struct_fields__})


class ImportJob(msgspec.Struct, frozen=True, kw_only=True):
    """An import."""

    id: UUID
    entity: str
    file_id: UUID
    file_name: str
    shape: FileShape
    columns: list[ImportColumn]
    mapping: Mapping | None
    state: State
    total: int
    counts: Counts
    suggestions: list[Suggestion]
    undo: UndoReport | None
    failure: str | None
    definitions: int | None
    correlation: UUID
    created_by: UUID
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    archive_id: UUID | None = None
    """The zip that the spreadsheet came in, with the files that cells name."""


class RefusedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that was not taken in, and why; ``line`` as a spreadsheet counts it, ``number`` among the data rows from 1."""

    number: int
    line: int
    problems: list[Problem]
    sheet: str | None = None
    """Where several sheets are read."""


class SourceRow(msgspec.Struct, frozen=True):
    """One data row of a file."""

    number: int
    line: int
    cells: list[Any]
    group: str | None = None
    """What rows of the same record have in common, where rows fill sub-tables."""
    sheet: str | None = None
    """Where several sheets are read."""
    is_beside: bool = False
    """Whether the row stands in another sheet than the records do."""
