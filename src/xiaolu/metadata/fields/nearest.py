"""What somebody may have meant: the names nearest to a misspelt one, by characters and by sound."""

import heapq
import re
from collections.abc import Sequence
from functools import lru_cache

from xiaolu.kit.pinyin import syllables

_HAN = re.compile("[\u3400-\u9fff]+")
_LEAST = 49.0
_MOST_SOUNDED = 3_000
"""Names whose sound is compared; beyond that the characters alone decide."""
_SHORTLIST = 100
_LEAST_ALIKE = 30.0
"""What names of a long list must have in common with the text to be looked at closely."""
_LEAST_PART, _LEAST_HAN_PART = 3, 2
"""Characters from which a text is taken for a part of the name that was meant: 汽车 for 汽车零部件."""


def nearest(text: str, names: Sequence[str], *, limit: int = 3) -> list[str]:
    """Return up to ``limit`` of ``names`` that ``text`` may have meant, best first.

    A name that begins with the text or holds it comes first, the shorter before the longer. Chinese names that sound
    alike count as near: 王方 for 王芳.
    """
    wanted = text.strip().lower()[:80]
    if not wanted:
        return []
    fuller = fuller_names(wanted, names, limit=limit)
    others = [each for each in names if each not in fuller]
    sound = _sound(wanted) if len(others) <= _MOST_SOUNDED else None
    looked_at = others if sound is not None else _shortlist(wanted, others)
    scored = ((_closeness(wanted, sound, each), each) for each in looked_at)
    best = heapq.nlargest(limit, ((score, each) for score, each in scored if score >= _LEAST), key=lambda pair: pair[0])
    return [*fuller, *(each for _, each in best)][:limit]


def _shortlist(wanted: str, names: Sequence[str]) -> list[str]:
    """Return the names of a long list that share most characters with the text: found in one go, not one by one."""
    from rapidfuzz import fuzz, process  # needed for mistakes alone

    found = process.extract(
        wanted, names, scorer=fuzz.ratio, processor=str.lower, limit=_SHORTLIST, score_cutoff=_LEAST_ALIKE
    )
    return [name for name, _, _ in found]


def _closeness(wanted: str, sound: str | None, name: str) -> float:
    from rapidfuzz import fuzz  # needed for mistakes alone
    from rapidfuzz.distance import Levenshtein

    spelt = name.lower()[:80]
    by_letters = (fuzz.ratio(wanted, spelt) + 100 * Levenshtein.normalized_similarity(wanted, spelt)) / 2
    if sound is None or len(spelt) > 2 * len(wanted) + 2:
        return by_letters
    return max(by_letters, 0.9 * fuzz.ratio(sound, _sound(spelt)) if _HAN.search(spelt) else 0.0)


def fuller_names(text: str, names: Sequence[str], *, limit: int = 3) -> list[str]:
    """Return the names that begin with the text, then those that hold it, the shorter before the longer."""
    wanted = text.strip().lower()
    if len(wanted) < (_LEAST_HAN_PART if _HAN.search(wanted) else _LEAST_PART):
        return []
    found = {each: at for each in names if (at := each.lower().find(wanted)) >= 0}
    return heapq.nsmallest(limit, found, key=lambda each: (found[each] > 0, len(each), each))


@lru_cache(maxsize=2 * _MOST_SOUNDED)
def _sound(text: str) -> str:
    return _HAN.sub(lambda found: "".join(syllables(found.group())), text)
