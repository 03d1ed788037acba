"""The app that spreadsheets seem to be: names, types, relations, titles, a board. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from xiaolu.metadata.model.entity import SYSTEM_FIELDS
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.records.imports.concepts import concepts
from xiaolu.records.imports.sources import cell_text
from xiaolu.studio.naming import key_from, readable
from xiaolu.studio.spreadsheet.kinds import MOST_CHOICES, Column, choices_of, guess_type
from xiaolu.studio.spreadsheet.model import (
    AppPlan,
    ColumnFacts,
    ColumnPlan,
    Proposal,
    RelationGuess,
    SheetFacts,
    SheetPlan,
)
from xiaolu.studio.spreadsheet.reading import ReadSheet
from xiaolu.studio.spreadsheet.relating import guess_relations

SAMPLES = 5
_LONGEST_KEY = 28
"""Leaves room for what is added to a sheet's key to name its views and option sets."""
_MOST_COLUMNS_OF_BOARD = 12

Guesses = Mapping[tuple[str, str], Sequence[RelationGuess]]


def propose(sheets: Sequence[ReadSheet], current: Definitions, *, name: str = "") -> Proposal:
    """Return the app that sheets seem to be, with keys that are free in the workspace."""
    guesses = guess_relations({each.id: each.columns for each in sheets})
    wanted = Counter((guess[0].target, guess[0].column) for guess in guesses.values())
    titles = {each.id: _title(each, wanted) for each in sheets}
    taken = {each.key for each in current.entities}
    plans: list[SheetPlan] = []
    for sheet in sheets:
        label = readable(sheet.sheet or PurePath(sheet.file_name).stem)
        key = key_from(label, taken, otherwise="sheet", longest=_LONGEST_KEY)
        taken.add(key)
        plans.append(_plan(sheet, key, label, titles, guesses))
    first = max(plans, key=lambda each: sum(column.type == "relation" for column in each.columns))
    app = name.strip() or first.label
    apps = {each.key for each in current.apps}
    plan = AppPlan(key=key_from(app, apps, otherwise="app", longest=_LONGEST_KEY), label=app, sheets=tuple(plans))
    return Proposal(plan=plan, facts=tuple(_facts(each, guesses, titles) for each in sheets))


def _title(sheet: ReadSheet, wanted: Counter[tuple[str, str]]) -> str:
    """Return the column that names a record: what other sheets name it by, else the first that tells all rows apart."""
    named = [(wanted[sheet.id, name], -at, name) for at, name in enumerate(sheet.columns) if wanted[sheet.id, name]]
    if named:
        return max(named)[2]
    texts = [name for name, column in sheet.columns.items() if _is_text(column)]
    keys = [name for name in texts if sheet.columns[name].is_key]
    full = [name for name in texts if sheet.columns[name].filled >= 0.9 * max(1, sheet.columns[name].rows)]
    spoken = [name for name in (*keys, *full) if concepts(name)[-1:] == ("name",)]
    return next(iter([*spoken, *keys, *full]), "")


def _is_text(column: Column) -> bool:
    return (
        column.filled > 0
        and guess_type(column).type in ("text", "single_select")
        and not column.fits["decimal"].share > 0.5
    )


def _plan(sheet: ReadSheet, key: str, label: str, titles: Mapping[str, str], guesses: Guesses) -> SheetPlan:
    taken: set[str] = set(SYSTEM_FIELDS)
    columns: list[ColumnPlan] = []
    for name, column in sheet.columns.items():
        usable = _usable(guesses.get((sheet.id, name), ()), titles)
        found = _column(sheet.id, column, usable, is_title=name == titles[sheet.id])
        field_key = key_from(name, taken)
        taken.add(field_key)
        columns.append(ColumnPlan(**{**found, "column": name, "key": field_key, "label": readable(name)}))
    return SheetPlan(
        id=sheet.id,
        file=sheet.file,
        file_name=sheet.file_name,
        sheet=sheet.sheet,
        key=key,
        label=label,
        title=titles[sheet.id],
        columns=tuple(columns),
        board=_board(columns),
        rows=sheet.rows,
    )


def _usable(guesses: Sequence[RelationGuess], titles: Mapping[str, str]) -> list[RelationGuess]:
    """Keep the relations that lead to what names the records there."""
    return [each for each in guesses if titles[each.target] == each.column]


def _column(sheet: str, column: Column, guesses: Sequence[RelationGuess], *, is_title: bool) -> dict[str, Any]:
    if guesses and not is_title:
        best = next((each for each in guesses if each.target != sheet), guesses[0])
        return {
            "type": "relation",
            "target": best.target,
            "target_column": best.column,
            "replacements": best.replacements,
        }
    found = guess_type(column)
    kind = "text" if is_title and found.type in ("single_select", "long_text", "multi_select") else found.type
    choices = choices_of(column, kind) if kind in ("single_select", "multi_select") else ()
    return {
        "type": kind,
        "unique": is_title and column.is_key and kind == "text",
        "included": column.filled > 0,
        "choices": choices,
        "currency": found.currency,
        "scale": found.scale,
        "order": found.order,
    }


def _board(columns: Sequence[ColumnPlan]) -> str | None:
    selects = [
        each for each in columns if each.type == "single_select" and 2 <= len(each.choices) <= _MOST_COLUMNS_OF_BOARD
    ]
    return next((each.column for each in selects if "state" in concepts(each.column)), None)


def _facts(sheet: ReadSheet, guesses: Guesses, titles: Mapping[str, str]) -> SheetFacts:
    return SheetFacts(
        id=sheet.id,
        rows=sheet.rows,
        looked_at=sheet.looked_at,
        columns=tuple(
            ColumnFacts(
                column=name,
                samples=tuple(dict.fromkeys(cell_text(each).strip()[:80] for each in column.cells[:200]))[:SAMPLES],
                filled=column.filled,
                distinct=len(column.counts),
                fits=tuple(column.fits.values()) if column.filled else (),
                choices=choices_of(column, "single_select") if len(column.counts) <= 10 * MOST_CHOICES else (),
                relations=tuple(_usable(guesses.get((sheet.id, name), ()), titles)),
            )
            for name, column in sheet.columns.items()
        ),
    )
