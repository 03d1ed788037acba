"""Search over several entities in one statement."""

from collections.abc import Collection, Sequence
from uuid import UUID

from xiaolu.kit.sql import NULL, Sql, all_of, compose, ident, join, param
from xiaolu.records.queries.store.columns import Column, Source
from xiaolu.records.queries.store.search import search_condition

CANDIDATES = 500
"""Matches of one entity that are ranked; a word that more records hold is no search but a filter."""


def select_hits(sources: Sequence[Source], text: str, limit: int) -> Sql | None:
    """Return the statement that finds ``text``, up to ``limit`` per entity; None where there is nothing to look for.

    The entities take turns, each with its best first: the one customer stands before the hundredth of its visits.
    """
    pieces = []
    for source in sources:
        found = search_condition(source, text)
        if found is not None:
            pieces.append(_select(source, text, found, limit))
    if not pieces:
        return None
    return compose(
        "SELECT * FROM ({pieces}) hit ORDER BY place, rank, updated_at DESC", pieces=join(" UNION ALL ", pieces)
    )


def _select(source: Source, text: str, found: Sql, limit: int) -> Sql:
    title = _seen(source, source.model.definition.title)
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return compose(
        "(SELECT *, row_number() OVER (ORDER BY rank, updated_at DESC) AS place FROM (SELECT {entity} AS entity, c.id, c.title, c.owner, c.stage, c.updated_at, "
        "CASE WHEN c.title ILIKE {beginning} THEN 0 WHEN c.title ILIKE {anywhere} THEN 1 ELSE 2 END AS rank "
        "FROM (SELECT r.id, {title} AS title, {owner} AS owner, {stage} AS stage, r.updated_at FROM {table} r "
        "WHERE {where} LIMIT {candidates}) c) ranked ORDER BY place LIMIT {limit})",
        entity=param(source.model.key, "text"),
        beginning=param(f"{escaped}%", "text"),
        anywhere=param(f"%{escaped}%", "text"),
        title=compose("({title})::text", title=title),
        owner=compose("({owner})::uuid", owner=_seen(source, "owner")),
        stage=compose("({stage})::text", stage=_seen(source, "stage")),
        table=ident(source.model.table),
        where=all_of([compose("r.deleted_at IS NULL"), source.decision.predicate, found]),
        candidates=param(CANDIDATES, "bigint"),
        limit=param(limit, "bigint"),
    )


def _seen(source: Source, key: str) -> Sql:
    column = source.column(key)
    return column.value if isinstance(column, Column) else NULL


def select_readable(source: Source, ids: Collection[UUID]) -> Sql:
    """Return the statement that keeps the ids which the person may read."""
    return compose(
        "SELECT r.id FROM {table} r WHERE r.id = ANY({ids}) AND {predicate}",
        table=ident(source.model.table),
        ids=param(list(ids), "uuid[]"),
        predicate=source.decision.predicate,
    )
