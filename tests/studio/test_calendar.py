"""The work calendar over HTTP: a year, own days, hours by weekday; formulas and time limits follow."""

from datetime import UTC, date, datetime
from typing import Any

from tests.access.http import Browser
from tests.access.scene import PASSWORD
from tests.conftest import Database, Run
from tests.studio.shop import play_shop
from xiaolu.access.context import Context
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.workcalendar import load_calendar
from xiaolu.runtime.workspace import open_workspace

HOURS = {
    "weekdays": [1, 2, 3, 4, 5, 6],
    "has_public_holidays": True,
    "spans": [{"opens": "09:00", "closes": "12:00"}, {"opens": "13:00", "closes": "18:00"}],
    "weekday_spans": {"6": [{"opens": "09:00", "closes": "12:00"}]},
}


async def _days(browser: Browser, year: int = 2026) -> dict[str, Any]:
    found = (await browser.send("GET", f"/studio/calendar?year={year}")).json()
    return {each["day"]: (each["is_working"], each["reason"], each["name"]) for each in found["days"]}


def test_a_year_has_holidays_make_up_days_and_own_days(uow: UnitOfWork, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        days = await _days(browser)
        assert days["2026-10-01"] == (False, "holiday", "国庆节")
        assert days["2026-10-10"] == (True, "makeup", "国庆节")
        own = {
            "days": [
                {"day": "2026-11-23", "is_working": False, "name": "盘点"},
                {"day": "2026-10-01", "is_working": True},
            ]
        }
        assert (await browser.send("PUT", "/studio/calendar/days", own)).status_code == 204
        days = await _days(browser)
        assert days["2026-11-23"] == (False, "own", "盘点")
        assert days["2026-10-01"] == (True, "own", "")
        counted = await browser.send(
            "POST",
            "/studio/formula/check",
            {"entity": "deal", "text": 'NETWORKDAYS(DATE("2026-11-23"), DATE("2026-11-24"))', "samples": True},
        )
        assert counted.json()["type"] == "number"
        assert await uow.connection.fetchval("SELECT is_working FROM work_day WHERE day = '2026-11-23'") is False
        assert await uow.connection.fetchval("SELECT day IS NULL FROM clock_round")
        back = {"days": [{"day": "2026-10-01", "is_working": None}]}
        assert (await browser.send("PUT", "/studio/calendar/days", back)).status_code == 204
        assert (await _days(browser))["2026-10-01"] == (False, "holiday", "国庆节")
        assert (await browser.send("GET", "/studio/calendar?year=1990")).status_code == 422
        await browser.sign_in("rep", PASSWORD)
        assert (await browser.send("GET", "/studio/calendar?year=2026")).status_code == 403

    run(play_shop(uow, database, story))


def test_hours_differ_by_weekday_and_time_limits_follow(uow: UnitOfWork, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        wrong = {**HOURS, "weekdays": [], "weekday_spans": {"6": [{"opens": "12:00", "closes": "09:00"}]}}
        refused = await browser.send("PUT", "/studio/calendar", wrong)
        assert refused.status_code == 422
        assert [each["code"] for each in refused.json()["problems"]] == [
            "calendar.no_weekday",
            "calendar.hours_overlap",
        ]
        assert (await browser.send("PUT", "/studio/calendar", HOURS)).status_code == 204
        found = (await browser.send("GET", "/studio/calendar?year=2026")).json()
        assert found["weekday_spans"]["6"] == [{"opens": "09:00", "closes": "12:00"}]
        calendar = await load_calendar(uow)
        friday = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # 17:00 in Shanghai
        assert calendar.add_hours(friday, 4) == datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
        assert calendar.add_hours(friday, 5) == datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
        assert calendar.hours_between(friday, datetime(2026, 11, 23, 2, 0, tzinfo=UTC)) == 5
        logged = await uow.connection.fetchval("SELECT detail::text FROM audit WHERE action = 'calendar.hours_changed'")
        assert "09:00-12:00" in logged

    run(play_shop(uow, database, story))


def test_every_request_works_with_the_calendar_of_the_workspace(uow: UnitOfWork, database: Database, run: Run) -> None:
    async def told() -> None:
        await uow.connection.execute(
            "INSERT INTO work_exception VALUES ('2026-11-23', FALSE, ''); UPDATE state SET calendar = calendar + 1"
        )
        async with open_workspace(database.url, database.schema, migrate=False) as workspace:
            async with workspace.context() as ctx:
                assert isinstance(ctx, Context)
                assert ctx.calendar.is_working(date(2026, 11, 23)) is False
            await uow.connection.execute("DELETE FROM work_exception; UPDATE state SET calendar = calendar + 1")
            await workspace.read_state()
            async with workspace.context() as ctx:
                assert ctx.calendar.is_working(date(2026, 11, 23)) is True

    run(told())
