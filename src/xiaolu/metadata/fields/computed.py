"""Shared by formula, lookup and rollup: the value is computed, and everything else is as in the type of the result."""

from typing import Any, ClassVar

import msgspec

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Language
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.kind import Kind
from xiaolu.metadata.fields.protocol import Cell, FieldOptions, FieldType, Names, Parsed, Reader, SortOrder, Storage
from xiaolu.metadata.fields.results import RESULT_TYPES
from xiaolu.metadata.model.entity import Field

_MOST_RESULTS = 20_000
_results: dict[int, tuple[dict[str, Any], Field]] = {}


class ComputedOptions(FieldOptions, frozen=True, kw_only=True):
    """What the result is: a field type (``money``) and the settings of that type (``{scale: 0}``)."""

    result: str = "decimal"
    format: dict[str, Any] = msgspec.field(default_factory=dict)


class ComputedKind(Kind[Any]):
    """A type whose value is computed; column, operators and display are those of the result's type."""

    operators: ClassVar[tuple[str, ...]] = ()
    is_computed: ClassVar[bool] = True

    def result(self, field: Field) -> tuple[FieldType, Field]:
        """Return the type of the result, and the field as it would be defined with that type."""
        known = _results.get(id(field.options))
        if known is not None and known[0] is field.options and known[1].key == field.key:
            return RESULT_TYPES[known[1].type], known[1]
        settings = self.settings(field)
        if settings.result not in RESULT_TYPES:
            raise ValueError(f"{field.key}: no result type {settings.result!r}")
        plain = Field(key=field.key, label=field.label, type=settings.result, options=settings.format)
        if len(_results) >= _MOST_RESULTS:
            _results.clear()
        _results[id(field.options)] = (field.options, plain)
        return RESULT_TYPES[settings.result], plain

    def storage(self, field: Field) -> Storage | None:
        """Return the column of the result's type; computed references bear no foreign key."""
        kind, plain = self.result(field)
        found = kind.storage(plain)
        return None if found is None else Storage(found.type)

    def value_type(self, field: Field) -> ValueType:
        """Return the formula type of the result."""
        kind, plain = self.result(field)
        return kind.value_type(plain)

    def target(self, field: Field) -> str | None:
        """Return where the result leads."""
        kind, plain = self.result(field)
        return kind.target(plain)

    def operators_of(self, field: Field) -> tuple[str, ...]:
        """Return the operators of the result's type."""
        kind, plain = self.result(field)
        return kind.operators_of(plain)

    def sort_of(self, field: Field) -> SortOrder:
        """Return the order of the result's type; computed text has no companion column."""
        kind, plain = self.result(field)
        order = kind.sort_of(plain)
        return "plain" if order == "pinyin" else order

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of an operand or of a stored result: without limits."""
        kind, plain = self.result(field)
        return kind.reader(plain, is_limited=False)

    def dump(self, value: Any, field: Field) -> Any:
        """Write as the result's type does."""
        kind, plain = self.result(field)
        return kind.dump(value, plain)

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write as the result's type does."""
        kind, plain = self.result(field)
        return kind.display(value, plain, names, language)

    def export(self, value: Any, field: Field, names: Names, language: Language) -> Cell:
        """Write as the result's type does."""
        kind, plain = self.result(field)
        return kind.export(value, plain, names, language)

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read as the result's type does (imports compare, and never write it)."""
        kind, plain = self.result(field)
        return kind.read_cell(text, plain, names)

    def check_settings(self, settings: Any) -> list[Problem]:
        """Return what is wrong with the type of the result and its settings."""
        kind = RESULT_TYPES.get(settings.result)
        if kind is None:
            return [problem("options.unknown_result", "result", result=settings.result, known=list(RESULT_TYPES))]
        plain = Field(key="result", label=self.label, type=settings.result, options=settings.format)
        return [
            Problem(code=each.code, path=("format", *each.path[1:]), params=each.params)
            for each in kind.check_definition(plain)
        ]
