"""A formula as a condition of a filter, confined to what the person may see.

Each field that the formula reads, on whichever entity, must be visible to the person in every stage; related records
that the person may not read do not exist for it.
"""

from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from xiaolu.formula import Compiled, SqlEnv, compile_formula, to_sql
from xiaolu.formula.types import ValueType
from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.sql import Sql, compose, ident
from xiaolu.metadata.catalogue import PROCESS_VERSION
from xiaolu.metadata.model.access import FieldAccess
from xiaolu.metadata.model.workspace import table_of
from xiaolu.metadata.snapshot import Snapshot
from xiaolu.records.queries.store.columns import Source

LONGEST_FORMULA = 2_000
_KEPT = 500

_compiled: WeakKeyDictionary[Snapshot, dict[tuple[str, str], Compiled | list[Problem]]] = WeakKeyDictionary()


def formula_condition(source: Source, text: str) -> Sql | list[Problem]:
    """Return the condition that the formula is true, or what is wrong with it."""
    if len(text) > LONGEST_FORMULA:
        return [problem("query.formula_too_long", most=LONGEST_FORMULA)]
    compiled = _compile(source.ctx.snapshot, source.model.key, text)
    if isinstance(compiled, list):
        return compiled
    hidden = hidden_fields(source, compiled)
    if hidden:
        return [problem("query.unknown_field", field=each) for each in sorted({key for _, key in hidden})]
    if "previous" in compiled.reads:
        return [problem("query.formula_previous")]
    condition = to_sql(compiled, alias="r", env=environment_of(source))
    return compose("coalesce({condition}, FALSE)", condition=condition)


def hidden_fields(source: Source, compiled: Compiled) -> list[tuple[str, str]]:
    """Return what the formula reads although the person may not, as (entity, field)."""
    read = {(each.entity, each.field) for each in compiled.dependencies}
    return sorted(each for each in read if not _may_read(source, *each))


def _compile(snapshot: Snapshot, entity: str, text: str) -> Compiled | list[Problem]:
    known = _compiled.setdefault(snapshot, {})
    found = known.get((entity, text))
    if found is None:
        if len(known) >= _KEPT:
            known.clear()
        found = compile_formula(text, entity=entity, catalogue=snapshot.catalogue, expected=ValueType.BOOL)
        known[entity, text] = found
    return found


def _may_read(source: Source, entity: str, key: str) -> bool:
    """Tell whether the person sees the field in every stage; members and departments are open, and so is a record's id."""
    if entity not in source.ctx.snapshot.entities:
        return key in ("id", "name", "department", "parent")
    decision = source.decide(entity)
    if decision is None:
        return False
    if key in ("id", "deleted_at", PROCESS_VERSION):
        return True
    stages = decision.stages.values()
    return source.can_see(entity, key) and all(each.get(key) is not FieldAccess.HIDDEN for each in stages)


def environment_of(source: Source) -> SqlEnv:
    """Return the surroundings of a formula that reads what the person may read, and nothing else."""
    ctx = source.ctx
    return SqlEnv(
        now=ctx.now,
        today=ctx.now.astimezone(ZoneInfo(ctx.time_zone)).date(),
        time_zone=ctx.time_zone,
        me=ctx.actor.id,
        department=ctx.actor.department_id,
        source=lambda entity: _readable(source, entity),
    )


def _readable(source: Source, entity: str) -> Sql:
    if entity not in source.ctx.snapshot.entities:
        return ident(entity)
    return compose(
        "(SELECT * FROM {table} x WHERE {reads})", table=ident(table_of(entity)), reads=source.reads(entity, "x")
    )
