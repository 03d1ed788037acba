"""Computing stored formulas anew, set-wise: which records are touched, locking them, and writing the results."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.formula import Compiled, Dependency, rows_to_recompute, to_sql
from xiaolu.kit.sql import Sql, compose, ident, join, param, raw, uuids
from xiaolu.metadata.computed import stored_result
from xiaolu.metadata.model.workspace import table_of
from xiaolu.records.store.facts import sql_environment
from xiaolu.records.store.pieces import comma


def touched(pairs: Iterable[tuple[Dependency, Collection[UUID]]]) -> Sql:
    """Return the query for the formula's records that read, by each path, one of the changed records."""
    return join(" UNION ", [rows_to_recompute(each, uuids(ids)) for each, ids in pairs])


async def find_touched(ctx: Context, pairs: Sequence[tuple[Dependency, Collection[UUID]]]) -> set[UUID]:
    """Return the formula's records that read one of the changed records."""
    rows = await ctx.uow.fetch(
        compose("SELECT t.id FROM ({touched}) AS t(id) WHERE t.id IS NOT NULL", touched=touched(pairs))
    )
    return {row["id"] for row in rows}


async def lock_rows(ctx: Context, entity: str, ids: Collection[UUID], *, shared: bool = False) -> None:
    """Hold records until the end of the transaction, in the order of their ids; shared holders do not hinder each other."""
    await ctx.uow.write(
        compose(
            "SELECT 1 FROM {table} r WHERE r.id = ANY({ids}) ORDER BY r.id {mode}",
            table=ident(table_of(entity)),
            ids=uuids(sorted(ids)),
            mode=raw("FOR SHARE" if shared else "FOR NO KEY UPDATE"),
        )
    )


async def follow(ctx: Context, table: str, column: str, ids: Collection[UUID]) -> set[UUID]:
    """Return what a relation column of some records leads to."""
    rows = await ctx.uow.fetch(
        compose(
            "SELECT DISTINCT r.{column} AS id FROM {table} r WHERE r.id = ANY({ids}) AND r.{column} IS NOT NULL",
            column=ident(column),
            table=ident(table),
            ids=uuids(ids),
        )
    )
    return {row["id"] for row in rows}


async def recompute(
    ctx: Context, entity: str, formulas: Mapping[str, tuple[Compiled, str]], ids: Collection[UUID]
) -> dict[str, set[UUID]]:
    """Compute formulas of some records anew and return, by field, the records whose value became another one.

    ``formulas`` holds the compiled formula and column type by field; none of them reads another one.
    """
    environment = sql_environment(ctx)
    results = [
        compose(
            "{result} AS {name}",
            result=stored_result(to_sql(compiled, alias="r", env=environment), compiled.type, kind, ctx.time_zone),
            name=ident(field),
        )
        for field, (compiled, kind) in formulas.items()
    ]
    statement = compose(
        "UPDATE {table} w SET {sets} FROM (SELECT r.id, {results} FROM {table} r WHERE r.id = ANY({ids})) n "
        "WHERE w.id = n.id AND ({differs}) RETURNING w.id, {changes}",
        table=ident(table_of(entity)),
        sets=comma([compose("{f} = n.{f}", f=ident(field)) for field in formulas]),
        results=comma(results),
        ids=uuids(ids),
        differs=join(" OR ", [_differs("w", "n", field) for field in formulas]),
        changes=comma([compose("({d}) AS {f}", d=_differs("old", "new", field), f=ident(field)) for field in formulas]),
    )
    changed: dict[str, set[UUID]] = {}
    for row in await ctx.uow.write(statement):
        for field in formulas:
            if row[field]:
                changed.setdefault(field, set()).add(row["id"])
    return changed


def _differs(left: str, right: str, field: str) -> Sql:
    return compose("{left} IS DISTINCT FROM {right}", left=ident(left, field), right=ident(right, field))


async def read_ids(ctx: Context, entity: str, after: UUID | None, limit: int) -> list[UUID]:
    """Return the next ids of an entity's records, to go through all of them in batches."""
    rows = await ctx.uow.fetch(
        compose(
            "SELECT r.id FROM {table} r WHERE {after} ORDER BY r.id LIMIT {limit}",
            table=ident(table_of(entity)),
            after=raw("TRUE") if after is None else raw("r.id > ") + param(after, "uuid"),
            limit=param(limit, "integer"),
        )
    )
    return [row["id"] for row in rows]
