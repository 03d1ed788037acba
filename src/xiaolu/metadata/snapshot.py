"""A snapshot: the definitions of a workspace at one version, indexed and compiled once, shared by every request."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from xiaolu.formula.types import EntityRef
from xiaolu.metadata.catalogue import build_catalogue
from xiaolu.metadata.fields.protocol import FieldType, Storage
from xiaolu.metadata.fields.registry import field_type
from xiaolu.metadata.model.access import Role
from xiaolu.metadata.model.entity import Entity, Field, Numbering, OptionSet
from xiaolu.metadata.model.process import Process
from xiaolu.metadata.model.view import View
from xiaolu.metadata.model.workspace import Definitions, table_of


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


@dataclass(frozen=True, slots=True)
class EntityModel:
    """An entity with its fields by key, its table and its process."""

    definition: Entity
    fields: Mapping[str, FieldModel]
    process: Process | None

    @property
    def key(self) -> str:
        """Return the entity's key."""
        return self.definition.key

    @property
    def table(self) -> str:
        """Return the table's name."""
        return table_of(self.definition.key)


class Snapshot:
    """Definitions at ``version`` with fast look-ups. Immutable; equal versions are interchangeable."""

    def __init__(self, version: int, definitions: Definitions) -> None:
        self.version = version
        self.definitions = definitions
        self.option_sets: dict[str, OptionSet] = {each.key: each for each in definitions.option_sets}
        self.numberings: dict[str, Numbering] = {each.key: each for each in definitions.numberings}
        self.views: dict[str, View] = {each.key: each for each in definitions.views}
        self.roles: dict[str, Role] = {each.key: each for each in definitions.roles}
        processes = {each.entity: each for each in definitions.processes}
        self.entities: dict[str, EntityModel] = {
            each.key: EntityModel(
                definition=each,
                fields={field.key: _field_model(field) for field in each.fields},
                process=processes.get(each.key),
            )
            for each in definitions.entities
        }

    def option_set(self, key: str) -> OptionSet | None:
        """Return the option set with this key."""
        return self.option_sets.get(key)

    @cached_property
    def catalogue(self) -> Mapping[str, EntityRef]:
        """Return the entities as formulas see them, system fields and reverse relations included."""
        return build_catalogue(self.definitions)


def _field_model(field: Field) -> FieldModel:
    kind = field_type(field.type)
    return FieldModel(definition=field, type=kind, storage=kind.storage(field))
