"""Working days and hours, with the holidays of China and a workspace's own days."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Database, Run
from xiaolu.kit.workcalendar import (
    FIRST_DAY,
    LAST_DAY,
    WorkCalendar,
    WorkPlan,
    load_calendar,
    refresh_work_days,
    save_exceptions,
    save_plan,
)

CHINA = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar()
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(
    lambda each: each.replace(year=2005 + each.year % 50, day=min(each.day, 28))
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def test_public_holidays_and_make_up_days() -> None:
    assert CALENDAR.is_working(date(2026, 10, 1)) is False
    assert CALENDAR.is_working(date(2026, 10, 10)) is True, "a Saturday worked to make up for the holiday"
    assert CALENDAR.is_working(date(2026, 10, 11)) is False
    assert CALENDAR.is_working(date(2026, 10, 12)) is True


def test_weekdays_alone_beyond_the_published_years() -> None:
    assert CALENDAR.is_working(date(2051, 10, 2)) is True
    assert CALENDAR.is_working(date(2051, 10, 1)) is False, "a Sunday"


def test_days_outside_are_unknown() -> None:
    assert CALENDAR.is_working(FIRST_DAY - timedelta(days=1)) is None
    assert CALENDAR.ordinal(LAST_DAY + timedelta(days=1)) is None
    assert CALENDAR.day_at(0) is None
    assert CALENDAR.day_at(10_000_000) is None


def test_own_days_overrule_holidays_and_weekdays() -> None:
    plan = WorkPlan(
        weekdays=frozenset({1, 2, 3, 4, 5, 6}), exceptions={date(2026, 10, 1): True, date(2026, 11, 23): False}
    )
    calendar = WorkCalendar(plan)
    assert calendar.is_working(date(2026, 10, 1)) is True
    assert calendar.is_working(date(2026, 11, 23)) is False
    assert calendar.is_working(date(2026, 11, 21)) is True, "Saturdays are worked here"


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-20 10:00", 1, "2026-11-20 11:00"),
        ("2026-11-20 11:30", 1, "2026-11-20 14:00"),
        ("2026-11-20 17:00", 1, "2026-11-20 18:00"),
        ("2026-11-20 17:00", 2, "2026-11-23 10:00"),
        ("2026-11-21 10:00", 0.5, "2026-11-23 09:30"),
        ("2026-11-20 09:00", 15, "2026-11-23 18:00"),
        ("2026-09-30 17:00", 2, "2026-10-08 10:00"),
        ("2026-11-23 10:00", -2, "2026-11-20 17:00"),
        ("2026-11-20 03:00", 0, "2026-11-20 03:00"),
    ],
)
def test_working_hours_are_added(start: str, hours: float, end: str) -> None:
    assert CALENDAR.add_hours(at(start), hours) == at(end)


def test_a_week_has_five_days_of_hours() -> None:
    assert CALENDAR.hours_per_day == 7.5
    assert CALENDAR.hours_between(at("2026-11-16 00:00"), at("2026-11-23 00:00")) == 37.5
    assert CALENDAR.hours_between(at("2026-11-23 00:00"), at("2026-11-16 00:00")) == -37.5


@given(MOMENTS, st.integers(1, 60_000))
def test_added_hours_are_measured_back(start: datetime, minutes: int) -> None:
    end = CALENDAR.add_hours(start, minutes / 60)
    assert CALENDAR.hours_between(start, end) == pytest.approx(minutes / 60)
    assert end > start


@given(MOMENTS, st.integers(1, 60_000))
def test_taken_hours_are_measured_back(end: datetime, minutes: int) -> None:
    start = CALENDAR.add_hours(end, -minutes / 60)
    assert CALENDAR.hours_between(start, end) == pytest.approx(minutes / 60)


@given(MOMENTS, MOMENTS, MOMENTS)
def test_spans_add_up(first: datetime, second: datetime, third: datetime) -> None:
    whole = CALENDAR.hours_between(first, third)
    assert CALENDAR.hours_between(first, second) + CALENDAR.hours_between(second, third) == pytest.approx(whole)


@given(st.dates(date(2010, 1, 1), date(2040, 1, 1)), st.integers(-500, 500))
def test_added_days_are_working_days(day: date, days: int) -> None:
    found = CALENDAR.add_days(day, days)
    assert found is not None
    assert days == 0 or CALENDAR.is_working(found)
    step = (found > day) - (found < day)
    assert step == (days > 0) - (days < 0)


def test_time_limits_outside_the_calendar_count_every_hour() -> None:
    assert CALENDAR.add_hours(datetime(2070, 1, 1, tzinfo=UTC), 5) == datetime(2070, 1, 1, 5, tzinfo=UTC)
    assert CALENDAR.hours_between(datetime(1990, 1, 1, tzinfo=UTC), datetime(1990, 1, 1, 5, tzinfo=UTC)) == 5


@pytest.mark.parametrize("spans", [(), ((time(9), time(9)),), ((time(9), time(12)), (time(11), time(18)))])
def test_opening_hours_must_make_sense(spans: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(ValueError, match="opening hours"):
        WorkPlan(spans=spans)


def test_the_table_of_days_says_the_same(database: Database, run: Run) -> None:
    async def scenario() -> None:
        uow = await database.uow()
        try:
            await refresh_work_days(uow)
            assert await refresh_work_days(uow) is False, "nothing changed"
            await save_exceptions(uow, {date(2026, 11, 23): (False, "盘点"), date(2026, 11, 22): (True, "补班")})
            await save_exceptions(uow, {date(2026, 11, 22): None})
            await save_plan(uow, WorkPlan(spans=((time(8), time(12)), (time(13), time(17)))))
            await uow.finish()
            calendar = await load_calendar(uow)
            assert calendar.hours_per_day == 8
            assert calendar.is_working(date(2026, 11, 22)) is False
            rows = await uow.connection.fetch("SELECT day, is_working, ordinal FROM work_day ORDER BY day")
            assert [tuple(row) for row in rows] == calendar.days()
            assert await uow.connection.fetchval("SELECT is_working FROM work_day WHERE day = '2026-11-23'") is False
        finally:
            await uow.connection.close()

    run(scenario())
