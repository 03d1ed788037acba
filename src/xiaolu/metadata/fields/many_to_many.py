"""Links to several records of another entity."""

from typing import ClassVar

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.protocol import FieldOptions
from xiaolu.metadata.fields.references import REFERENCES_OPERATORS, ReferenceKind
from xiaolu.metadata.fields.relation import Narrow
from xiaolu.metadata.model.entity import Field


class ManyToManyOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of a many-to-many relation: ``reverse`` names it as seen from the target, ``narrow`` says which suit."""

    target: str
    reverse: Label | None = None
    narrow: Narrow | None = None


class ManyToMany(ReferenceKind[ManyToManyOptions]):
    """Records of another entity; the pairs lie in a table of their own."""

    key: ClassVar[str] = "many_to_many"
    label: ClassVar[Label] = Label("多对多关联", "Many-to-many")
    options: ClassVar[type[FieldOptions]] = ManyToManyOptions
    operators: ClassVar[tuple[str, ...]] = REFERENCES_OPERATORS
    value: ClassVar[ValueType] = ValueType.RECORD_LIST

    def points_to(self, settings: ManyToManyOptions) -> str:
        """Return the target entity."""
        return settings.target

    def is_many(self, settings: ManyToManyOptions) -> bool:
        """Tell that the value is a list."""
        return True

    def storage(self, field: Field) -> None:
        """Return nothing: the entity's table has no column for it."""
