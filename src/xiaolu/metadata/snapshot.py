"""A snapshot: the definitions of a workspace at one version, indexed and compiled once, shared by every request."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cached_property

from xiaolu.metadata.catalogue import EntityCatalogue, build_catalogue
from xiaolu.metadata.computed import Computed, compile_computed
from xiaolu.metadata.fields.model import FieldModel, field_model
from xiaolu.metadata.fields.system import system_field_models
from xiaolu.metadata.model.access import Role
from xiaolu.metadata.model.entity import Entity, Numbering, OptionSet
from xiaolu.metadata.model.process import Process
from xiaolu.metadata.model.running import Running, Versions
from xiaolu.metadata.model.view import View
from xiaolu.metadata.model.workspace import Definitions, table_of

__all__ = ["EntityModel", "FieldModel", "Snapshot"]


@dataclass(frozen=True, eq=False)
class EntityModel:
    """An entity with its fields by key, its table and its process."""

    definition: Entity
    fields: Mapping[str, FieldModel]
    process: Process | None
    catalogue: EntityCatalogue = dataclass_field(default_factory=EntityCatalogue)
    """All entities as formulas see them."""
    versions: Versions = dataclass_field(default_factory=Versions)
    """The process as it is, and former versions of it that records still run on."""

    @cached_property
    def system(self) -> Mapping[str, FieldModel]:
        """Return the system columns as fields; ``stage`` is a select of the process's stages."""
        return system_field_models(self.process, self.versions.former_stages)

    def process_of(self, number: int | None) -> Process | None:
        """Return the process that a record runs in: of the version that it started on, if that is still kept."""
        return self.versions.process(number)

    def find(self, key: str) -> FieldModel | None:
        """Return an own or system field, if there is one with this key."""
        return self.fields.get(key) or self.system.get(key)

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

    def __init__(self, version: int, definitions: Definitions, running: Running | None = None) -> None:
        self.version = version
        self.definitions = definitions
        self.running = running or Running()
        self.option_sets: dict[str, OptionSet] = {each.key: each for each in definitions.option_sets}
        self.numberings: dict[str, Numbering] = {each.key: each for each in definitions.numberings}
        self.views: dict[str, View] = {each.key: each for each in definitions.views}
        self.roles: dict[str, Role] = {each.key: each for each in definitions.roles}
        processes = {each.entity: each for each in definitions.processes}
        self._versions = {
            each.key: Versions(processes.get(each.key), self.running.number(each.key), self.running.of(each.key))
            for each in definitions.entities
        }
        self.entities: dict[str, EntityModel] = {
            each.key: EntityModel(
                definition=each,
                fields={field.key: field_model(field) for field in each.fields},
                process=processes.get(each.key),
                catalogue=self.catalogue,
                versions=self._versions[each.key],
            )
            for each in definitions.entities
        }

    def option_set(self, key: str) -> OptionSet | None:
        """Return the option set with this key."""
        return self.option_sets.get(key)

    @cached_property
    def catalogue(self) -> EntityCatalogue:
        """Return the entities as formulas see them, system fields and reverse relations included."""
        return build_catalogue(self.definitions, self.running)

    @cached_property
    def computed(self) -> Computed:
        """Return the fields that are worked out from others, in the order in which they are worked out."""
        return compile_computed(self.definitions, self.catalogue)
