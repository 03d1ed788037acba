"""What the checks look up: definitions by key, fields by dotted path, and which checks may still be asked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import TypeAlias
from zoneinfo import ZoneInfo

from xiaolu.formula.types import FieldRef, ValueType
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.catalogue import EntityCatalogue, build_catalogue, field_choices
from xiaolu.metadata.fields.names import LoadedNames
from xiaolu.metadata.fields.protocol import FieldType
from xiaolu.metadata.fields.registry import FIELD_TYPES, field_type
from xiaolu.metadata.fields.system import SYSTEM_FIELD_DEFINITIONS, stage_field
from xiaolu.metadata.model.access import Role
from xiaolu.metadata.model.entity import Entity, Field, Numbering, Option, OptionSet
from xiaolu.metadata.model.process import Process
from xiaolu.metadata.model.view import View
from xiaolu.metadata.model.workspace import Definitions

Found: TypeAlias = Iterator[Problem]
BUILT_IN_ROLES = frozenset({"admin"})
PEOPLE = frozenset({"member", "department"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a dotted path leads: a field of an entity, or a column of a member or department."""

    field: Field | None
    ref: FieldRef | None


class Scope:
    """Definitions under examination."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.entities: Mapping[str, Entity] = {each.key: each for each in definitions.entities}
        self.option_sets: Mapping[str, OptionSet] = {each.key: each for each in definitions.option_sets}
        self.numberings: Mapping[str, Numbering] = {each.key: each for each in definitions.numberings}
        self.views: Mapping[str, View] = {each.key: each for each in definitions.views}
        self.roles: Mapping[str, Role] = {each.key: each for each in definitions.roles}
        self.processes: Mapping[str, Process] = {each.entity: each for each in definitions.processes}

    @cached_property
    def catalogue(self) -> EntityCatalogue:
        """Return the entities as formulas see them."""
        return build_catalogue(self.definitions)

    @cached_property
    def names(self) -> LoadedNames:
        """Return names that know the option sets alone."""
        return LoadedNames(zone=ZoneInfo("Asia/Shanghai"), option_sets=self.option_sets)

    def fields(self, entity: str) -> dict[str, Field]:
        """Return the own and the system fields of an entity by key; own ones win."""
        found = {each.key: each for each in SYSTEM_FIELD_DEFINITIONS}
        if entity in self.processes:
            found["stage"] = stage_field(self.processes[entity])
        if entity in self.entities:
            found.update((each.key, each) for each in self.entities[entity].fields)
        return found

    def sound_type(self, field: Field) -> FieldType | None:
        """Return a field's type where type and settings are right: otherwise other checks make no sense."""
        if field.type not in FIELD_TYPES and field.type != "record_id":
            return None
        kind = field_type(field.type)
        return None if field.key != "stage" and kind.check_definition(field) else kind

    def place(self, entity: str, path: str) -> Place | None:
        """Follow a dotted path through relations and people to a field."""
        *steps, last = path.split(".")
        for step in steps:
            ref = self._ref(entity, step)
            if ref is None or ref.target is None or ref.type != ValueType.RECORD:
                return None
            entity = ref.target
        field = self.fields(entity).get(last) if entity not in PEOPLE else None
        ref = self._ref(entity, last)
        return None if field is None and ref is None else Place(field, ref)

    def unknown_path(self, entity: str, path: str, *at: str | int) -> Problem:
        """Return the problem of a dotted path that leads nowhere, with the nearest that lead somewhere."""
        prefix, dot, _ = path.rpartition(".")
        place = self.place(entity, prefix) if dot else None
        if place is None or place.ref is None or place.ref.target is None:
            known = self.fields(entity)
            return unknown("reference.field", path, known, *at)
        reached = self.catalogue.entity(place.ref.target)
        keys = [each.key for each in reached.fields] if reached else []
        return unknown("reference.field", path, {f"{prefix}.{each}": None for each in keys}, *at)

    def _ref(self, entity: str, key: str) -> FieldRef | None:
        found = self.catalogue.entity(entity)
        return (
            next((each for each in found.fields if each.key == key and each.follows is None), None) if found else None
        )

    def choices(self, field: Field) -> tuple[Option, ...] | None:
        """Return the options of a select or checklist; None where the field has none."""
        if self.sound_type(field) is None:
            return None
        return field_choices(field, {key: each.options for key, each in self.option_sets.items()}) or None

    def is_member_field(self, entity: str, key: str) -> bool:
        """Tell whether a field holds a member."""
        field = self.fields(entity).get(key)
        kind = self.sound_type(field) if field is not None else None
        return field is not None and kind is not None and kind.target(field) == "member"


def unknown(code: str, key: str, known: Mapping[str, object], *path: str | int) -> Problem:
    """Return the problem of a name that nothing bears, with the nearest that something does."""
    near = get_close_matches(key, [*known], n=3, cutoff=0.6)
    if near:
        return problem(f"{code}_near", *path, key=key, near=near)
    return problem(code, *path, key=key, known=sorted(known)[:20])


Check: TypeAlias = Callable[[Scope], Found]
