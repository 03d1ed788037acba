"""Names that a mistyped one may have been meant for."""

from collections.abc import Iterable

_MOST = 3


def near_misses(name: str, known: Iterable[str], *, likeness: int = 50) -> list[str]:
    """Return up to three known names that look like ``name`` (``likeness`` of 100), the likeliest first."""
    from rapidfuzz import fuzz, process  # needed for mistakes alone

    candidates = list(dict.fromkeys(known))
    found = process.extract(name, candidates, scorer=fuzz.WRatio, limit=_MOST, score_cutoff=likeness)
    return [text for text, _, _ in found]
