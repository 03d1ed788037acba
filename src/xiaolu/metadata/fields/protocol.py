"""What a field type is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import msgspec

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem
from xiaolu.metadata.model.entity import Field, OptionSet


@dataclass(frozen=True, slots=True)
class Storage:
    """How a field's value lies in its entity's table; ``column`` type as PostgreSQL writes it (``numeric(20,2)``)."""

    type: str
    references: str | None = None
    """Entity key (or ``member``, ``department``, ``file``) that a foreign key points to."""


class Names(Protocol):
    """What a field type may look up to speak of a value; loaded beforehand, so that parsing stays pure."""

    def option_set(self, key: str) -> OptionSet | None:
        """Return the option set with this key."""
        ...

    def title(self, target: str, identifier: Any) -> str | None:
        """Return what a record, member, department or file is called, if it was loaded."""
        ...


@dataclass(frozen=True, slots=True)
class Parsed:
    """The outcome of reading an input: a canonical value, or what is wrong with it (paths relative to the value)."""

    value: Any = None
    problems: tuple[Problem, ...] = ()


class FieldOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of the type-specific settings of a field."""


class FieldType(Protocol):
    """A kind of field. Instances are stateless; ``field`` is the definition, ``options`` its decoded settings."""

    key: ClassVar[str]
    label: ClassVar[Label]
    options: ClassVar[type[FieldOptions]]
    operators: ClassVar[tuple[str, ...]]
    """Filter operators: eq ne lt le gt ge in not_in contains starts_with empty not_empty has_any has_all within …"""
    is_computed: ClassVar[bool]
    """True where users never write the value (formula, lookup, rollup, automatic numbers)."""

    def storage(self, field: Field) -> Storage | None:
        """Return the column, or None where the value lies elsewhere (sub-table, many-to-many)."""
        ...

    def value_type(self, field: Field) -> ValueType:
        """Return what formulas take the value for."""
        ...

    def check_definition(self, field: Field) -> list[Problem]:
        """Return what is wrong with the field's own settings, paths below the field."""
        ...

    def parse(self, raw: Any, field: Field, names: Names) -> Parsed:
        """Read a JSON input into the canonical Python value; empty input gives None."""
        ...

    def dump(self, value: Any, field: Field) -> Any:
        """Write a canonical (or database) value as JSON."""
        ...

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write a value for people; also what an export puts into a cell."""
        ...

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a spreadsheet cell (text, number, date, bool) into the canonical value."""
        ...

    def casts(self) -> Mapping[str, str]:
        """Return target type key → SQL with a ``{value}`` slot that casts a column; NULL where a value cannot be kept."""
        ...
