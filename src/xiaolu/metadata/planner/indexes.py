"""Which indexes an entity's table needs: few, because every one of them makes each write dearer.

Some serve what every list does (newest first, mine, my department's, a stage's longest waiting, search, recycle bin);
the others follow from what views and figures filter and sort by, and from relations.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from xiaolu.metadata.columns import search_fields, sort_column, unique_index_of
from xiaolu.metadata.fields.registry import field_type, has_sort_key
from xiaolu.metadata.fields.uploads import UploadKind
from xiaolu.metadata.model.entity import Entity, Field
from xiaolu.metadata.model.view import Condition, Sort, View
from xiaolu.metadata.model.workspace import LONGEST_NAME, Definitions, fitting_name, table_of
from xiaolu.metadata.planner.model import Index

MOST_DERIVED = 6
"""Indexes at most that one entity gets from its views and figures, the most used first."""

_ORDERED = frozenset({"eq", "lt", "le", "gt", "ge", "between", "in", "within"})
_LISTED = frozenset({"has_any", "has_all"})
_LONG = frozenset({"long_text", "rich_text", "url"})
"""Types whose values may be longer than a key of an index can be."""
_LIVE = '"deleted_at" IS NULL'
_COVERED = frozenset({"id", "created_at", "owner", "department", "stage", "deleted_at"})
_SORTABLE_SYSTEM = frozenset({"updated_at", "stage_since", "frozen_until", "created_by", "updated_by", "version"})


def entity_indexes(definitions: Definitions, entity: Entity) -> list[Index]:
    """Return the indexes of an entity's table, without its primary key."""
    table = table_of(entity.key)
    fixed = [
        *_system(definitions, entity, table),
        *_unique(entity, table),
        *_references(entity, table),
        *_duplicates(entity, table),
    ]
    return [*fixed, *_chosen(_derived(definitions, entity, table), fixed)]


def _chosen(wishes: list[Index], fixed: list[Index]) -> list[Index]:
    """Keep the most wanted: one for a column, and none that only finds what a fixed index finds already."""
    leads = {
        (index.method, index.columns[0])
        for index in fixed
        if not _is_order(index) and not index.keys[0].startswith("lower(")
    }
    chosen: dict[tuple[str, str], Index] = {}
    for index in wishes:
        lead = (index.method, index.columns[0])
        if _is_order(index) or lead not in leads:
            chosen.setdefault(lead, index)
    return list(chosen.values())[:MOST_DERIVED]


def link_indexes(table: str) -> list[Index]:
    """Return the indexes of a table of links: from the target back."""
    return [_index(table, ("target",))]


def _system(definitions: Definitions, entity: Entity, table: str) -> Iterator[Index]:
    if entity.parent:
        yield _index(table, ("parent_id", "position"))
    else:
        yield _index(table, ("created_at", "id"), where=_LIVE)
        yield _index(table, ("owner",), where=_LIVE)
        yield _index(table, ("department",), where=_LIVE)
        yield _index(table, ("deleted_at",), where='"deleted_at" IS NOT NULL')
    if any(process.entity == entity.key for process in definitions.processes):
        yield _index(table, ("stage", "stage_since"), where=_LIVE)
    if not entity.parent and search_fields(entity):
        yield _index(table, ("search",), method="gin", where=_LIVE)


def _unique(entity: Entity, table: str) -> Iterator[Index]:
    for field in entity.fields:
        if field.unique and field_type(field.type).storage(field) is not None:
            yield Index(
                name=unique_index_of(entity.key, field.key),
                table=table,
                columns=(field.key, "deleted_at"),
                keys=(f'"{field.key}"',),
                is_unique=True,
                where=_LIVE,
            )


def _references(entity: Entity, table: str) -> Iterator[Index]:
    for field in entity.fields:
        storage = field_type(field.type).storage(field)
        present = f'"{field.key}" IS NOT NULL'
        if storage is not None and storage.type == "uuid[]" and _holds_files(field):
            yield _index(table, (field.key,), method="gin", where=present)
        elif storage is not None and storage.references not in (None, "member", "department"):
            yield _index(table, (field.key,), where=present)


