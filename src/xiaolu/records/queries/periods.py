"""Relative periods (today, this month, the last 7 days) as half-open ranges of local days or instants.

Weeks begin on Monday. A rolling period of days, weeks, months, quarters or years includes today and is counted in
whole local days; a period of hours is counted from the instant.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

DAY_UNITS = ("day", "week", "month", "quarter", "year")
NAMED = (
    "now", "today", "yesterday", "tomorrow",
    *(f"{which}_{unit}" for which in ("last", "this", "next") for unit in DAY_UNITS[1:]),
)  # fmt: skip
_LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Days:
    """Whole local days from ``first`` up to, but not including, ``end``."""

    first: date
    end: date

    def instants(self, zone: ZoneInfo) -> "Instants":
        """Return the same days as instants in UTC; a day lasts from one local midnight to the next."""
        return Instants(midnight(self.first, zone), midnight(self.end, zone))


@dataclass(frozen=True, slots=True)
class Instants:
    """The time from ``first`` up to, but not including, ``end``, both aware and in UTC."""

    first: datetime
    end: datetime


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, at which ``day`` begins in ``zone``."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def read_period(raw: Any, now: datetime, zone: ZoneInfo) -> Days | Instants | None:
    """Return the period that a filter value names, or None where it names none.

    ``raw`` is ``{"relative": name}``, ``{"last": n, "unit": unit}`` or ``{"next": n, "unit": unit}``; units are hour and
    those of ``DAY_UNITS``.
    """
    if not isinstance(raw, dict):
        return None
    today = now.astimezone(zone).date()
    if set(raw) == {"relative"}:
        return named_period(raw["relative"], now, today)
    for direction in ("last", "next"):
        if set(raw) in ({direction}, {direction, "unit"}):
            return _rolling(direction, raw[direction], raw.get("unit", "day"), now=now, today=today)
    return None


def named_period(name: Any, now: datetime, today: date) -> Days | Instants | None:
    """Return the period of a fixed name such as ``this_month``."""
    single = {"yesterday": -1, "today": 0, "tomorrow": 1}
    if name == "now":
        return Instants(now, now)
    if name in single:
        first = today + timedelta(days=single[name])
        return Days(first, first + timedelta(days=1))
    if not isinstance(name, str) or name not in NAMED:
        return None
    which, _, unit = name.partition("_")
    shift = {"last": -1, "this": 0, "next": 1}[which]
    first = step(start_of(today, unit), unit, shift)
    return Days(first, step(first, unit, 1))


def start_of(day: date, unit: str) -> date:
    """Return the first day of the unit that ``day`` lies in."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    if unit == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def step(day: date, unit: str, count: int) -> date:
    """Move ``day`` by ``count`` units; a day that the target month lacks becomes its last day.

    Raises:
        OverflowError: the result lies outside the calendar.
    """
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * {"month": 1, "quarter": 3, "year": 12}[unit]
    year, month = divmod(months, 12)
    if not 1 <= year <= 9998:
        raise OverflowError("the date lies outside the calendar")
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def _rolling(direction: str, count: Any, unit: Any, *, now: datetime, today: date) -> Days | Instants | None:
    if isinstance(count, bool) or not isinstance(count, int) or not 0 < count <= _LONGEST:
        return None
    if unit == "hour":
        span = timedelta(hours=count)
        return Instants(now - span, now) if direction == "last" else Instants(now, now + span)
    if unit not in DAY_UNITS:
        return None
    try:
        if direction == "last":
            return Days(step(today, unit, -count) + timedelta(days=1), today + timedelta(days=1))
        return Days(today, step(today, unit, count))
    except OverflowError:
        return None
