"""What a field type is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Literal, Protocol, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Param, Problem
from xiaolu.metadata.model.entity import Field, OptionSet

OPERATORS = (
    "eq", "ne", "lt", "le", "gt", "ge", "between", "in", "not_in", "contains", "not_contains", "starts_with",
    "empty", "not_empty", "has_any", "has_all", "has_none", "within", "under",
)  # fmt: skip
"""Every filter operator there is. ``within`` takes a relative or absolute period, ``under`` a region or department
whose subtree is meant, ``has_*`` a list of members of a list value."""

SortOrder: TypeAlias = Literal["plain", "pinyin", "choice", "none"]
"""How a list sorts by a field: by the column itself, by its companion ``<key>__sort``, by the position of the chosen
option, or not at all."""


@dataclass(frozen=True, slots=True)
class Storage:
    """How a field's value lies in its entity's table; ``column`` type as PostgreSQL writes it (``numeric(20,2)``)."""

    type: str
    references: str | None = None
    """Entity key (or ``member``, ``department``, ``file``) that a foreign key points to."""


@dataclass(frozen=True, slots=True)
class FileInfo:
    """What a file field needs to know of an uploaded file."""

    id: UUID
    name: str
    size: int
    """Bytes."""
    content_type: str


class Names(Protocol):
    """What a field type may look up to speak of a value; loaded beforehand, so that parsing stays pure."""

    @property
    def zone(self) -> ZoneInfo:
        """Return the workspace's time zone: what a wall-clock time without an offset means."""
        ...

    def option_set(self, key: str) -> OptionSet | None:
        """Return the option set with this key."""
        ...

    def title(self, target: str, identifier: Any) -> str | None:
        """Return what a record, member, department or file is called, if it was loaded."""
        ...

    def find(self, target: str, text: str) -> Sequence[UUID]:
        """Return the records, members or departments that are called exactly so."""
        ...

    def suggest(self, target: str, text: str) -> Sequence[str]:
        """Return the few loaded titles nearest to ``text``, best first."""
        ...

    def file(self, identifier: UUID) -> FileInfo | None:
        """Return an uploaded file, if it was loaded."""
        ...


@dataclass(frozen=True, slots=True)
class Parsed:
    """The outcome of reading an input: a canonical value, or what is wrong with it (paths relative to the value)."""

    value: Any = None
    problems: tuple[Problem, ...] = ()


class Refusal:
    """What a reader returns instead of a value that it cannot take."""

    __slots__ = ("problems",)

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems


def refuse(code: str, **params: Param) -> Refusal:
    """Refuse a value with one problem."""
    return Refusal(Problem(code=code, params=params))


Reader: TypeAlias = Callable[[Any, Names], Any]
"""A compiled reader of one field: JSON (or canonical) input → canonical value, None for empty, or a ``Refusal``."""

Checker: TypeAlias = Callable[[Any, Names], Problem | None]
"""A compiled check of a value that is newly written: what may stay in old records but not be chosen anew."""

Cell: TypeAlias = str | int | float | bool | Decimal | date | datetime | None
"""What a spreadsheet cell holds."""


class FieldOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of the type-specific settings of a field."""


class FieldType(Protocol):
    """A kind of field. Instances are stateless; ``field`` is the definition, ``options`` its decoded settings."""

    key: ClassVar[str]
    label: ClassVar[Label]
    options: ClassVar[type[FieldOptions]]
    operators: ClassVar[tuple[str, ...]]
    """Filter operators that make sense; ``operators_of`` knows those of computed fields."""
    is_computed: ClassVar[bool]
    """True where users never write the value (formula, lookup, rollup, automatic numbers)."""
    is_text: ClassVar[bool]
    """True where the value is text that may name a record, be searched for words and be unique."""
    sort: ClassVar[SortOrder]

    def storage(self, field: Field) -> Storage | None:
        """Return the column, or None where the value lies elsewhere (sub-table, many-to-many)."""
        ...

    def value_type(self, field: Field) -> ValueType:
        """Return what formulas take the value for; NONE where formulas cannot use it."""
        ...

    def target(self, field: Field) -> str | None:
        """Return the entity (or ``member``, ``department``) that the value leads to, if it does."""
        ...

    def operators_of(self, field: Field) -> tuple[str, ...]:
        """Return the filter operators of this field."""
        ...

    def sort_of(self, field: Field) -> SortOrder:
        """Return how lists sort by this field."""
        ...

    def check_definition(self, field: Field) -> list[Problem]:
        """Return what is wrong with the field's own settings, paths below the field."""
        ...

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile ``parse`` for one field; without limits (length, range, counts) for operands of filters."""
        ...

    def checker(self, field: Field) -> Checker | None:
        """Compile the check of a changed value, where the type has one (retired options)."""
        ...

    def missing(self, value: Any, field: Field) -> Problem | None:
        """Return the problem of a required field that is not, or not wholly, filled."""
        ...

    def parse(self, raw: Any, field: Field, names: Names) -> Parsed:
        """Read a JSON input into the canonical Python value; empty input gives None."""
        ...

    def dump(self, value: Any, field: Field) -> Any:
        """Write a canonical (or database) value as JSON."""
        ...

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write a value for people."""
        ...

    def export(self, value: Any, field: Field, names: Names, language: Language) -> Cell:
        """Write a value into a spreadsheet cell, so that ``read_cell`` gives it back."""
        ...

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a spreadsheet cell (text, number, date, bool) into the canonical value."""
        ...

    def casts(self) -> Mapping[str, str]:
        """Return target type key → SQL with a ``{value}`` slot that casts a column; NULL where a value cannot be kept."""
        ...
