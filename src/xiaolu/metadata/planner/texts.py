"""Makes what Chinese text sounds like, and the words that records are found by, for rows that exist already.

Both are made in Python, so the rows come here and go back, in one statement each way.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from xiaolu.kit.db import Row, UnitOfWork
from xiaolu.kit.pinyin import search_tokens, sort_key
from xiaolu.kit.sql import Sql, compose, ident, join, param, raw
from xiaolu.metadata.columns import search_fields, search_texts, searched_numberings, sort_column
from xiaolu.metadata.fields.registry import has_sort_key
from xiaolu.metadata.model.entity import Entity
from xiaolu.metadata.model.workspace import Definitions, by_key, table_of

_SEPARATOR = "\x1f"


async def fill_texts(
    uow: UnitOfWork, definitions: Definitions, entity_key: str, ids: Sequence[UUID] | None = None
) -> None:
    """Write sort keys and search words of an entity's records: of those in ``ids``, or of all."""
    entity = by_key(definitions.entities, entity_key)
    if entity is None:
        return
    found = await uow.write(_read(entity, ids))
    if found:
        await uow.write(_write(definitions, entity, found))


def _sorted_keys(entity: Entity) -> list[str]:
    return [field.key for field in entity.fields if has_sort_key(field)]


def _read(entity: Entity, ids: Sequence[UUID] | None) -> Sql:
    keys = dict.fromkeys([*_sorted_keys(entity), *(field.key for field in search_fields(entity))])
    return compose(
        "SELECT id{columns} FROM {table} WHERE {scope} ORDER BY id FOR NO KEY UPDATE",
        columns=join("", [raw(", ") + ident(key) for key in keys]),
        table=ident(table_of(entity.key)),
        scope=raw("TRUE") if ids is None else raw("id = ANY(") + param(list(ids), "uuid[]") + raw(")"),
    )


def _write(definitions: Definitions, entity: Entity, found: Sequence[Row]) -> Sql:
    keys = _sorted_keys(entity)
    fields, numberings = search_fields(entity), searched_numberings(definitions, entity)
    arrays: list[list[Any]] = [[row["id"] for row in found]]
    arrays.extend([sort_key(row[key]) for row in found] for key in keys)
    arrays.append([_SEPARATOR.join(search_tokens(search_texts(fields, row, numberings))) for row in found])
    names = [f"s{number}" for number in range(len(keys))]
    changes = [ident(sort_column(key)) + raw(f" = new.{name}") for key, name in zip(keys, names, strict=True)]
    changes.append(raw("\"search\" = array_to_tsvector(array_remove(string_to_array(new.words, chr(31)), ''))"))
    casts = ["uuid[]", *("text[]" for _ in keys), "text[]"]
    return compose(
        "UPDATE {table} AS r SET {changes} FROM unnest({arrays}) AS new(id, {names}words) WHERE r.id = new.id",
        table=ident(table_of(entity.key)),
        changes=join(", ", changes),
        arrays=join(", ", [param(array, cast) for array, cast in zip(arrays, casts, strict=True)]),
        names=raw("".join(f"{name}, " for name in names)),
    )