def _duplicates(entity: Entity, table: str) -> Iterator[Index]:
    """Give each group of fields that tells duplicates an index on its first field, compared as the search for them compares."""
    for first in dict.fromkeys(group[0] for group in entity.duplicates if group):
        field = entity.field(first)
        storage = field_type(field.type).storage(field) if field is not None else None
        if field is None or storage is None or field.type in _LONG or storage.references is not None:
            continue
        if storage.type == "text" and field_type(field.type).is_text:
            yield _index(table, (first,), where=_LIVE, expression=f'lower("{first}")')
        elif not field.unique and not storage.type.endswith("[]") and storage.type not in ("jsonb", "boolean"):
            yield _index(table, (first,), where=_LIVE)


def _holds_files(field: Field) -> bool:
    return isinstance(field_type(field.type), UploadKind)


def _derived(definitions: Definitions, entity: Entity, table: str) -> list[Index]:
    wishes: Counter[Index] = Counter()
    for view in definitions.views:
        if view.entity == entity.key:
            wishes.update(_filter_indexes(entity, table, view.filter))
            wishes.update(_order_indexes(entity, table, view.sort))
            if view.group and entity.field(view.group):
                wishes.update(_value_indexes(entity, table, view.group, "eq"))
            for key in _windows(view):
                wishes.update(_value_indexes(entity, table, key, "ge"))
    for number in definitions.numbers:
        if number.entity == entity.key:
            wishes.update(_filter_indexes(entity, table, number.filter))
            wishes.update(_filter_indexes(entity, table, number.of))
    return sorted(wishes, key=lambda index: (not _is_order(index), -wishes[index], index.name))


def _windows(view: View) -> Iterator[str]:
    """Give the days and moments by which a calendar or timeline asks for what lies in its window."""
    for settings in (view.calendar, view.timeline):
        if settings is not None:
            yield settings.start
            if settings.end:
                yield settings.end


def _filter_indexes(entity: Entity, table: str, condition: Condition | None) -> Iterator[Index]:
    for each in _conjuncts(condition):
        if each.field and each.op:
            yield from _value_indexes(entity, table, each.field, each.op)


def _conjuncts(condition: Condition | None) -> Iterator[Condition]:
    if condition is None:
        return
    if condition.all_ is not None:
        for each in condition.all_:
            yield from _conjuncts(each)
    elif condition.field:
        yield condition


def _value_indexes(entity: Entity, table: str, key: str, operator: str) -> Iterator[Index]:
    field = entity.field(key)
    if field is None:
        if key in _SORTABLE_SYSTEM and operator in _ORDERED:
            yield _index(table, (key,), where=_LIVE)
        return
    storage = field_type(field.type).storage(field)
    if storage is None:
        return
    if storage.type.endswith("[]"):
        if operator in _LISTED and not _holds_files(field):
            yield _index(table, (key,), method="gin", where=_LIVE)
    elif operator in _ORDERED and storage.type not in ("jsonb", "boolean") and field.type not in _LONG:
        yield _index(table, (key,), where=_LIVE)


def _order_indexes(entity: Entity, table: str, sort: Iterable[Sort]) -> Iterator[Index]:
    first = next(iter(sort), None)
    if first is None or first.field in _COVERED:
        return
    column = _sort_by(entity.field(first.field)) if entity.field(first.field) else first.field
    if column is None or (entity.field(first.field) is None and column not in _SORTABLE_SYSTEM):
        return
    yield _index(table, (column, "id"), suffix=" DESC NULLS LAST" if first.descending else "", where=_LIVE)


def _sort_by(field: Field | None) -> str | None:
    if field is None or field_type(field.type).storage(field) is None:
        return None
    if has_sort_key(field):
        return sort_column(field.key)
    return field.key if field_type(field.type).sort_of(field) == "plain" else None


def _is_order(index: Index) -> bool:
    return len(index.keys) > 1


def _index(
    table: str,
    columns: tuple[str, ...],
    *,
    method: str = "btree",
    where: str | None = None,
    suffix: str = "",
    expression: str | None = None,
) -> Index:
    keys = tuple(f'"{column}"{suffix if column != "id" else suffix.replace(" NULLS LAST", "")}' for column in columns)
    keys = (expression,) if expression else keys
    digest = sha256(repr((table, keys, method, where)).encode()).hexdigest()[:6]
    readable = fitting_name(f"i_{table.removeprefix('r_')}${'$'.join(columns)}")[: LONGEST_NAME - 7]
    reads = dict.fromkeys((*columns, *(("deleted_at",) if where and "deleted_at" in where else ())))
    if where and where.endswith("IS NOT NULL"):
        reads.setdefault(columns[0])
    return Index(f"{readable}_{digest}", table, tuple(reads), keys, method, where=where)
