"""Working hours: adding them to an instant, and measuring them between two."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from xiaolu.formula.calendar import WorkCalendar

LONGEST_SPAN_DAYS = 3660
"""No limit reaches further than ten years; without working days in between the search ends there."""


@dataclass(frozen=True, slots=True)
class WorkHours:
    """When people work: from ``start`` to ``end`` on working days, wall-clock time of the zone.

    Without a calendar, Monday to Friday are working days.
    """

    calendar: WorkCalendar | None = None
    time_zone: str = "Asia/Shanghai"
    start: time = time(9)
    end: time = time(18)

    def after(self, at: datetime, hours: float, *, calendar: str) -> datetime:
        """Return the instant ``hours`` after ``at``: every hour counts (``calendar``), or working hours only (``working``)."""
        if calendar != "working":
            return at + timedelta(hours=hours)
        rest = timedelta(hours=hours)
        day = at.astimezone(ZoneInfo(self.time_zone)).date()
        for _ in range(LONGEST_SPAN_DAYS):
            opens, closes = self._span(day)
            begin = max(opens, at)
            if begin < closes:
                if rest <= closes - begin:
                    return begin + rest
                rest -= closes - begin
            day += timedelta(days=1)
        raise ValueError("no working days ahead")

    def before(self, at: datetime, hours: float, *, calendar: str) -> datetime:
        """Return the earliest instant from which no more than ``hours`` had passed at ``at``.

        Whatever began before it has lasted longer. With working hours it may lie at the end of the working time
        before: the hours in between do not count.
        """
        if calendar != "working":
            return at - timedelta(hours=hours)
        rest = timedelta(hours=hours)
        day = at.astimezone(ZoneInfo(self.time_zone)).date()
        for _ in range(LONGEST_SPAN_DAYS):
            opens, closes = self._span(day)
            finish = min(closes, at)
            if opens < finish:
                if rest < finish - opens:
                    return finish - rest
                rest -= finish - opens
            day -= timedelta(days=1)
        raise ValueError("no working days before")

    def _span(self, day: date) -> tuple[datetime, datetime]:
        zone = ZoneInfo(self.time_zone)
        opens = datetime.combine(day, self.start, zone).astimezone(UTC)
        if not self.is_working(day):
            return opens, opens
        return opens, datetime.combine(day, self.end, zone).astimezone(UTC)

    def is_working(self, day: date) -> bool:
        """Tell whether people work on a day; beyond the calendar's range weekdays count."""
        known = self.calendar.is_working(day) if self.calendar is not None else None
        return day.weekday() < 5 if known is None else known
