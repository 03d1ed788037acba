"""Which columns name the records of another sheet: their values are among the values of a column that is a key. Pure."""

from collections.abc import Iterator, Mapping

from xiaolu.kit.i18n import Label
from xiaolu.records.imports.guessing import name_score
from xiaolu.studio.spreadsheet.kinds import Column
from xiaolu.studio.spreadsheet.model import RelationGuess

_ENOUGH = 0.8
_ENOUGH_OF_NAMESAKES = 0.5
_FEWEST = 3
"""Different values that must be found again before a likeness counts."""
_MOST_SHOWN = 20

Sheets = Mapping[str, Mapping[str, Column]]
"""Sheet → column → its values."""


def guess_relations(sheets: Sheets) -> dict[tuple[str, str], list[RelationGuess]]:
    """Return, for each (sheet, column), the sheets that it may lead to, the likeliest first."""
    keys = [
        (sheet, column, _folded(column)) for sheet, each in sheets.items() for column in each.values() if _names(column)
    ]
    found: dict[tuple[str, str], list[RelationGuess]] = {}
    for sheet, columns in sheets.items():
        for column in columns.values():
            guesses = list(_guesses(sheet, column, keys))
            if guesses:
                guesses.sort(key=lambda each: -each.share)
                found[sheet, column.name] = guesses
    return found


def _guesses(sheet: str, column: Column, keys: list[tuple[str, Column, dict[str, str]]]) -> Iterator[RelationGuess]:
    if not column.filled or _is_numeric(column):
        return
    for other, key, known in keys:
        if key is column or (column.is_key and len(column.counts) >= len(key.counts)):
            continue
        if column.is_key and other != sheet and not _is_namesake(column, key):
            continue
        share, replacements, unmatched = _compare(column, key, known)
        matched = len(column.counts) - len(unmatched)
        needed = _ENOUGH_OF_NAMESAKES if _is_namesake(column, key) else _ENOUGH
        if share >= needed and matched >= min(_FEWEST, len(column.counts)):
            yield RelationGuess(
                target=other,
                column=key.name,
                share=share,
                replacements=replacements,
                unmatched=tuple(unmatched[:_MOST_SHOWN]),
            )


def _compare(column: Column, key: Column, known: Mapping[str, str]) -> tuple[float, dict[str, str], list[str]]:
    replacements: dict[str, str] = {}
    unmatched: list[str] = []
    for text in column.counts:
        if text in key.counts:
            continue
        same = known.get(_fold(text))
        if same is None:
            unmatched.append(text)
        else:
            replacements[text] = same
    return round(1 - len(unmatched) / len(column.counts), 4), replacements, unmatched


def _names(column: Column) -> bool:
    """Tell whether a column could name records: different texts that are no mere numbers."""
    return column.is_key and not _is_numeric(column) and max(map(len, column.counts)) <= 120


def _is_numeric(column: Column) -> bool:
    return column.fits["decimal"].share > 0.5 or column.fits["date"].share > 0.5


def _is_namesake(column: Column, key: Column) -> bool:
    return name_score(column.name, key.name, Label(key.name)) >= 0.75


def _folded(column: Column) -> dict[str, str]:
    """Return the values by their letters and digits alone; those that would be confused are left out."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for text in column.counts:
        folded = _fold(text)
        if folded in found:
            twice.add(folded)
        found[folded] = text
    return {folded: text for folded, text in found.items() if folded and folded not in twice}


def _fold(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())
