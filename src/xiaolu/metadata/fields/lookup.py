"""Fields that show a value of a related record."""

from typing import ClassVar

from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.computed import ComputedKind, ComputedOptions
from xiaolu.metadata.fields.protocol import FieldOptions


class LookupOptions(ComputedOptions, frozen=True, kw_only=True):
    """Settings of a lookup: the relation (or member) field, and the field of the record that it leads to."""

    relation: str
    field: str
    result: str = "text"


class Lookup(ComputedKind):
    """A value of a related record, kept up to date."""

    key: ClassVar[str] = "lookup"
    label: ClassVar[Label] = Label("引用", "Lookup")
    options: ClassVar[type[FieldOptions]] = LookupOptions
