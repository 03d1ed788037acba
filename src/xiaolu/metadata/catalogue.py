"""The entities as formulas see them: their fields, system fields, and the collections that lead to them.

Built from definitions that need not be sound: what has no type or wrong settings is left out, and the validators say so.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from xiaolu.formula.types import EntityRef, FieldRef, Following, ValueType
from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.choices import ChoiceOptions, labels_of
from xiaolu.metadata.fields.computed import ComputedKind
from xiaolu.metadata.fields.kind import Kind
from xiaolu.metadata.fields.many_to_many import ManyToMany, ManyToManyOptions
from xiaolu.metadata.fields.registry import field_type
from xiaolu.metadata.fields.relation import Relation, RelationOptions
from xiaolu.metadata.fields.sub_table import SubTable
from xiaolu.metadata.fields.system import SYSTEM_FIELD_DEFINITIONS
from xiaolu.metadata.model.entity import Entity, Field, Option
from xiaolu.metadata.model.process import Process, Stage
from xiaolu.metadata.model.running import FIRST, Running, Versions, carried
from xiaolu.metadata.model.workspace import Definitions, link_table_of, table_of

PARENT_FIELD = "parent"
"""Key by which the row of a sub-table leads to the record that it belongs to (column ``parent_id``)."""
STAGE_LIMIT = "stage_limit"
"""Key by which formulas read the time limit of the record's stage."""
STAGE_LIMIT_LABEL = Label("本阶段时限小时", "Hours allowed in stage")
PROCESS_VERSION = "process_version"
"""Column with the number of the process version that a record started on; formulas cannot name it."""
_SCALE = re.compile(r"numeric\(\d+,(\d+)\)")
_HIDDEN = frozenset({"id", "deleted_at"})


class EntityCatalogue(dict[str, EntityRef]):
    """Entities by key."""

    def entity(self, key: str) -> EntityRef | None:
        """Return the entity with this key, if there is one."""
        return self.get(key)


@dataclass(frozen=True, slots=True)
class _Reverse:
    """A collection seen from ``owner``: the records of ``child`` that point to it through ``field``."""

    owner: str
    child: Entity
    field: str
    label: Label | None
    link_column: str
    link_table: str | None = None
    order_column: str | None = None


def build_catalogue(definitions: Definitions, running: Running | None = None) -> EntityCatalogue:
    """Return every entity with the fields that formulas may name, ``member`` and ``department`` included.

    ``running``: the versions of processes that records run on.
    """
    running = running or Running()
    sets = {each.key: each.options for each in definitions.option_sets}
    stages = {each.entity: each for each in definitions.processes}
    reverses = list(_reverses(definitions))
    catalogue = EntityCatalogue((each.key, each) for each in PEOPLE)
    for entity in definitions.entities:
        own = [ref for field in entity.fields if (ref := _field_ref(entity, field, sets)) is not None]
        process = stages.get(entity.key)
        versions = Versions(process, running.number(entity.key), running.of(entity.key))
        choices = _stage_choices(process, versions.former_stages)
        refs = [*own, *_system_refs(choices), *_parent_ref(entity, definitions)]
        refs.extend(_limit_ref(process, versions, refs) if process else ())
        refs.extend(_reverse_refs([each for each in reverses if each.owner == entity.key], refs))
        catalogue[entity.key] = EntityRef(entity.key, entity.label.zh, table_of(entity.key), tuple(refs))
    return catalogue


def _stage_choices(process: Process | None, former: Sequence[Stage]) -> tuple[tuple[str, str], ...]:
    if process is None:
        return ()
    named = {each.label.zh for each in process.stages}
    left = [each for each in former if each.label.zh not in named]
    return tuple((each.key, each.label.zh) for each in (*process.stages, *left))


def field_choices(field: Field, sets: Mapping[str, tuple[Option, ...]]) -> tuple[Option, ...]:
    """Return the options of a select (or of a computed field whose result is one); none where it has none."""
    kind = field_type(field.type)
    if isinstance(kind, ComputedKind):
        _, field = kind.result(field)
        kind = field_type(field.type)
    settings = kind.settings(field) if isinstance(kind, Kind) else None
    if not isinstance(settings, ChoiceOptions):
        return ()
    return sets.get(settings.set, ()) if settings.set is not None else settings.options


def _field_ref(entity: Entity, field: Field, sets: Mapping[str, tuple[Option, ...]]) -> FieldRef | None:
    try:
        kind = field_type(field.type)
        storage, value_type, target = kind.storage(field), kind.value_type(field), kind.target(field)
        choices = labels_of(field_choices(field, sets))
    except (KeyError, ValueError):
        return None
    if value_type == ValueType.NONE:
        return None
    ref = FieldRef(
        key=field.key,
        label=field.label.zh,
        type=value_type,
        target=None if target == "file" else target,
        column=field.key if storage is not None else None,
        scale=_scale_of(storage.type) if storage is not None and value_type == ValueType.NUMBER else None,
        choices=choices,
        aliases=_aliases(field.label),
    )
    if isinstance(kind, ManyToMany):
        return replace(ref, is_children=True, link_column="source", link_table=link_table_of(entity.key, field.key))
    if isinstance(kind, SubTable):
        return replace(ref, is_children=True, link_column="parent_id", order_column="position")
    return ref


def _scale_of(column: str) -> int:
    found = _SCALE.fullmatch(column)
    return int(found[1]) if found else 0


def _aliases(label: Label) -> tuple[str, ...]:
    return (label.en,) if label.en and label.en != label.zh else ()


