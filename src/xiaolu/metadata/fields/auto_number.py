"""Numbers that the platform gives: work orders, contracts, quotations."""

from typing import Any, ClassVar

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.text import clean_line
from xiaolu.metadata.fields.protocol import FieldOptions, Names, Reader, SortOrder
from xiaolu.metadata.fields.texts import TEXT_OPERATORS, TextKind, text_reader
from xiaolu.metadata.model.entity import Field


class AutoNumberOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of an automatic number: the numbering that makes it."""

    numbering: str


class AutoNumber(TextKind[AutoNumberOptions]):
    """A number given once, when the record is created."""

    key: ClassVar[str] = "auto_number"
    label: ClassVar[Label] = Label("自动编号", "Automatic number")
    options: ClassVar[type[FieldOptions]] = AutoNumberOptions
    operators: ClassVar[tuple[str, ...]] = TEXT_OPERATORS
    is_computed: ClassVar[bool] = True
    sort: ClassVar[SortOrder] = "plain"
    value: ClassVar[ValueType] = ValueType.TEXT

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of a number, for filters and for imports that keep old numbers."""
        return text_reader(clean_line)

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Return the number."""
        return value or ""
