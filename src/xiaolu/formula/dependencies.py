"""What a formula reads, and how to get back from there to the records that it must be computed anew for."""

from dataclasses import dataclass

from xiaolu.formula.typed import Aggregate, Apply, FieldValue, Step, Typed
from xiaolu.kit.sql import Sql, compose, ident, raw


@dataclass(frozen=True, slots=True)
class Dependency:
    """A formula reads ``field`` of ``entity``, which ``path`` leads to (nothing: the record itself).

    A path's own ends count: for each relation on the way, the relation field; for each record on the way, its
    ``deleted_at`` column; for each collection, the field or column by which records join and leave it (the relation on
    the child, ``parent_id`` of a sub-table, the many-to-many field; seen from the far side of that, the name of its table).
    """

    path: tuple[Step, ...]
    entity: str
    field: str


def find_dependencies(node: Typed) -> tuple[Dependency, ...]:
    """List what a typed formula reads, each once, in the order in which it is met."""
    found: dict[Dependency, None] = {}
    _collect(node, (), found)
    return tuple(found)


def _collect(node: Typed, base: tuple[Step, ...], found: dict[Dependency, None]) -> None:
    match node:
        case FieldValue():
            start = base if node.is_child else ()
            _collect_steps(start, node.steps, found)
            found[Dependency((*start, *node.steps), node.entity, node.field)] = None
        case Apply():
            for operand in node.operands:
                _collect(operand, base, found)
        case Aggregate():
            _collect_steps((), node.steps, found)
            for part in (node.value, node.condition):
                if part is not None:
                    _collect(part, node.steps, found)
            if node.separator is not None:
                _collect(node.separator, base, found)


def _collect_steps(base: tuple[Step, ...], steps: tuple[Step, ...], found: dict[Dependency, None]) -> None:
    path = base
    for step in steps:
        before, path = path, (*path, step)
        if step.kind == "forward" or (step.link_table and step.column == "source"):
            found[Dependency(before, step.entity, step.field)] = None
        elif step.link_table:
            found[Dependency(path, step.target, step.link_table)] = None
        else:
            found[Dependency(path, step.target, step.column)] = None
        if step.deleted_column:
            found[Dependency(path, step.target, step.deleted_column)] = None


def rows_to_recompute(dependency: Dependency, changed: Sql) -> Sql:
    """Render a query for the ids of the records whose formula reads what changed.

    Args:
        dependency: what the formula reads.
        changed: ``uuid[]`` expression: the ids of the records of ``dependency.entity`` that changed. For a relation
            that was moved from one record to another, ask before and after the change.
    """
    if not dependency.path:
        return compose("SELECT unnest({changed}) AS id", changed=changed)
    among = compose("= ANY({changed})", changed=changed)
    query = raw("")
    for step in reversed(dependency.path):
        query = _back(step, among)
        among = compose("IN ({query})", query=query)
    return query


def _back(step: Step, among: Sql) -> Sql:
    """Render the ids on the near side of a step whose far side is ``among`` some ids."""
    if step.kind == "forward":
        result, table, given = ident("id"), step.entity_table, ident(step.column)
    elif step.link_table:
        result, table, given = ident(step.column), step.link_table, ident(step.far_column)
    else:
        result, table, given = ident(step.column), step.table, ident("id")
    return compose(
        "SELECT {result} AS id FROM {table} WHERE {given} {among}",
        result=result, table=ident(table), given=given, among=among,
    )  # fmt: skip
