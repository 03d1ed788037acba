"""Formulas that read more than the record itself, computed by the database: for a candidate, or for a record in place."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from xiaolu.access.context import Context
from xiaolu.formula import SqlEnv, to_sql
from xiaolu.kit.sql import Sql, compose, ident, param, raw
from xiaolu.metadata.model.workspace import table_of
from xiaolu.records.blueprint import Blueprint
from xiaolu.records.candidate import Candidate
from xiaolu.records.conditions import Condition
from xiaolu.records.store.insert import CHILD, SYSTEM
from xiaolu.records.store.pieces import comma, to_column


def sql_environment(ctx: Context, previous_alias: str | None = None) -> SqlEnv:
    """Return the surroundings of a formula in SQL; it sees every record, whoever asks."""
    return SqlEnv(
        now=ctx.now,
        today=ctx.now.astimezone(ZoneInfo(ctx.time_zone)).date(),
        time_zone=ctx.time_zone,
        me=ctx.actor.id,
        department=ctx.actor.department_id,
        previous_alias=previous_alias,
    )


async def compute_facts(
    ctx: Context, candidate: Candidate, conditions: Sequence[Condition], *, in_place: bool = False
) -> dict[str, Any]:
    """Return the results of formulas by their text.

    They are computed over the candidate's values, or with ``in_place`` over the record as it lies in the table after the
    write; CHANGED and PREVIOUS see the record before the write.
    """
    environment = sql_environment(ctx, "p")
    results = [
        compose(
            "({formula}) AS {name}", formula=to_sql(each.compiled, alias="r", env=environment), name=ident(f"x{number}")
        )
        for number, each in enumerate(conditions)
    ]
    blueprint = candidate.blueprint
    source = _in_place(blueprint, candidate) if in_place else _as_row(blueprint, candidate.values)
    statement = compose(
        "SELECT {results} FROM {source} r, {previous} p",
        results=comma(results),
        source=source,
        previous=_as_row(blueprint, candidate.before),
    )
    row = await ctx.uow.fetch_one(statement)
    if row is None:
        return {}
    return {each.text: row[f"x{number}"] for number, each in enumerate(conditions)}


def _in_place(blueprint: Blueprint, candidate: Candidate) -> Sql:
    return compose(
        "(SELECT * FROM {table} WHERE id = {id})", table=ident(table_of(blueprint.key)), id=param(candidate.id, "uuid")
    )


def _as_row(blueprint: Blueprint, values: Any) -> Sql:
    """Return a query in brackets that gives the values as one row of the entity's table."""
    system = (*SYSTEM, ("version", "integer"), ("deleted_at", "timestamptz"))
    columns = [
        (name, kind, values.get(name)) for name, kind in system + (CHILD if blueprint.model.definition.parent else ())
    ]
    columns += [(part.key, part.column_type, to_column(part, values.get(part.key))) for part in blueprint.stored]
    cells = [compose("{value} AS {name}", value=param(value, kind), name=ident(name)) for name, kind, value in columns]
    return raw("(SELECT ") + comma(cells) + raw(")")
