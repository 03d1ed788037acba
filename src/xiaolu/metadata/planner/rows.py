"""SQL that visits the rows of a table: casts, dangling references, stages. ``scope`` says which rows at a time."""

from datetime import datetime

import msgspec

from xiaolu.kit.ids import new_id
from xiaolu.kit.sql import TRUE, Sql, compose, ident, param, raw
from xiaolu.metadata.planner.model import CastColumn, Column, MoveStages
from xiaolu.metadata.versions import runs_on


def cast_value(operation: CastColumn, *, source: str, row: str | None = None) -> Sql:
    """Return the new value of a cast column.

    Args:
        operation: the cast.
        source: the column that holds the old value now.
        row: name of the row variable that columns are read from; None inside a statement on the table itself.
    """
    value = _slot(operation.using, source, row)
    if operation.origin is None or operation.origin_using is None:
        return value
    return compose(
        "CASE WHEN {origin_cast} IS NOT DISTINCT FROM {current} THEN {origin} ELSE {value} END",
        origin_cast=raw("(") + _slot(operation.origin_using, operation.origin, row) + raw(")"),
        current=_column(source, row),
        origin=_column(operation.origin, row),
        value=value,
    )


def cast_probe(using: str, column: str, *, is_numeric: bool) -> Sql:
    """Return the condition that a cast loses a row's value: it cannot be kept or, for numbers, not exactly."""
    value = raw("(") + _slot(using, column, None) + raw(")")
    original = ident(column)
    return compose(
        "({original} IS NOT NULL AND ({value} IS NULL OR {differs}))",
        original=original,
        value=value,
        differs=value + raw(" <> ") + original if is_numeric else raw("FALSE"),
    )


def fill_cast(operation: CastColumn, *, source: str, target: str, scope: Sql = TRUE) -> Sql:
    """Write the cast values of the rows in ``scope`` from column ``source`` into column ``target``."""
    return compose(
        "UPDATE {table} SET {target} = {value} WHERE {scope} AND {target} IS DISTINCT FROM {value}",
        table=ident(operation.table),
        target=ident(target),
        value=cast_value(operation, source=source),
        scope=scope,
    )


def clear_dangling(table: str, column: Column, *, scope: Sql = TRUE) -> Sql:
    """Empty references to rows that are gone; rows that cannot be without the reference go as well."""
    dangling = compose(
        "{column} IS NOT NULL AND NOT EXISTS (SELECT FROM {target} AS there WHERE there.id = {column}) AND {scope}",
        column=ident(table, column.name),
        target=ident(str(column.references)),
        scope=scope,
    )
    if column.is_required:
        return compose("DELETE FROM {table} WHERE {dangling}", table=ident(table), dangling=dangling)
    return compose(
        "UPDATE {table} SET {column} = NULL WHERE {dangling}",
        table=ident(table),
        column=ident(column.name),
        dangling=dangling,
    )


_MOVE_STAGES = """
WITH moved AS (
    UPDATE {table} AS r SET
        stage = CASE WHEN r.stage IS NULL THEN {unstaged}
            ELSE coalesce({moves} ->> r.stage, {otherwise}, r.stage) END,
        stage_since = CASE WHEN r.stage = ANY({stages}) AND NOT {moves} ? r.stage THEN r.stage_since ELSE {now} END,
        process_version = coalesce({number}, r.process_version),
        version = version + 1, updated_at = {now}, updated_by = {author}
    WHERE {scope} AND (
        r.stage = ANY({named}) OR (r.stage IS NULL AND {unstaged} IS NOT NULL)
        OR ({otherwise} IS NOT NULL AND r.stage <> ALL({keep})) OR r.stage = ANY({stages})
    ) AND {on_version}
    RETURNING r.id, r.version, old.stage AS stage_was, new.stage AS stage_is,
        old.process_version AS number_was, new.process_version AS number_is
)
INSERT INTO event
    (at, kind, entity, record_id, version, actor_id, actor_kind, cause_kind, correlation, before, after, remark)
SELECT {now}, CASE WHEN {number} IS NULL THEN 'record.moved' ELSE 'record.process_changed' END,
    {entity}, id, version, {author},
    CASE WHEN {author} IS NULL THEN 'system' ELSE 'member' END, 'system', {correlation},
    CASE WHEN stage_was IS DISTINCT FROM stage_is THEN jsonb_build_object('stage', stage_was) ELSE {nothing} END
        || CASE WHEN {number} IS NULL THEN {nothing}
            ELSE jsonb_build_object('process_version', coalesce(number_was, 1)) END,
    CASE WHEN stage_was IS DISTINCT FROM stage_is THEN jsonb_build_object('stage', stage_is) ELSE {nothing} END
        || CASE WHEN {number} IS NULL THEN {nothing}
            ELSE jsonb_build_object('process_version', number_is) END,
    {remark}
FROM moved
"""
"""Puts rows into other stages or onto another process version, each with its event."""


def move_stages(operation: MoveStages, *, now: datetime, scope: Sql = TRUE) -> Sql:
    """Put the rows in ``scope`` that are in a stage that is gone into its successor, and log each move."""
    named = {old: new for old, new in operation.moves if old is not None}
    unstaged = next((new for old, new in operation.moves if old is None), None)
    return compose(
        _MOVE_STAGES,
        table=ident(operation.table),
        unstaged=param(unstaged, "text"),
        moves=param(msgspec.json.encode(named).decode(), "jsonb"),
        named=param(list(named), "text[]"),
        keep=param(list(operation.keep), "text[]"),
        otherwise=param(operation.otherwise, "text"),
        now=param(now, "timestamptz"),
        author=param(operation.author, "uuid"),
        entity=param(operation.entity, "text"),
        correlation=param(new_id(), "uuid"),
        stages=param(list(operation.stages), "text[]"),
        number=param(operation.number, "integer"),
        remark=param(operation.remark, "text"),
        nothing=raw("'{}'::jsonb"),
        on_version=runs_on(operation.only, operation.apart),
        scope=scope,
    )


def _slot(using: str, column: str, row: str | None) -> Sql:
    return raw(using.replace("{value}", _column(column, row).render()[0]))


def _column(column: str, row: str | None) -> Sql:
    return ident(column) if row is None else raw(f"{row}.") + ident(column)
