"""Working days counted, and working hours added and measured on a wall clock. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

from chinese_calendar.constants import Holiday, holidays, workdays  # type: ignore[import-untyped]

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2059, 12, 31)
"""The days that the calendar covers; beyond the years of published holidays it knows weekdays alone."""
_FIRST = FIRST_DAY.toordinal()
_COUNT = LAST_DAY.toordinal() - _FIRST + 1
Span = tuple[time, time]
DAY_HOURS: tuple[Span, ...] = ((time(9), time(12)), (time(13, 30), time(18)))


@dataclass(frozen=True, slots=True)
class WorkPlan:
    """How a workspace works.

    ``weekdays`` are ISO numbers (1 is Monday); ``spans`` the opening hours of a day, in order and apart; ``exceptions``
    the workspace's own days: worked or not, whatever weekday or holiday it is. ``weekday_spans`` are the hours of
    weekdays that differ from the others; a day that is worked to make up for a holiday has the hours of its weekday.
    """

    weekdays: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    has_public_holidays: bool = True
    spans: tuple[Span, ...] = DAY_HOURS
    exceptions: Mapping[date, bool] = field(default_factory=dict)
    weekday_spans: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for spans in (self.spans, *self.weekday_spans.values()):
            edges = [each for span in spans for each in span]
            if not spans or any(first >= second for first, second in pairwise(edges)):
                raise ValueError("the opening hours of a day must be in order, and there must be some")
        if not (self.weekdays | set(self.weekday_spans)) <= set(range(1, 8)):
            raise ValueError("weekdays are numbered from 1 (Monday) to 7")

    def spans_of(self, weekday: int) -> tuple[Span, ...]:
        """Return the opening hours of a weekday that is worked."""
        return self.weekday_spans.get(weekday, self.spans)


class WorkCalendar:
    """Answers questions about working time in one time zone. Days outside ``FIRST_DAY`` … ``LAST_DAY`` are unknown."""

    def __init__(self, plan: WorkPlan | None = None, zone: ZoneInfo | None = None) -> None:
        self.plan = plan or WorkPlan()
        self.zone = zone or ZoneInfo("Asia/Shanghai")
        self._flags = _flags(self.plan)
        self._ordinals = list(accumulate(self._flags))

    @cached_property
    def _worked(self) -> list[int]:
        """Return the positions of the working days, so that the nth is found at once."""
        return [position for position, flag in enumerate(self._flags) if flag]

    @cached_property
    def _worked_seconds(self) -> list[int]:
        """Return the working seconds from the first day covered up to and including each day."""
        week = [_length(self.plan.spans_of(weekday)) for weekday in range(1, 8)]
        first = FIRST_DAY.weekday()
        return list(accumulate(week[(first + at) % 7] if flag else 0 for at, flag in enumerate(self._flags)))

    @property
    def hours_per_day(self) -> float:
        """Return how many hours a working day has, unless its weekday has hours of its own."""
        return _length(self.plan.spans) / 3_600

    def is_working(self, day: date) -> bool | None:
        """Tell whether ``day`` is worked; None outside the days covered."""
        position = day.toordinal() - _FIRST
        return bool(self._flags[position]) if 0 <= position < _COUNT else None

    def ordinal(self, day: date) -> int | None:
        """Count the working days from the first day covered up to and including ``day``; None outside."""
        position = day.toordinal() - _FIRST
        return self._ordinals[position] if 0 <= position < _COUNT else None

    def day_at(self, ordinal: int) -> date | None:
        """Return the working day with this ordinal; None outside the days covered."""
        if not 1 <= ordinal <= len(self._worked):
            return None
        return date.fromordinal(_FIRST + self._worked[ordinal - 1])

    def add_days(self, day: date, days: int) -> date | None:
        """Return the day that is ``days`` working days after ``day`` (before it where negative); None outside."""
        counted = self.ordinal(day)
        if counted is None:
            return None
        if days == 0:
            return day
        return self.day_at(counted + days + (1 if days < 0 and not self.is_working(day) else 0))

    def hours_between(self, start: datetime, end: datetime) -> float:
        """Return the working hours from ``start`` to ``end``, both aware; negative where ``end`` comes first."""
        first, last = self._worked_until(start), self._worked_until(end)
        if first is None or last is None:
            return (end - start).total_seconds() / 3_600
        return (last - first) / 3_600

    def add_hours(self, at: datetime, hours: float) -> datetime:
        """Return the instant (UTC) at which ``hours`` working hours after ``at`` (aware) are over.

        What ends exactly with a working day ends at its closing, not at the next opening. Outside the days covered
        every hour counts.
        """
        if hours == 0:
            return at.astimezone(UTC)
        worked = self._worked_until(at)
        wanted = None if worked is None else worked + hours * 3_600
        if wanted is not None and wanted >= 0:
            find = bisect_left if hours > 0 else bisect_right
            position = find(self._worked_seconds, wanted)
            if position < _COUNT:
                before = self._worked_seconds[position - 1] if position else 0
                return self._instant(date.fromordinal(_FIRST + position), wanted - before)
        return at.astimezone(UTC) + timedelta(hours=hours)

    def _worked_until(self, at: datetime) -> float | None:
        """Count the working seconds from the first day covered until ``at``."""
        local = at.astimezone(self.zone)
        position = local.date().toordinal() - _FIRST
        if not 0 <= position < _COUNT:
            return None
        before = self._worked_seconds[position - 1] if position else 0
        if not self._flags[position]:
            return float(before)
        clock = _seconds(local.time()) + local.microsecond / 1_000_000
        return before + sum(
            max(0.0, min(clock, _seconds(closes)) - _seconds(opens))
            for opens, closes in self.plan.spans_of(local.isoweekday())
        )

    def _instant(self, day: date, seconds: float) -> datetime:
        """Return when ``seconds`` of the working time of ``day`` are over."""
        for opens, closes in self.plan.spans_of(day.isoweekday()):
            length = _seconds(closes) - _seconds(opens)
            if seconds <= length:
                break
            seconds -= length
        midnight = datetime.combine(day, time(0))
        return (midnight + timedelta(seconds=_seconds(opens) + seconds)).replace(tzinfo=self.zone).astimezone(UTC)

    def days(self) -> list[tuple[date, bool, int]]:
        """Return every day covered as (day, is worked, ordinal): the rows of the table ``work_day``."""
        return [
            (date.fromordinal(_FIRST + position), bool(flag), ordinal)
            for position, (flag, ordinal) in enumerate(zip(self._flags, self._ordinals, strict=True))
        ]


def last_known_year() -> int:
    """Return the last year whose public holidays are known."""
    years: set[int] = {each.year for each in holidays}
    return max(years)


def published_days() -> dict[date, bool]:
    """Return the days on which public holidays overrule the weekday: off, or worked to make up for it."""
    return {**dict.fromkeys(holidays, False), **dict.fromkeys(workdays, True)}


def holiday_names() -> dict[str, tuple[str, str]]:
    """Return what public holidays are called, as (Chinese, English), by the name that ``public_days`` gives."""
    return {each.value: (each.chinese, each.value) for each in Holiday}


def public_days(year: int) -> dict[date, tuple[bool, str]]:
    """Return the days of a year on which public holidays overrule the weekday, as (is worked, name of the holiday)."""
    off = {day: (False, name) for day, name in holidays.items() if day.year == year}
    return {**off, **{day: (True, name) for day, name in workdays.items() if day.year == year}}


def _flags(plan: WorkPlan) -> bytes:
    flags = bytearray(_weekday_flags(plan.weekdays, has_holidays=plan.has_public_holidays))
    for day, is_worked in plan.exceptions.items():
        position = day.toordinal() - _FIRST
        if 0 <= position < _COUNT:
            flags[position] = is_worked
    return bytes(flags)


@cache
def _weekday_flags(weekdays: frozenset[int], *, has_holidays: bool) -> bytes:
    week = bytes((FIRST_DAY + timedelta(days=each)).isoweekday() in weekdays for each in range(7))
    flags = bytearray((week * (_COUNT // 7 + 1))[:_COUNT])
    if has_holidays:
        for day, is_worked in published_days().items():
            position = day.toordinal() - _FIRST
            if 0 <= position < _COUNT:
                flags[position] = is_worked
    return bytes(flags)


def _length(spans: tuple[Span, ...]) -> int:
    return sum(_seconds(closes) - _seconds(opens) for opens, closes in spans)


def _seconds(clock: time) -> int:
    return clock.hour * 3_600 + clock.minute * 60 + clock.second
