"""What the write path must know of an entity, worked out once per published version.

A blueprint is pure: readers, columns, references and formulas by field, and a cache for the statements that stores
build from them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from weakref import WeakKeyDictionary

from xiaolu.access.model import Actor, Decision
from xiaolu.access.policy import visible_fields, writable_fields
from xiaolu.kit.sql import Template
from xiaolu.metadata.columns import search_fields, searched_numberings
from xiaolu.metadata.computed import computed_of
from xiaolu.metadata.fields.kind import Kind
from xiaolu.metadata.fields.model import FieldModel
from xiaolu.metadata.fields.protocol import Checker, Reader
from xiaolu.metadata.fields.registry import has_sort_key
from xiaolu.metadata.model.entity import SYSTEM_FIELDS, Field, Numbering
from xiaolu.metadata.model.workspace import link_table_of
from xiaolu.metadata.snapshot import EntityModel, Snapshot
from xiaolu.records.conditions import Condition, Early, EntityConditions, compile_conditions, is_local, ready

Place = Literal["column", "links", "rows"]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A relation that takes only records whose ``by`` holds what ``field`` holds."""

    part: "Part"
    field: "Part"
    by: FieldModel
    target: EntityModel


_SPOKEN = frozenset(
    ("relation", "many_to_many", "user", "department", "single_select", "multi_select", "checklist", "region", "file",
     "image", "audio", "video", "signature", "location", "duration")
)  # fmt: skip
"""Types whose values do not speak for themselves."""


@dataclass(frozen=True, slots=True)
class Rights:
    """Which fields an actor sees and writes in a record of some stage."""

    visible: frozenset[str]
    writable: frozenset[str]
    parts: tuple["Part", ...]
    """Own fields that are seen, in order."""
    direct: frozenset[str] = frozenset()
    """Writable fields whose canonical values are taken as they are: those with a column."""


@dataclass(frozen=True, slots=True)
class Part:
    """One field of an entity as the write path sees it."""

    key: str
    owner: str
    """Key of the entity that the field belongs to."""
    model: FieldModel
    place: Place
    """In the entity's own table, in a table of pairs, or as rows of a child entity."""
    read: Reader | None
    """Reads an input; None where users never write the value."""
    check: Checker | None = None
    """Checks a value that changed (an option that was retired since)."""
    column_type: str = ""
    target: str | None = None
    """Entity (or member, department, file) that the value points to."""
    is_many: bool = False
    has_sort_key: bool = False
    numbering: Numbering | None = None

    is_spoken: bool = False
    """Whether a value needs a text beside its JSON."""
    write: Callable[[Any, Field], Any] | None = None
    """Writes a value as JSON; None where it is JSON as it stands."""
    slot: str = ""
    """What the value is called among a statement's arguments."""
    sort_slot: str = ""
    """What the value's sort key is called there."""

    @property
    def definition(self) -> Field:
        """Return the field's definition."""
        return self.model.definition

    @property
    def link_table(self) -> str:
        """Return the table of pairs of a many-to-many field."""
        return link_table_of(self.owner, self.key)

    @property
    def is_json(self) -> bool:
        """Tell whether the column holds a JSON document."""
        return self.column_type == "jsonb"

    def dump(self, value: Any) -> Any:
        """Write a canonical value as JSON."""
        return value if value is None or self.write is None else self.write(value, self.model.definition)


@dataclass(frozen=True, slots=True, eq=False)
class Blueprint:
    """An entity compiled for writing."""

    snapshot: Snapshot
    model: EntityModel
    parts: Mapping[str, Part]
    stored: tuple[Part, ...]
    """Fields with a column of their own."""
    references: tuple[Part, ...]
    """Stored fields that users write and that point to something."""
    narrowed: tuple[Narrowed, ...]
    """Relations narrowed by another field."""
    pointing: tuple[str, ...]
    """Columns that hold the id of one thing elsewhere."""
    links: tuple[Part, ...]
    rows: tuple[Part, ...]
    numbers: tuple[Part, ...]
    files: tuple[Part, ...]
    searched: tuple[str, ...]
    numberings: Mapping[str, Numbering]
    """Of the automatic numbers among ``searched``."""
    unique: tuple[Part, ...]
    conditions: EntityConditions
    early: tuple[Early, ...]
    """Defaults and automatic values that the database computes before the write."""
    remote_conditions: tuple[Condition, ...]
    """Conditions that the database checks after the write."""
    checked: tuple[Part, ...]
    """Fields that a whole-record check must look at."""
    local_formulas: tuple[tuple[Part, Condition], ...]
    """Stored formulas that Python computes before the write, in order."""
    remote_formulas: tuple[Part, ...]
    """Stored formulas that the database computes after the write."""
    blank: Mapping[str, Any]
    """Values of a record that nothing is known of yet."""
    statements: dict[Any, Template] = field(default_factory=dict)
    """Texts of statements by shape, filled by stores."""
    bound: dict[Any, "Bound"] = field(default_factory=dict)
    """Statements with the ids of one actor's permissions filled in, by actor and shape."""
    formulas: dict[str, Condition] = field(default_factory=dict)
    """Formulas of processes by their text."""
    rights: dict[tuple[int, int, str | None], tuple[Decision, Rights]] = field(default_factory=dict)
    """Visible and writable fields by policy and stage; the decision is kept so that its identity stays its own."""

    @property
    def key(self) -> str:
        """Return the entity's key."""
        return self.model.key

    @property
    def title_key(self) -> str:
        """Return the key of the field that names a record."""
        return self.model.definition.title

    def statement(self, shape: Any, build: Callable[[], Template]) -> Template:
        """Return the statement of this shape, built by ``build`` the first time."""
        found = self.statements.get(shape)
        if found is None:
            if len(self.statements) >= 512:
                self.statements.clear()
            found = self.statements[shape] = build()
        return found


