"""Shared by the types that hold dates: reading the forms that people and spreadsheets use."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 1800, 2299
"""Years outside are typing errors."""
_DATE = re.compile(
    r"(?P<y>\d{4})\s*(?:[-/.]|年)\s*(?P<m>\d{1,2})\s*(?:[-/.]|月)\s*(?P<d>\d{1,2})\s*日?|(?P<digits>\d{8})", re.ASCII
)
_TIME = re.compile(
    r"(?P<half>上午|下午|晚上|AM|PM)?\s*(?P<h>\d{1,2})\s*[:：时点]\s*(?:(?P<m>\d{1,2})\s*(?:[:：分]\s*(?:(?P<s>\d{1,2})\s*秒?)?)?)?"
    r"\s*(?P<half_after>AM|PM)?",
    re.IGNORECASE | re.ASCII,
)
_FIRST_SERIAL, _LAST_SERIAL = 1_000, 145_000
_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a wall-clock time by definition


def written_date(text: str) -> date | None:
    """Return the day that ``text`` names: ``2026-01-05``, ``2026/1/5``, ``2026.1.5``, ``2026年1月5日``, ``20260105``."""
    found = _DATE.fullmatch(text.strip())
    return _day(found) if found else None


def written_moment(text: str) -> datetime | None:
    """Return the date and time that ``text`` names, naive unless it carries an offset."""
    stripped = text.strip()
    try:
        if len(stripped) >= 16 and stripped[4] == "-":
            return datetime.fromisoformat(stripped)
    except ValueError:
        pass
    found = _DATE.match(stripped)
    day = _day(found) if found else None
    if found is None or day is None:
        return None
    clock = _clock(stripped[found.end() :].lstrip(" T　"))
    return None if clock is None else datetime.combine(day, clock)


def serial_moment(serial: float) -> datetime | None:
    """Return the wall-clock time of a spreadsheet's day number, where it is a plausible one."""
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        return None
    return _SERIAL_ZERO + timedelta(seconds=round(serial * 86_400))


def as_utc(moment: datetime, zone: ZoneInfo) -> datetime | None:
    """Return ``moment`` in UTC; a naive one is the wall clock of ``zone``. None outside the years we keep."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
    return aware.astimezone(UTC)


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """Return the day on the wall of ``zone`` (of the moment itself where it is naive)."""
    return moment.date() if moment.tzinfo is None else moment.astimezone(zone).date()


def _day(found: "re.Match[str]") -> date | None:
    digits = found["digits"]
    year, month, day = (digits[:4], digits[4:6], digits[6:]) if digits else (found["y"], found["m"], found["d"])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _clock(text: str) -> time | None:
    if not text:
        return time(0)
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour = int(found["h"])
    half = (found["half"] or found["half_after"] or "").upper()
    if half in {"下午", "晚上", "PM"} and hour < 12:
        hour += 12
    if half in {"上午", "AM"} and hour == 12:
        hour = 0
    try:
        return time(hour, int(found["m"] or 0), int(found["s"] or 0))
    except ValueError:
        return None
