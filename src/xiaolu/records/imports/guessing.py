"""Which field a column holds: by its name or what it means first, by what its cells look like where the name says nothing. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xiaolu.kit.i18n import Label
from xiaolu.kit.pinyin import sort_key
from xiaolu.metadata.fields.model import FieldModel
from xiaolu.metadata.fields.protocol import Names
from xiaolu.metadata.fields.uploads import named_files
from xiaolu.records.imports.concepts import likeness
from xiaolu.records.imports.naming import FILES
from xiaolu.records.imports.sources import cell_text

EXACT = 1.0
_LEAST = 0.62
"""Below this a guess is worse than none."""
_SNIFFED = 0.65
_LOOKED_AT = 50
_STRONG = ("email", "phone", "url", "file", "image", "audio", "video", "signature")
"""Types whose values can be told from other text; names of files by the files that came along."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A field, and how sure the guess is (0 to 1)."""

    field: str
    confidence: float


def guess_fields(
    columns: Sequence[str], samples: Sequence[Sequence[Any]], fields: Mapping[str, FieldModel], names: Names
) -> list[Guess | None]:
    """Return a guess for each column; a field is guessed once, for the column that suits it best."""
    rated = [
        (score, at, key)
        for at, column in enumerate(columns)
        for key, field in fields.items()
        if (score := _rate(column, samples[at], field, names)) >= _LEAST
    ]
    found: list[Guess | None] = [None] * len(columns)
    taken: set[str] = set()
    for score, at, key in sorted(rated, key=lambda each: (-each[0], each[1])):
        if found[at] is None and key not in taken:
            found[at] = Guess(key, round(score, 2))
            taken.add(key)
    return found


def _rate(column: str, samples: Sequence[Any], field: FieldModel, names: Names) -> float:
    by_name = name_score(column, field.key, field.definition.label)
    if by_name >= EXACT:
        return EXACT
    is_named = by_name >= _LEAST
    filled = [each for each in samples[:_LOOKED_AT] if each is not None and each != ""]
    if not filled or not (is_named or field.type.key in _STRONG):
        return by_name  # cells are read where they can tell something: what a cell may have meant is dear to find
    fitting = _fitting(filled, field, names)
    if is_named:
        return by_name if fitting >= 0.5 else by_name * 0.8
    return _SNIFFED if fitting >= 0.9 else 0.0


def name_score(column: str, key: str, label: Label) -> float:
    """Return how alike a column's name and a field's key or labels are."""
    wanted = _plain(column)
    if not wanted:
        return 0.0
    best = 0.0
    for name in (label.zh, label.en, key):
        plain = _plain(name or "")
        if not name or not plain:
            continue
        if plain == wanted:
            return EXACT
        best = max(best, _alike(wanted, plain), _meant(column, name))
    return best


def _alike(left: str, right: str) -> float:
    """Return how alike two names are: as they are written, and as they sound."""
    from rapidfuzz import fuzz  # needed when a file comes

    written = fuzz.ratio(left, right) / 100
    contained = 0.75 if min(len(left), len(right)) >= 2 and (left in right or right in left) else 0.0
    sound = 0.0
    if left.isascii() != right.isascii():
        spoken = [_plain((sort_key(each) or "").partition("\x01")[0]) for each in (left, right)]
        sound = 0.9 if spoken[0] == spoken[1] else 0.0
    return max(written * 0.95, contained, sound)


def _meant(left: str, right: str) -> float:
    """Return how alike two names are by what they speak of: 公司名称 and 客户名称, 客户级别 and 客户等级."""
    return 0.92 * likeness(left, right)


def _plain(name: str) -> str:
    return "".join(each for each in name.lower() if each.isalnum())


def _fitting(filled: Sequence[Any], field: FieldModel, names: Names) -> float:
    """Return the share of cells that the field's type can read; references cannot be judged without their targets.

    A column of files is one that names files which came along.
    """
    target = field.type.target(field.definition)
    if target == FILES:
        return sum(_names_files(cell_text(each), names) for each in filled) / len(filled)
    if target is not None:
        return 1.0
    readable = sum(not field.type.read_cell(each, field.definition, names).problems for each in filled)
    return readable / len(filled)


def _names_files(text: str, names: Names) -> bool:
    def is_known(name: str) -> bool:
        return bool(names.find(FILES, name))

    return all(map(is_known, named_files(text, is_known)))
