"""Creation of many records of one entity, each with its event: two COPYs, and a look at the definitions behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from xiaolu.access.context import Context
from xiaolu.kit.copying import NULL, copy_column, copy_text, copy_writer
from xiaolu.kit.pinyin import search_tokens, sort_key
from xiaolu.kit.sql import raw
from xiaolu.metadata.columns import sort_column
from xiaolu.metadata.model.workspace import table_of
from xiaolu.records.blueprint import Blueprint, Part
from xiaolu.records.candidate import Candidate
from xiaolu.records.store.insert import CHILD, SYSTEM
from xiaolu.records.store.pieces import EVENT_COLUMNS, event_values

_HISTORY = ("owner", "department", "stage")
"""System columns that the history tells beside the fields."""


@dataclass(frozen=True, slots=True)
class NewRows:
    """New records and their events, written out for COPY; columns that nobody fills are left out."""

    table: str
    columns: tuple[str, ...]
    records: list[str]
    events: list[str]


async def copy_new(ctx: Context, rows: NewRows) -> None:
    """Write new records and their events inside the transaction."""
    await ctx.uow.copy_lines(rows.table, rows.columns, rows.records)
    await ctx.uow.copy_lines("event", EVENT_COLUMNS.split(", "), rows.events)


async def is_current(ctx: Context) -> bool:
    """Tell whether the definitions are still those of the snapshot.

    Asked after the writing: the lock that it took keeps a publication from changing the table any more.
    """
    version: int = await ctx.uow.fetch_value(raw("SELECT definitions FROM state"))
    return version == ctx.snapshot.version


def write_out(ctx: Context, blueprint: Blueprint, candidates: Sequence[Candidate]) -> NewRows:
    """Write new candidates out, column by column. Pure, and slow enough to be worth a thread."""
    columns: dict[str, list[str]] = {}
    history: dict[str, list[Any]] = {}
    for name, kind in SYSTEM + (CHILD if blueprint.model.definition.parent else ()):
        found = [each.values[name] for each in candidates]
        columns[name] = copy_column(copy_writer(kind), found)
    for part in blueprint.stored:
        found = [each.values[part.key] for each in candidates]
        if found.count(None) < len(found):
            history[part.key] = dumped = _dumped(part, found)
            columns[part.key] = copy_column(copy_writer(part.column_type), dumped if part.is_json else found)
            if part.has_sort_key:
                columns[sort_column(part.key)] = copy_column(_sort_text, found)
    for part in blueprint.links:
        history[part.key] = [part.dump(each.values.get(part.key) or None) for each in candidates]
    for name in _HISTORY:
        history[name] = [each.values[name] for each in candidates]
    columns["search"] = [_lexemes(search_tokens(each.texts())) for each in candidates]
    return NewRows(
        table=table_of(blueprint.key),
        columns=tuple(columns),
        records=["\t".join(each) for each in zip(*columns.values(), strict=True)],
        events=_events(ctx, blueprint, columns["id"], history),
    )


def _dumped(part: Part, values: Sequence[Any]) -> list[Any]:
    write, definition = part.write, part.definition
    if write is None:
        return list(values)
    return [None if each is None else write(each, definition) for each in values]


def _sort_text(value: str) -> str:
    return copy_text(sort_key(value) or "")


def _lexemes(tokens: Sequence[str]) -> str:
    """Write search tokens, which hold letters and digits alone, as a search vector."""
    return "'" + "' '".join(tokens) + "'" if tokens else ""


def _events(ctx: Context, blueprint: Blueprint, ids: Sequence[str], history: dict[str, list[Any]]) -> list[str]:
    names = EVENT_COLUMNS.split(", ")
    said = {**event_values(ctx, blueprint.key), "at": ctx.now, "kind": "record.created", "version": 1}
    said["actor_id"] = said["actor"]
    fixed = [NULL if said.get(name) is None else copy_text(str(said[name])) for name in names]
    record, after = names.index("record_id"), names.index("after")
    head, middle, tail = fixed[:record], fixed[record + 1 : after], fixed[after + 1 :]
    keys, encode = tuple(history), msgspec.json.Encoder().encode
    found: list[str] = []
    for identifier, row in zip(ids, zip(*history.values(), strict=True), strict=True):
        values = {key: value for key, value in zip(keys, row, strict=True) if value is not None}
        found.append("\t".join((*head, identifier, *middle, copy_text(encode(values).decode()), *tail)))
    return found
