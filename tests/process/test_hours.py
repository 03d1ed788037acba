"""Limits in hours of the clock and of the work calendar."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaolu.kit.workcalendar import WorkCalendar
from xiaolu.process.hours import exceeded_before, hours_after

WORK = WorkCalendar()
MONDAY_9 = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_hours_of_the_clock() -> None:
    assert hours_after(MONDAY_9, 24, calendar="calendar", work=WORK) == MONDAY_9 + timedelta(hours=24)
    assert exceeded_before(MONDAY_9, 48, calendar="calendar", work=WORK) == MONDAY_9 - timedelta(hours=48)


def test_a_weekend_does_not_count() -> None:
    friday_17 = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
    assert hours_after(friday_17, 2, calendar="working", work=WORK) == datetime(2026, 3, 9, 2, 0, tzinfo=UTC)


@given(st.integers(0, 60 * 24 * 40), st.floats(0.5, 80))
def test_what_began_before_has_lasted_longer(minutes: int, hours: float) -> None:
    now = MONDAY_9 + timedelta(minutes=minutes)
    before = exceeded_before(now, hours, calendar="working", work=WORK)
    assert WORK.hours_between(before, now) == pytest.approx(hours, abs=1e-5)
    assert WORK.hours_between(before - timedelta(hours=24 * 4), now) > hours


def test_the_night_between_belongs_to_the_limit() -> None:
    """Eight working hours are just reached on Monday evening for everything since Friday's closing: nothing is over."""
    monday_closing = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)
    friday_closing = datetime(2026, 3, 6, 10, 0, tzinfo=UTC)
    day = WORK.hours_per_day
    assert exceeded_before(monday_closing, day, calendar="working", work=WORK) < friday_closing
    later = monday_closing + timedelta(days=1) - timedelta(hours=8, minutes=59)
    assert exceeded_before(later, day, calendar="working", work=WORK) > friday_closing