@dataclass(frozen=True, slots=True)
class Bound:
    """A statement for one actor: its text, and the values that the actor's permissions put into it."""

    actor: Actor
    template: Template
    values: dict[str, Any]


def rights_of(blueprint: Blueprint, decision: Decision, stage: str | None) -> Rights:
    """Return which fields may be seen and written, remembered as long as the policy behind the decision lives."""
    key = (id(decision.fields), id(decision.stages), stage)
    known = blueprint.rights.get(key)
    if known is not None:
        return known[1]
    visible = visible_fields(decision, stage)
    writable = writable_fields(decision, stage)
    columns = (part.key for part in blueprint.stored if part.read is not None)
    rights = Rights(
        visible=visible,
        writable=writable,
        direct=writable.intersection(columns),
        parts=tuple(part for part in blueprint.parts.values() if part.key in visible),
    )
    if len(blueprint.rights) >= 256:
        blueprint.rights.clear()
    blueprint.rights[key] = (decision, rights)
    return rights


_blueprints: WeakKeyDictionary[Snapshot, dict[str, Blueprint]] = WeakKeyDictionary()


def blueprint_of(snapshot: Snapshot, entity_key: str) -> Blueprint:
    """Return the blueprint of an entity of this snapshot; raises KeyError where there is no such entity."""
    known = _blueprints.get(snapshot)
    if known is None:
        known = _blueprints[snapshot] = {}
    found = known.get(entity_key)
    if found is None:
        found = known[entity_key] = _draw(snapshot, snapshot.entities[entity_key])
    return found


def _draw(snapshot: Snapshot, model: EntityModel) -> Blueprint:
    parts = {key: _part(snapshot, model.key, each) for key, each in model.fields.items()}
    stored = tuple(each for each in parts.values() if each.place == "column")
    local_formulas, remote = _formulas(snapshot, model, parts)
    conditions = compile_conditions(snapshot, model, remote)
    return Blueprint(
        snapshot=snapshot,
        model=model,
        parts=parts,
        stored=stored,
        references=tuple(each for each in stored if each.target and each.read is not None),
        narrowed=tuple(_narrowed(snapshot, parts)),
        pointing=tuple(each.key for each in stored if each.target is not None and not each.is_many),
        links=tuple(each for each in parts.values() if each.place == "links"),
        rows=tuple(each for each in parts.values() if each.place == "rows"),
        numbers=tuple(each for each in stored if each.numbering is not None),
        files=tuple(each for each in stored if each.target == "file" and each.read is not None),
        searched=tuple(each.key for each in search_fields(model.definition)),
        numberings=searched_numberings(snapshot.definitions, model.definition),
        unique=tuple(each for each in stored if each.model.definition.unique),
        conditions=conditions,
        early=conditions.early,
        remote_conditions=conditions.remote,
        checked=tuple(each for each in parts.values() if _is_checked(each, conditions)),
        local_formulas=local_formulas,
        blank={**dict.fromkeys(parts), **dict.fromkeys((*SYSTEM_FIELDS, "process_version")), "version": 1},
        remote_formulas=tuple(parts[key] for key in remote if parts[key].numbering is None),
    )


def _formulas(
    snapshot: Snapshot, model: EntityModel, parts: Mapping[str, Part]
) -> tuple[tuple[tuple[Part, Condition], ...], frozenset[str]]:
    """Return the formulas that Python computes, in order, and the keys of fields that only the database knows."""
    remote = {key for key, part in parts.items() if part.numbering is not None}
    local: list[tuple[Part, Condition]] = []
    computed = computed_of(snapshot)
    for entity, key in computed.order:
        if entity != model.key:
            continue
        compiled = computed.formulas[entity, key]
        if is_local(compiled, frozenset(remote)):
            local.append((parts[key], ready(compiled, frozenset(remote))))
        else:
            remote.add(key)
    return tuple(local), frozenset(remote)


def _narrowed(snapshot: Snapshot, parts: Mapping[str, Part]) -> Iterator[Narrowed]:
    for part in parts.values():
        narrow = part.definition.options.get("narrow")
        target = snapshot.entities.get(part.target or "")
        if narrow and target is not None:
            yield Narrowed(part, parts[narrow["field"]], target.fields[narrow["by"]], target)


def _is_checked(part: Part, conditions: EntityConditions) -> bool:
    return part.model.definition.required or part.check is not None or part.key in conditions.fields


def _part(snapshot: Snapshot, owner: str, model: FieldModel) -> Part:
    definition, kind, storage = model.definition, model.type, model.storage
    place: Place = "column"
    if storage is None:
        place = "rows" if kind.key == "sub_table" else "links"
    numbering = None
    if kind.key == "auto_number":
        numbering = snapshot.numberings.get(str(definition.options.get("numbering")))
    target = (storage.references if storage else None) or kind.target(definition)
    return Part(
        key=definition.key,
        owner=owner,
        model=model,
        place=place,
        read=None if kind.is_computed else kind.reader(definition),
        check=None if kind.is_computed else kind.checker(definition),
        column_type=storage.type if storage else "",
        target=target,
        is_many=storage is None or storage.type.endswith("[]"),
        has_sort_key=has_sort_key(definition),
        numbering=numbering,
        is_spoken=_result_type(definition) in _SPOKEN,
        write=None if type(kind).dump is Kind.dump else kind.dump,
        slot=f"f:{definition.key}",
        sort_slot=f"sort:{definition.key}",
    )


def _result_type(definition: Field) -> str:
    return str(definition.options.get("result", definition.type))
