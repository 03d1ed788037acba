"""Which days and hours are worked: weekdays, public holidays with their make-up days, and a workspace's own exceptions."""

from xiaolu.kit.workcalendar.model import FIRST_DAY, LAST_DAY, WorkCalendar, WorkPlan
from xiaolu.kit.workcalendar.store import (
    load_calendar,
    load_names,
    load_plan,
    refresh_work_days,
    save_exceptions,
    save_plan,
    tell_processes,
)

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "WorkCalendar",
    "WorkPlan",
    "load_calendar",
    "load_names",
    "load_plan",
    "refresh_work_days",
    "save_exceptions",
    "save_plan",
    "tell_processes",
]
