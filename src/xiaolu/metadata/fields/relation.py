"""Links to one record of another entity."""

from typing import ClassVar, Literal

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.protocol import FieldOptions, Storage
from xiaolu.metadata.fields.references import REFERENCE_OPERATORS, ReferenceKind
from xiaolu.metadata.model.entity import Field


class Narrow(FieldOptions, frozen=True, kw_only=True):
    """Only records are offered and accepted whose ``by`` holds what ``field`` of the record itself holds."""

    field: str
    by: str


class RelationOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of a relation: the entity that it leads to, and what becomes of it when the target is purged.

    ``reverse`` names the collection of records that is seen from the target (by default the entity's own label);
    ``narrow`` says which of the target's records suit this one.
    """

    target: str
    on_delete: Literal["restrict", "clear"] = "restrict"
    reverse: Label | None = None
    narrow: Narrow | None = None


class Relation(ReferenceKind[RelationOptions]):
    """A record of another entity (or the same)."""

    key: ClassVar[str] = "relation"
    label: ClassVar[Label] = Label("关联记录", "Relation")
    options: ClassVar[type[FieldOptions]] = RelationOptions
    operators: ClassVar[tuple[str, ...]] = REFERENCE_OPERATORS
    value: ClassVar[ValueType] = ValueType.RECORD

    def points_to(self, settings: RelationOptions) -> str:
        """Return the target entity."""
        return settings.target

    def storage(self, field: Field) -> Storage:
        """Return a foreign key."""
        return Storage("uuid", references=self.settings(field).target)
