"""Fields that are worked out by a formula."""

from typing import ClassVar

from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.computed import ComputedKind, ComputedOptions
from xiaolu.metadata.fields.protocol import FieldOptions


class FormulaOptions(ComputedOptions, frozen=True, kw_only=True):
    """Settings of a formula field: the expression."""

    formula: str


class FormulaField(ComputedKind):
    """A value worked out from the record and what it leads to, and kept up to date."""

    key: ClassVar[str] = "formula"
    label: ClassVar[Label] = Label("公式", "Formula")
    options: ClassVar[type[FieldOptions]] = FormulaOptions
