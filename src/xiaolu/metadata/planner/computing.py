"""Which computed values a change makes stale, and the SQL that works them out. Pure."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from xiaolu.formula import Compiled, SqlEnv, to_sql
from xiaolu.kit.sql import TRUE, Sql, compose, ident, raw
from xiaolu.metadata.catalogue import PROCESS_VERSION, build_catalogue
from xiaolu.metadata.computed import Computed, FieldKey, compile_computed, stored_result
from xiaolu.metadata.model.running import Running
from xiaolu.metadata.model.workspace import Definitions, table_of
from xiaolu.metadata.planner.layout import field_columns
from xiaolu.metadata.planner.model import (
    AddColumn,
    BringColumnBack,
    BringTableBack,
    CastColumn,
    CreateTable,
    FillField,
    MoveStages,
    Operation,
    SetColumnAside,
    SetTableAside,
)

_MOST_REMEMBERED = 4
_remembered: dict[tuple[int, int], tuple[Definitions, Running, Computed]] = {}


def compute(definitions: Definitions, running: Running) -> Computed:
    """Return the computed fields of ``definitions``, compiled and in order; the last few are remembered.

    ``running``: the process versions that records run on beside those of ``definitions``.
    """
    place = (id(definitions), id(running))
    known = _remembered.get(place)
    if known is not None and known[0] is definitions and known[1] is running:
        return known[2]
    while len(_remembered) >= _MOST_REMEMBERED:
        _remembered.pop(next(iter(_remembered)), None)
    computed = compile_computed(definitions, build_catalogue(definitions, running))
    _remembered[place] = (definitions, running, computed)
    return computed


def fields_to_fill(before: Computed, after: Computed, operations: Sequence[Operation]) -> list[FillField]:
    """Return the computed fields of records that exist whose values a change makes stale, each after what it reads."""
    empty = {each.table.name for each in operations if isinstance(each, CreateTable)}
    new = {(each.table.removeprefix("r_"), each.column.name) for each in operations if isinstance(each, AddColumn)}
    stale = _revalued(operations)
    found: list[FillField] = []
    for key in after.order:
        was, becomes = before.formulas.get(key), after.formulas[key]
        reads = {(each.entity, each.field) for each in becomes.dependencies}
        if key in stale or key in new or was is None or was.node != becomes.node or reads & stale:
            stale.add(key)
            if table_of(key[0]) not in empty and "member" not in becomes.reads:
                found.append(FillField(table_of(key[0]), *key, is_new=key in new))
    return found


def source_tables(computed: Computed, field: FieldKey) -> set[str]:
    """Return the tables besides its own that a computed field is worked out from."""
    compiled = computed.formulas.get(field)
    found: set[str] = set()
    for dependency in compiled.dependencies if compiled else ():
        for step in dependency.path:
            found.add(step.table)
            if step.link_table:
                found.add(step.link_table)
    return found


def sql_environment(now: datetime, time_zone: str) -> SqlEnv:
    """Return the surroundings of a formula that nobody in particular asks for."""
    return SqlEnv(now=now, today=now.astimezone(ZoneInfo(time_zone)).date(), time_zone=time_zone)


def fill_field(
    definitions: Definitions,
    compiled: Compiled,
    operation: FillField,
    env: SqlEnv,
    *,
    scope: Sql = TRUE,
    is_guarded: bool = False,
) -> Sql:
    """Return the statement that works a field out for the rows in ``scope`` whose value is not right yet.

    Args:
        definitions: where the field is.
        compiled: its formula.
        operation: which field.
        env: the surroundings.
        scope: condition on the table's rows, under the alias ``r``.
        is_guarded: leave values empty that the column cannot hold, instead of failing.
    """
    entity = next(each for each in definitions.entities if each.key == operation.entity)
    column = next(each for each in entity.fields if each.key == operation.field)
    column_type = field_columns(column)[0].type
    value = to_sql(compiled, alias="r", env=env)
    if is_guarded:
        value = compose(
            "CASE WHEN pg_input_is_valid(({value})::text, {type}) THEN ({value}) END",
            value=value,
            type=raw(f"'{column_type}'"),
        )
    value = stored_result(value, compiled.type, column_type, env.time_zone)
    stale = "r.{column} IS NULL" if operation.is_new else "r.{column} IS DISTINCT FROM {value}"
    return compose(
        "UPDATE {table} AS r SET {column} = {value} WHERE {scope} AND " + stale,
        table=ident(operation.table),
        column=ident(operation.field),
        value=value,
        scope=scope,
    )


def _revalued(operations: Sequence[Operation]) -> set[FieldKey]:
    found: set[FieldKey] = set()
    for operation in operations:
        match operation:
            case BringColumnBack(table, column) | SetColumnAside(table, column):
                found.add((table.removeprefix("r_"), column.name))
            case CastColumn(table=table, new=column):
                found.add((table.removeprefix("r_"), column.name))
            case SetTableAside(table) | BringTableBack(table) if table.field:
                found.add((table.entity, table.field))
            case BringTableBack(table):
                found.update((table.entity, name) for name in table.columns)
            case MoveStages(entity=entity):
                found.update((entity, name) for name in ("stage", "stage_since", PROCESS_VERSION))
            case _:
                continue
    return found
