"""Names that a mistyped one may have been meant for."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

_CLOSE_ENOUGH = 50
_MOST = 3


def near_misses(name: str, known: Iterable[str]) -> list[str]:
    """Return up to three known names that look like ``name``, the likeliest first."""
    candidates = list(dict.fromkeys(known))
    found = process.extract(name, candidates, scorer=fuzz.WRatio, limit=_MOST, score_cutoff=_CLOSE_ENOUGH)
    return [text for text, _, _ in found]