def _system_refs(stages: tuple[tuple[str, str], ...]) -> Iterator[FieldRef]:
    for field in SYSTEM_FIELD_DEFINITIONS:
        if field.key in _HIDDEN:
            continue
        kind = field_type(field.type)
        yield FieldRef(
            key=field.key,
            label=field.label.zh,
            type=kind.value_type(field),
            target=kind.target(field),
            column=field.key,
            scale=0 if kind.value_type(field) == ValueType.NUMBER else None,
            choices=stages if field.key == "stage" else (),
            aliases=_aliases(field.label),
        )


def _limit_ref(process: Process, versions: Versions, taken: list[FieldRef]) -> Iterator[FieldRef]:
    """Name the time limit of the record's stage in the version that it runs on, in hours; empty where there is none."""
    if any(each.key == STAGE_LIMIT or each.label == STAGE_LIMIT_LABEL.zh for each in taken):
        return
    limits = _limits_of(process)
    kept = [each.number for each in versions.kept]
    former = tuple(
        (Decimal(number), _limits_of(each.process)) for each in versions.kept for number in carried(each.number, kept)
    )
    others = tuple(each for each in former if each[1] != limits)
    yield FieldRef(
        key=STAGE_LIMIT,
        label=STAGE_LIMIT_LABEL.zh,
        type=ValueType.NUMBER,
        aliases=(STAGE_LIMIT_LABEL.en,),
        follows=Following("stage", "stage", limits, PROCESS_VERSION, Decimal(FIRST), others),
    )


def _limits_of(process: Process) -> tuple[tuple[str, Decimal], ...]:
    return tuple((stage.key, Decimal(str(stage.limit.hours))) for stage in process.stages if stage.limit is not None)


def _parent_ref(entity: Entity, definitions: Definitions) -> Iterator[FieldRef]:
    parent = next((each for each in definitions.entities if each.key == entity.parent), None)
    if parent is not None:
        yield FieldRef(
            key=PARENT_FIELD,
            label=parent.label.zh,
            type=ValueType.RECORD,
            target=parent.key,
            column="parent_id",
            aliases=_aliases(parent.label),
        )


def _reverses(definitions: Definitions) -> Iterator[_Reverse]:
    shown = {
        kind.settings(field).entity
        for entity in definitions.entities
        for field in entity.fields
        if field.type == SubTable.key and isinstance(kind := field_type(field.type), SubTable) and _is_sound(field)
    }
    for entity in definitions.entities:
        if entity.parent is not None and entity.key not in shown:
            yield _Reverse(entity.parent, entity, PARENT_FIELD, None, "parent_id", order_column="position")
        for field in entity.fields:
            if not _is_sound(field):
                continue
            kind = field_type(field.type)
            if isinstance(kind, Relation):
                settings: RelationOptions = kind.settings(field)
                yield _Reverse(settings.target, entity, field.key, settings.reverse, field.key)
            elif isinstance(kind, ManyToMany):
                many: ManyToManyOptions = kind.settings(field)
                table = link_table_of(entity.key, field.key)
                yield _Reverse(many.target, entity, field.key, many.reverse, "target", table)


def _is_sound(field: Field) -> bool:
    try:
        return not field_type(field.type).check_definition(field)
    except KeyError:
        return False


def _reverse_refs(reverses: list[_Reverse], taken: list[FieldRef]) -> Iterator[FieldRef]:
    """Name each collection after its entity; where that name is taken, after entity and field.

    The first relation of an entity has its plain name, so that formulas stay right when a second one is added.
    """
    names = {each.key for each in taken} | {each.label for each in taken}
    for each in sorted(reverses, key=lambda one: one.link_table is not None):
        field = each.child.field(each.field)
        through = field.label.zh if field is not None else each.field
        full_key = f"{each.child.key}__{each.field}"
        key = full_key if each.child.key in names else each.child.key
        label = each.label.zh if each.label else each.child.label.zh
        label = f"{label}（{through}）" if label in names else label
        names.update((key, label))
        aliases = _aliases(each.label or each.child.label)
        yield FieldRef(
            key=key,
            label=label,
            type=ValueType.RECORD_LIST,
            target=each.child.key,
            is_children=True,
            link_column=each.link_column,
            link_table=each.link_table,
            order_column=each.order_column,
            aliases=aliases if key == full_key else (full_key, *aliases),
        )


def _person_ref(key: str, zh: str, en: str, *, target: str | None = None, column: str | None = None) -> FieldRef:
    kind = ValueType.RECORD if target else ValueType.TEXT
    return FieldRef(key=key, label=zh, type=kind, target=target, column=column or key, aliases=(en,))


PEOPLE: tuple[EntityRef, ...] = (
    EntityRef(
        "member",
        "成员",
        "member",
        (
            _person_ref("name", "姓名", "Name"),
            _person_ref("login", "登录名", "Login"),
            _person_ref("email", "邮箱", "E-mail"),
            _person_ref("phone", "电话", "Phone"),
            _person_ref("department", "部门", "Department", target="department", column="department_id"),
        ),
        deleted_column=None,
    ),
    EntityRef(
        "department",
        "部门",
        "department",
        (
            _person_ref("name", "名称", "Name"),
            _person_ref("parent", "上级部门", "Parent department", target="department", column="parent_id"),
            _person_ref("manager", "负责人", "Manager", target="member", column="manager_id"),
        ),
        deleted_column=None,
    ),
)
"""Members and departments: not defined by anybody, but reached through owner, created_by, department and user fields."""
