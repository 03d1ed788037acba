"""Time limits in hours: of the clock, or of the work calendar."""

from datetime import datetime, timedelta

from xiaolu.kit.workcalendar.model import WorkCalendar

WORKING = "working"
"""The ``calendar`` of limits, freezes and windows that count working hours alone; with any other every hour counts."""
STEP = timedelta(milliseconds=1)
"""A limit is over once it was exceeded by this much."""


def hours_after(at: datetime, hours: float, *, calendar: str, work: WorkCalendar) -> datetime:
    """Return the instant ``hours`` after ``at``."""
    return work.add_hours(at, hours) if calendar == WORKING else at + timedelta(hours=hours)


def exceeded_before(now: datetime, hours: float, *, calendar: str, work: WorkCalendar) -> datetime:
    """Return the instant before which everything that began has lasted longer than ``hours`` by now.

    With working hours it may lie at the end of an earlier working day: the night in between does not count.
    """
    if calendar != WORKING:
        return now - timedelta(hours=hours)
    return work.add_hours(now, -(hours + STEP / timedelta(hours=1)))
