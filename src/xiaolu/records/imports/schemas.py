"""Bodies and answers of the import routes."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from xiaolu.records.imports.model import DateOrder, ImportColumn, Mapping, Suggestion, UndoReport
from xiaolu.records.schemas import Body


class ImportBody(Body, frozen=True, kw_only=True):
    """Which uploaded file is imported into which entity."""

    entity: str
    file: UUID


class MappingBody(Body, frozen=True, kw_only=True):
    """What the columns mean and what is done with the rows; ``replacements`` are accepted suggestions, per column."""

    columns: dict[str, str | None]
    key: str | None = None
    mode: Literal["create", "upsert", "update"] = "create"
    keep_created: bool = False
    create_missing: bool = False
    replacements: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    orders: dict[str, DateOrder] = msgspec.field(default_factory=dict)


class FieldAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A field that a column may be mapped to."""

    key: str
    label: str
    type: str
    required: bool
    """Of a row of a sub-table: where rows are made."""
    part_of: str | None = None
    """The sub-table whose rows have the field."""
    part_label: str | None = None
    of_files: bool = False
    """Its cells name files, which must come in a zip with the spreadsheet."""


class RefusalAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One reason why a row is not taken in; ``row`` is the line as a spreadsheet counts it, ``sheet`` where there are several."""

    row: int
    sheet: str | None
    column: str | None
    value: str | None
    message: str
    code: str
    path: list[str | int]
    params: dict[str, Any]


class ImportAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An import: its file, its mapping, how far it has come, and a sample of what was refused."""

    id: UUID
    entity: str
    file_name: str
    state: str
    created_at: datetime
    finished_at: datetime | None
    created_by: UUID
    rows: int
    total: int
    done: int
    good: int
    bad: int
    created: int
    updated: int
    unchanged: int
    child_rows: int
    can_undo: bool
    undo: UndoReport | None
    failure: str | None
    columns: list[ImportColumn]
    fields: list[FieldAnswer]
    mapping: Mapping | None
    has_files: bool
    """The spreadsheet came in a zip with files."""
    key: str | None
    """The field that seems to tell one record from another."""
    problems: list[RefusalAnswer]
    suggestions: list[Suggestion]


class ImportsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Imports, newest first."""

    imports: list[ImportAnswer]
