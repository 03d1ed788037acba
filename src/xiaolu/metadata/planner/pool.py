"""Hands the operations of a comparison out to the steps that speak of them."""

from collections.abc import Callable, Iterable

from xiaolu.metadata.planner.model import (
    BringTableBack,
    CastColumn,
    CreateIndex,
    CreateTable,
    DropIndex,
    FillField,
    FillNumbers,
    FillText,
    Layout,
    MoveStages,
    Operation,
    SetTableAside,
)


class Pool:
    """Operations that no step has taken yet."""

    def __init__(self, operations: Iterable[Operation], before: Layout, after: Layout) -> None:
        tables = {**before.tables, **after.tables}
        self._left = [
            (tables[table].entity, field or tables[table].field, operation)
            for operation in operations
            for table, field in [_place(operation)]
        ]

    def take(
        self, entity: str, field: str | None = None, *, only: Callable[[Operation], bool] | None = None
    ) -> tuple[Operation, ...]:
        """Take the operations on one field, or on everything of an entity."""
        taken: list[Operation] = []
        kept = []
        for each in self._left:
            fits = each[0] == entity and (field is None or each[1] == field) and (only is None or only(each[2]))
            if fits:
                taken.append(each[2])
            else:
                kept.append(each)
        self._left = kept
        return tuple(taken)

    def entities(self) -> list[str]:
        """Return the entities that operations are left for, in order."""
        return list(dict.fromkeys(each[0] for each in self._left))

    def has(self, entity: str, field: str, kind: type[object]) -> bool:
        """Tell whether an operation of this kind is left for a field."""
        return any(each[0] == entity and each[1] == field and isinstance(each[2], kind) for each in self._left)


def _place(operation: Operation) -> tuple[str, str | None]:
    match operation:
        case CreateTable(table) | SetTableAside(table) | BringTableBack(table):
            return table.name, None
        case CreateIndex(index) | DropIndex(index):
            return index.table, index.columns[0]
        case FillField(name, _, field) | FillNumbers(name, _, field):
            return name, field
        case FillText(name) | MoveStages(name):
            return name, None
        case CastColumn(table=name, new=column):
            return name, column.field
        case _:
            return operation.table, operation.column.field
