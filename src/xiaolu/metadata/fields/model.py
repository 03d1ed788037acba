"""A field together with its type and column: what a snapshot holds for each field."""

from dataclasses import dataclass

from xiaolu.metadata.fields.protocol import FieldType, Storage
from xiaolu.metadata.fields.registry import field_type
from xiaolu.metadata.model.entity import Field


@dataclass(frozen=True, slots=True)
class FieldModel:
    """A field with its type and column."""

    definition: Field
    type: FieldType
    storage: Storage | None

    @property
    def key(self) -> str:
        """Return the field's key, which is also its column's name."""
        return self.definition.key


def field_model(field: Field) -> FieldModel:
    """Join a definition with its type."""
    kind = field_type(field.type)
    return FieldModel(definition=field, type=kind, storage=kind.storage(field))
