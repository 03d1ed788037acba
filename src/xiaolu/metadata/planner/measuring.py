"""Counts what a plan costs the records that exist. Reads only, and runs apart from planning."""

from dataclasses import replace
from datetime import datetime

from xiaolu.formula import compile_formula, to_sql
from xiaolu.formula.types import ValueType
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import Sql, compose, ident, param, raw
from xiaolu.metadata.catalogue import build_catalogue
from xiaolu.metadata.model.running import Running, RunningChange
from xiaolu.metadata.model.workspace import Definitions, table_of
from xiaolu.metadata.planner import store
from xiaolu.metadata.planner.computing import sql_environment
from xiaolu.metadata.planner.layout import layout
from xiaolu.metadata.planner.model import BringTableBack, Layout, Plan, Probe, Risk, Step
from xiaolu.metadata.planner.rows import cast_probe
from xiaolu.metadata.versions import runs_on

COUNT_LIMIT = 1_000_000
"""Table sizes are counted no further."""


async def measure_plan(
    uow: UnitOfWork, plan: Plan, current: Definitions, *, now: datetime, time_zone: str, limit: int = COUNT_LIMIT
) -> Plan:
    """Return the plan with the rows that each step concerns, and the size of every table."""
    before = layout(current)
    sizes = await store.count_rows(uow, {name: name for name in before.tables}, limit)
    back = {each.table.name: each.aside for each in plan.operations if isinstance(each, BringTableBack)}
    sizes.update(await store.count_rows(uow, back, limit))
    steps: list[Step] = []
    for step in plan.steps:
        probe = step.probe
        if probe is not None and probe.kind == "holders":
            steps.append(_settled(step, await store.count_holders(uow, probe.values)))
            continue
        if probe is None or sizes.get(probe.table, 0) == 0 or probe.table not in before.tables:
            steps.append(_settled(step, 0 if probe else None))
            continue
        is_link = before.tables[probe.table].kind == "link"
        statement = _count(probe, current, plan.kept, now=now, time_zone=time_zone, is_link=is_link)
        rows = await uow.fetch_value(statement) if statement is not None else None
        steps.append(_settled(step, rows))
    running = [replace(each, stages=await _by_stage(uow, each, before)) for each in plan.running]
    return replace(plan, steps=tuple(steps), sizes=sizes, running=tuple(running))


async def _by_stage(uow: UnitOfWork, change: RunningChange, before: Layout) -> dict[str, int]:
    table = table_of(change.before.entity)
    if table not in before.tables:
        return {}
    return await store.count_stages(uow, table, runs_on(None, change.apart))


def _settled(step: Step, rows: int | None) -> Step:
    if step.probe is None:
        return step
    risk = step.risk
    if rows == 0 and risk is Risk.LOSS:
        risk = (
            Risk.NONE
            if not step.operations
            else Risk.ROWS
            if step.kind in ("field_cast", "field_matched")
            else Risk.NONE
        )
    elif rows and step.probe.kind in ("duplicates", "empty", "breaks", "stage"):
        risk = Risk.LOSS
    return replace(step, rows=rows, risk=risk)


def _count(
    probe: Probe, current: Definitions, running: Running, *, now: datetime, time_zone: str, is_link: bool
) -> Sql | None:
    condition = _condition(probe, current, running, now=now, time_zone=time_zone)
    if condition is None:
        return None
    live = raw("TRUE") if is_link or probe.kind == "stage" else raw('r."deleted_at" IS NULL')
    if probe.kind == "duplicates":
        return compose(
            "SELECT coalesce(sum(times), 0)::bigint FROM (SELECT count(*) AS times FROM {table} AS r"
            " WHERE {live} AND {column} IS NOT NULL GROUP BY {column} HAVING count(*) > 1) AS repeated",
            table=ident(probe.table),
            column=ident("r", str(probe.column)),
            live=live,
        )
    return compose(
        "SELECT count(*) FROM {table} AS r WHERE {live} AND {condition}",
        table=ident(probe.table),
        live=live,
        condition=condition,
    )


def _condition(probe: Probe, current: Definitions, running: Running, *, now: datetime, time_zone: str) -> Sql | None:
    if probe.kind in ("breaks", "outside"):
        return _broken(probe, current, running, now=now, time_zone=time_zone)
    if probe.kind in ("cast", "unmatched"):
        return cast_probe(str(probe.using), str(probe.column), is_numeric=probe.is_numeric)
    values = param(list(probe.values), "text[]")
    on_version = runs_on(None, probe.apart)
    column = ident("r", probe.column) if probe.column else raw("NULL")
    conditions: dict[str, Sql] = {
        "values": column + raw(" IS NOT NULL"),
        "empty": column + raw(" IS NULL"),
        "stage": compose('(r."stage" = ANY({values}) AND {version})', values=values, version=on_version),
        "running": compose('(r."stage" = ANY({values}) AND {version})', values=values, version=on_version),
        "options": raw("to_jsonb(") + column + raw(") ?| ") + values,
    }
    return conditions.get(probe.kind, raw("TRUE"))


def _broken(probe: Probe, current: Definitions, running: Running, *, now: datetime, time_zone: str) -> Sql | None:
    """Return the condition that a record breaks a new rule; None where the rule reads what is only about to be made."""
    compiled = compile_formula(
        str(probe.formula),
        entity=probe.table.removeprefix("r_"),
        catalogue=build_catalogue(current, running),
        expected=ValueType.BOOL,
    )
    if isinstance(compiled, list) or "previous" in compiled.reads:
        return None
    return raw("(") + to_sql(compiled, alias="r", env=sql_environment(now, time_zone)) + raw(") IS FALSE")
