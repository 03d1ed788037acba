"""What all field types share: settings decoded strictly, and parsing, display and export in terms of a compiled reader."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Generic, TypeVar, cast

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.decoding import decode
from xiaolu.metadata.fields.protocol import (
    Cell,
    Checker,
    FieldOptions,
    Names,
    Parsed,
    Reader,
    Refusal,
    SortOrder,
    Storage,
)
from xiaolu.metadata.model.entity import Field

OptionsT = TypeVar("OptionsT", bound=FieldOptions)

_MOST_SETTINGS = 20_000
_settings: dict[int, tuple[dict[str, Any], type, FieldOptions]] = {}
"""Decoded settings by the identity of the definition's options, which is kept alive here, so that an id is not reused."""

_readers: dict[int, tuple[Field, "Kind[Any]", Reader]] = {}
"""Compiled readers by the identity of the field, which is kept alive here."""


class Kind(ABC, Generic[OptionsT]):
    """A field type; subclasses say what is particular to them."""

    key: ClassVar[str]
    label: ClassVar[Label]
    options: ClassVar[type[FieldOptions]]
    operators: ClassVar[tuple[str, ...]]
    is_computed: ClassVar[bool] = False
    is_text: ClassVar[bool] = False
    sort: ClassVar[SortOrder] = "plain"
    column: ClassVar[str] = "text"
    """PostgreSQL type of the column where it does not depend on the settings."""
    value: ClassVar[ValueType] = ValueType.TEXT
    cast_to: ClassVar[Mapping[str, str]] = {}

    def settings(self, field: Field) -> OptionsT:
        """Return the field's decoded settings; raises ``ValueError`` where they are wrong."""
        known = _settings.get(id(field.options))
        if known is not None and known[0] is field.options and known[1] is self.options:
            return cast(OptionsT, known[2])
        settings, problems = decode(field.options, self.options)
        if settings is None:
            raise ValueError(f"{field.key}: {problems}")
        if len(_settings) >= _MOST_SETTINGS:
            _settings.clear()
        _settings[id(field.options)] = (field.options, self.options, settings)
        return cast(OptionsT, settings)

    def storage(self, field: Field) -> Storage | None:
        """Return the column."""
        return Storage(self.column)

    def value_type(self, field: Field) -> ValueType:
        """Return what formulas take the value for."""
        return self.value

    def target(self, field: Field) -> str | None:
        """Return the entity that the value leads to."""
        return None

    def operators_of(self, field: Field) -> tuple[str, ...]:
        """Return the filter operators of this field."""
        return self.operators

    def sort_of(self, field: Field) -> SortOrder:
        """Return how lists sort by this field."""
        return self.sort

    def check_definition(self, field: Field) -> list[Problem]:
        """Return what is wrong with the field's settings: first their shape, then their sense."""
        settings, problems = decode(field.options, self.options, ("options",))
        if settings is None:
            return problems
        return [each.under("options") for each in self.check_settings(cast(OptionsT, settings))]

    def check_settings(self, settings: OptionsT) -> list[Problem]:
        """Return what makes no sense in well-formed settings, paths below ``options``."""
        return []

    @abstractmethod
    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of JSON input for one field."""

    def checker(self, field: Field) -> Checker | None:
        """Compile the check of a changed value, where the type has one."""
        return None

    def missing(self, value: Any, field: Field) -> Problem | None:
        """Return the problem of a required field that is not filled."""
        return problem("field.required") if value is None else None

    def parse(self, raw: Any, field: Field, names: Names) -> Parsed:
        """Read a JSON input."""
        return parsed(self.remembered_reader(field)(raw, names))

    def remembered_reader(self, field: Field) -> Reader:
        """Return ``reader(field)``, compiled once for each definition."""
        known = _readers.get(id(field))
        if known is not None and known[0] is field and known[1] is self:
            return known[2]
        compiled = self.reader(field)
        if len(_readers) >= _MOST_SETTINGS:
            _readers.clear()
        _readers[id(field)] = (field, self, compiled)
        return compiled

    def dump(self, value: Any, field: Field) -> Any:
        """Write a value as JSON."""
        return value

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write a value for people."""
        return "" if value is None else str(value)

    def export(self, value: Any, field: Field, names: Names, language: Language) -> Cell:
        """Write a value into a cell: what people read, where the type has no cell form of its own."""
        return None if value is None else self.display(value, field, names, language)

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a cell: as JSON input, where the type has no forms of its own."""
        return self.parse(text, field, names)

    def casts(self) -> Mapping[str, str]:
        """Return the types that a column can be cast to."""
        return self.cast_to


def parsed(outcome: Any) -> Parsed:
    """Turn a reader's outcome into a ``Parsed``."""
    if isinstance(outcome, Refusal):
        return Parsed(problems=outcome.problems)
    return Parsed(outcome)
