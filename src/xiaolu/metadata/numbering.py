"""How automatic numbers are written: ``XS{yyyy}{mm}-{seq:5}``. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from xiaolu.metadata.model.entity import Numbering

_SEQUENCE = re.compile(r"\{seq(?::(\d+))?\}")
_PERIODS = {"never": "", "year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}
_DATES = {"{yyyy}": "%Y", "{yy}": "%y", "{mm}": "%m", "{dd}": "%d"}
_DIGITS = {"{yyyy}": r"\d{4}", "{yy}": r"\d\d", "{mm}": r"\d\d", "{dd}": r"\d\d"}
_SLOT = re.compile(r"(\{seq(?::\d+)?\}|\{yyyy\}|\{yy\}|\{mm\}|\{dd\})")


@dataclass(frozen=True, slots=True)
class NumberForm:
    """Everything about the next number but the count, which the database adds."""

    numbering: str
    period: str
    start: int
    prefix: str
    width: int
    suffix: str

    def text(self, count: int) -> str:
        """Return the number with this count."""
        return f"{self.prefix}{str(count).zfill(self.width)}{self.suffix}"


@lru_cache(maxsize=256)
def form_of(numbering: Numbering, today: date) -> NumberForm:
    """Return how a number made today (in the workspace's time zone) looks; without ``{seq}`` the count comes last."""
    pattern = numbering.pattern
    for slot, directive in _DATES.items():
        if slot in pattern:
            pattern = pattern.replace(slot, today.strftime(directive))
    found = _SEQUENCE.search(pattern)
    prefix, suffix = (pattern[: found.start()], pattern[found.end() :]) if found else (pattern, "")
    return NumberForm(
        numbering=numbering.key,
        period=today.strftime(_PERIODS.get(numbering.reset, "")),
        start=numbering.start,
        prefix=prefix,
        width=int(found[1] or 1) if found else 1,
        suffix=suffix,
    )


def count_in(numbering: Numbering, number: str) -> str | None:
    """Return the count within a number as it stands there: 00007 of KH00007; None where the pattern was another."""
    found = _reading(numbering.pattern).fullmatch(number)
    return found[1] if found and found.lastindex else None


@lru_cache(maxsize=256)
def _reading(pattern: str) -> re.Pattern[str]:
    """Return what reads numbers of a pattern, the count as its one group."""
    pieces = _SLOT.split(pattern)
    return re.compile("".join(r"(\d+)" if "{seq" in each else _DIGITS.get(each) or re.escape(each) for each in pieces))
