"""Timers fire once, failed ones are tried again, schedules know the calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.conftest import Database, Run
from tests.events.test_log import NOW, context
from xiaolu.access.context import Context
from xiaolu.events.model import Schedule, Timer
from xiaolu.events.timers import (
    ATTEMPTS,
    TimerFailed,
    cancel_timer,
    fire_timer,
    next_fire,
    put_off,
    set_schedule,
    set_timer,
    tick_schedules,
)
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.errors import Invalid

NEVER_OFF = lambda day: True  # noqa: E731


class Fired:
    def __init__(self) -> None:
        self.payloads: list[object] = []

    async def __call__(self, ctx: Context, timer: Timer) -> None:
        self.payloads.append(timer.payload)


def test_a_timer_waits_for_its_instant_and_fires_once(uow: UnitOfWork, run: Run) -> None:
    fired = Fired()
    run(set_timer(context(uow), "ring", NOW + timedelta(hours=1), {"n": 1}))
    assert run(fire_timer(context(uow), {"ring": fired})) is False
    later = context(uow, NOW + timedelta(hours=1))
    assert run(fire_timer(later, {"ring": fired})) is True
    assert run(fire_timer(later, {"ring": fired})) is False
    assert fired.payloads == [{"n": 1}]


def test_a_keyed_timer_is_moved_and_can_be_cancelled(uow: UnitOfWork, run: Run) -> None:
    fired = Fired()
    run(set_timer(context(uow), "ring", NOW, {"n": 1}, key="k"))
    run(set_timer(context(uow), "ring", NOW + timedelta(hours=2), {"n": 2}, key="k"))
    assert run(fire_timer(context(uow), {"ring": fired})) is False
    assert run(cancel_timer(context(uow), "k")) is True
    assert run(cancel_timer(context(uow), "k")) is False


def test_a_failing_timer_is_put_off_and_given_up_at_last(database: Database, run: Run) -> None:
    async def broken(ctx: Context, timer: Timer) -> None:
        raise ValueError("no printer")

    async def scenario() -> tuple[int, str]:
        uow = await database.uow()
        now = NOW
        await set_timer(context(uow), "ring", now, {})
        await uow.finish()
        tries = 0
        while True:
            try:
                if not await fire_timer(context(uow, now), {"ring": broken}):
                    break
            except TimerFailed as failure:
                tries += 1
                await uow.abandon()
                await put_off(context(uow, now), failure)
                await uow.finish()
            now += timedelta(days=30)
        await uow.abandon()
        error = await uow.connection.fetchval("SELECT error FROM timer WHERE failed_at IS NOT NULL")
        await uow.connection.close()
        return tries, error

    assert run(scenario()) == (ATTEMPTS, "ValueError: no printer")


def test_two_workers_do_not_fire_one_timer_twice(database: Database, run: Run) -> None:
    async def scenario() -> tuple[bool, bool]:
        first, second = await database.uow(), await database.uow()
        await set_timer(context(first), "ring", NOW, {})
        await first.finish()
        got_first = await fire_timer(context(first), {"ring": Fired()})
        got_second = await fire_timer(context(second), {"ring": Fired()})
        await first.finish()
        await second.abandon()
        await first.connection.close()
        await second.connection.close()
        return got_first, got_second

    assert run(scenario()) == (True, False)


def test_a_schedule_fires_once_for_a_missed_night(uow: UnitOfWork, run: Run) -> None:
    run(set_schedule(context(uow), Schedule(key="daily", kind="report", cron="0 8 * * *", payload={"x": 1}), NEVER_OFF))
    assert run(tick_schedules(context(uow), NEVER_OFF)) == 0
    late = context(uow, NOW + timedelta(days=3))
    assert run(tick_schedules(late, NEVER_OFF)) == 1
    assert run(tick_schedules(late, NEVER_OFF)) == 0
    fired = Fired()
    assert run(fire_timer(late, {"report": fired})) is True
    assert fired.payloads == [{"x": 1, "schedule": "daily", "fired_at": "2026-11-22T00:00:00+00:00"}]


def test_cron_is_read_in_the_workspace_time_zone_and_skips_days_off() -> None:
    friday_evening = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    schedule = Schedule(key="k", kind="k", cron="30 9 * * *", working_days_only=True, payload={})

    def is_working_day(day: date) -> bool:
        return day.weekday() < 5

    assert next_fire(schedule, friday_evening, "Asia/Shanghai", is_working_day) == datetime(
        2026, 11, 23, 1, 30, tzinfo=UTC
    )


@pytest.mark.parametrize("cron", ["", "every day", "99 * * * *"])
def test_a_wrong_expression_is_refused(cron: str) -> None:
    with pytest.raises(Invalid):
        next_fire(Schedule(key="k", kind="k", cron=cron, payload={}), NOW, "Asia/Shanghai", NEVER_OFF)


def test_a_schedule_that_never_meets_a_working_day_is_refused() -> None:
    schedule = Schedule(key="k", kind="k", cron="0 9 * * *", working_days_only=True, payload={})
    with pytest.raises(Invalid, match=r"schedule\.never"):
        next_fire(schedule, NOW, "Asia/Shanghai", lambda day: False)
