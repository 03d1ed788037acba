"""What becomes of spreadsheets: sheets, columns, and how far the making of an app has come."""

from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeAlias
from uuid import UUID

import msgspec

from xiaolu.records.imports.model import DateOrder

Missing: TypeAlias = Literal["create", "refuse"]
"""What is done with a row that names a record which nobody has: make that record, or leave the row out."""


class ColumnPlan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A column and the field that it becomes."""

    column: str
    """Its heading in the file."""
    key: str
    label: str
    type: str
    included: bool = True
    unique: bool = False
    choices: tuple[str, ...] = ()
    """For selects: the texts of the options."""
    currency: str | None = None
    scale: int | None = None
    order: DateOrder | None = None
    """For dates with slashes whose order of day and month the whole column tells."""
    target: str | None = None
    """For relations: the id of the sheet that is meant."""
    target_column: str | None = None
    """For relations: the column there that holds the same values."""
    replacements: dict[str, str] = {}
    """For relations: what a text in the file stands for."""


class Calculated(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A field that is worked out from others."""

    key: str
    label: str
    formula: str
    result: str = "decimal"


class SheetPlan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A sheet and the form that it becomes."""

    id: str
    file: UUID
    file_name: str
    sheet: str | None = None
    """Of a workbook with several."""
    key: str
    label: str
    title: str
    """The column that names a record; empty: a number is given to each."""
    columns: tuple[ColumnPlan, ...]
    board: str | None = None
    """The select whose options are the columns of a board."""
    group: str | None = None
    """The column by which the list is grouped."""
    only: tuple[str, str] | None = None
    """A select and one of its choices that a second, filtered list is made for."""
    calculated: tuple[Calculated, ...] = ()
    missing: Missing = "create"
    rows: int = 0


class AppPlan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The app that spreadsheets become."""

    key: str
    label: str
    icon: str = "table"
    sheets: tuple[SheetPlan, ...]
    roles: dict[str, Literal["read", "edit"]] = {}
    """Roles that may use it, and whether they may change records."""


class Fit(msgspec.Struct, frozen=True, kw_only=True):
    """How well a column's values suit a type: the share that does, and some that do not."""

    type: str
    share: float
    misfits: tuple[str, ...] = ()


class RelationGuess(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet whose records a column seems to name."""

    target: str
    column: str
    """The column there that holds the same values."""
    share: float
    """Of the different values."""
    replacements: dict[str, str] = {}
    unmatched: tuple[str, ...] = ()


class ColumnFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a column holds."""

    column: str
    samples: tuple[str, ...]
    filled: int
    distinct: int
    fits: tuple[Fit, ...]
    choices: tuple[str, ...] = ()
    """The different values, where they are few."""
    relations: tuple[RelationGuess, ...] = ()


class SheetFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a sheet holds."""

    id: str
    rows: int
    looked_at: int
    """Rows that the guesses rest on."""
    columns: tuple[ColumnFacts, ...]


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """An app as guessed, and what the guesses rest on."""

    plan: AppPlan
    facts: tuple[SheetFacts, ...]


class Phase(StrEnum):
    """Where the making of an app stands."""

    IMPORTING = "importing"
    DONE = "done"
    UNDONE = "undone"


class ImportStep(msgspec.Struct, frozen=True, kw_only=True):
    """One import of a build: the rows of a sheet, or in a second round the relations that lead back."""

    sheet: str
    entity: str
    label: str
    relations: bool = False
    job: UUID | None = None
    failure: str | None = None
    """Code of the message that says why the import could not begin."""


class Build(msgspec.Struct, frozen=True, kw_only=True):
    """An app that was made from spreadsheets."""

    id: UUID
    plan: AppPlan
    steps: tuple[ImportStep, ...]
    phase: Phase
    version: int
    """Of the definitions, right after the app was published."""
    created_by: UUID
    created_at: datetime
