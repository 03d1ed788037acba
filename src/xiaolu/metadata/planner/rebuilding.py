"""Which records' sort keys and search words must be made anew. Pure."""

from collections.abc import Sequence

from xiaolu.metadata.columns import search_fields, sort_column
from xiaolu.metadata.fields.registry import has_sort_key
from xiaolu.metadata.model.entity import Entity
from xiaolu.metadata.model.workspace import Definitions, by_key, table_of
from xiaolu.metadata.planner.model import (
    AddColumn,
    BringColumnBack,
    BringTableBack,
    CastColumn,
    FillNumbers,
    FillText,
    Operation,
    SetColumnAside,
)


def texts_to_fill(current: Definitions, wanted: Definitions, operations: Sequence[Operation]) -> list[Operation]:
    """Return what must be made anew because other texts are searched or sorted by, or the texts themselves changed."""
    found: list[Operation] = []
    back = {each.table.name for each in operations if isinstance(each, BringTableBack)}
    for entity in wanted.entities:
        table = table_of(entity.key)
        old = by_key(current.entities, entity.key)
        if table in back or (old is not None and _is_stale(old, entity, operations)):
            found.append(FillText(table, entity.key))
    return found


def _is_stale(old: Entity, new: Entity, operations: Sequence[Operation]) -> bool:
    table = table_of(new.key)
    added = {each.column.name for each in operations if isinstance(each, AddColumn) and each.table == table}
    revalued = {column for operation in operations for column in _revalued(operation, table)}
    sorted_by = {field.key for field in new.fields if has_sort_key(field)}
    searched = {field.key for field in search_fields(new)}
    was_searched = {field.key for field in search_fields(old)}
    return bool(
        {key for key in sorted_by if sort_column(key) in added and key not in added}
        or (searched - added) != (was_searched - added)
        or revalued & (searched | was_searched | sorted_by)
    )


def _revalued(operation: Operation, table: str) -> list[str]:
    match operation:
        case BringColumnBack(name, column) | SetColumnAside(name, column) if name == table:
            return [column.name]
        case CastColumn(table=name, new=column) if name == table:
            return [column.name]
        case FillNumbers(name, _, field) if name == table:
            return [field]
        case _:
            return []
