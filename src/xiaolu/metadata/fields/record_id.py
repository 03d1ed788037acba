"""The identifier of a record itself: a system column, not offered to designers."""

from typing import Any, ClassVar

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.kind import Kind
from xiaolu.metadata.fields.protocol import FieldOptions, Reader
from xiaolu.metadata.fields.references import one_reader
from xiaolu.metadata.model.entity import Field


class RecordIdOptions(FieldOptions, frozen=True, kw_only=True):
    """An identifier has no settings."""


class RecordId(Kind[RecordIdOptions]):
    """A record's identifier."""

    key: ClassVar[str] = "record_id"
    label: ClassVar[Label] = Label("记录标识", "Record id")
    options: ClassVar[type[FieldOptions]] = RecordIdOptions
    operators: ClassVar[tuple[str, ...]] = ("eq", "ne", "in", "not_in")
    is_computed: ClassVar[bool] = True
    column: ClassVar[str] = "uuid"
    value: ClassVar[ValueType] = ValueType.RECORD

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of an id."""
        return one_reader

    def dump(self, value: Any, field: Field) -> Any:
        """Write the id as text."""
        return None if value is None else str(value)
