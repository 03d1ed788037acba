"""Members of the workspace."""

from typing import ClassVar

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.protocol import FieldOptions, Storage
from xiaolu.metadata.fields.references import REFERENCE_OPERATORS, REFERENCES_OPERATORS, ReferenceKind
from xiaolu.metadata.model.entity import Field


class PeopleOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of a member or department field: one, or several."""

    multiple: bool = False


class PeopleKind(ReferenceKind[PeopleOptions]):
    """Members or departments: one in a foreign key, several in an array."""

    options: ClassVar[type[FieldOptions]] = PeopleOptions
    operators: ClassVar[tuple[str, ...]] = REFERENCE_OPERATORS
    table: ClassVar[str]

    def points_to(self, settings: PeopleOptions) -> str:
        """Return the pseudo-entity."""
        return self.table

    def is_many(self, settings: PeopleOptions) -> bool:
        """Tell whether several may be chosen."""
        return settings.multiple

    def storage(self, field: Field) -> Storage:
        """Return a foreign key, or an array."""
        return Storage("uuid[]") if self.settings(field).multiple else Storage("uuid", references=self.table)

    def value_type(self, field: Field) -> ValueType:
        """Return a record, or a list of records."""
        return ValueType.RECORD_LIST if self.settings(field).multiple else ValueType.RECORD

    def operators_of(self, field: Field) -> tuple[str, ...]:
        """Return the operators of one id or of a list."""
        return REFERENCES_OPERATORS if self.settings(field).multiple else self.operators


class User(PeopleKind):
    """A member."""

    key: ClassVar[str] = "user"
    label: ClassVar[Label] = Label("成员", "Member")
    table: ClassVar[str] = "member"
