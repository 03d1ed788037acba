"""The work calendar in the database: the plan, the exceptions, and the table of days that SQL formulas count with."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from hashlib import sha256
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import compose, param, raw
from xiaolu.kit.workcalendar.model import Span, WorkCalendar, WorkPlan


async def load_plan(uow: UnitOfWork) -> WorkPlan:
    """Return how the workspace works."""
    found = await uow.fetch_one(
        raw("SELECT weekdays, has_public_holidays, hours, weekday_hours::text AS weekday_hours FROM work_calendar")
    )
    exceptions = {row["day"]: row["is_working"] for row in await uow.fetch(raw("SELECT * FROM work_exception"))}
    if found is None:
        return WorkPlan(exceptions=exceptions)
    return WorkPlan(
        weekdays=frozenset(found["weekdays"]),
        has_public_holidays=found["has_public_holidays"],
        spans=_spans(found["hours"]),
        exceptions=exceptions,
        weekday_spans={
            int(weekday): _spans([time.fromisoformat(each) for each in edges])
            for weekday, edges in msgspec.json.decode(found["weekday_hours"]).items()
        },
    )


def _spans(edges: Sequence[time]) -> tuple[Span, ...]:
    return tuple(list(pairwise(edges))[::2])


async def load_names(uow: UnitOfWork) -> dict[date, str]:
    """Return what the workspace calls its own days."""
    return {row["day"]: row["name"] for row in await uow.fetch(raw("SELECT day, name FROM work_exception"))}


async def load_calendar(uow: UnitOfWork) -> WorkCalendar:
    """Return the calendar of the workspace in its time zone."""
    zone = await uow.fetch_value(raw("SELECT time_zone FROM state"))
    return WorkCalendar(await load_plan(uow), ZoneInfo(zone or "Asia/Shanghai"))


async def save_plan(uow: UnitOfWork, plan: WorkPlan) -> None:
    """Store weekdays, holidays and hours (not the exceptions), and count the days anew."""
    await uow.write(
        compose(
            "UPDATE work_calendar SET weekdays = {weekdays}, has_public_holidays = {holidays}, hours = {hours},"
            " weekday_hours = {weekday_hours}",
            weekdays=param(sorted(plan.weekdays), "smallint[]"),
            holidays=param(plan.has_public_holidays, "boolean"),
            hours=param([each for span in plan.spans for each in span], "time[]"),
            weekday_hours=param(msgspec.json.encode(_written(plan)).decode(), "jsonb"),
        )
    )
    await refresh_work_days(uow)


def _written(plan: WorkPlan) -> dict[str, list[str]]:
    return {
        str(weekday): [each.isoformat("minutes") for span in spans for each in span]
        for weekday, spans in sorted(plan.weekday_spans.items())
    }


async def tell_processes(uow: UnitOfWork) -> None:
    """Let every process of the workspace load the calendar anew."""
    await uow.write(raw("UPDATE state SET calendar = calendar + 1"))


async def save_exceptions(uow: UnitOfWork, days: Mapping[date, tuple[bool, str] | None]) -> None:
    """Store the workspace's own days as (is worked, name), None taking one back, and count the days anew."""
    gone = [day for day, exception in days.items() if exception is None]
    kept = [(day, *exception) for day, exception in days.items() if exception is not None]
    await uow.write(compose("DELETE FROM work_exception WHERE day = ANY({days})", days=param(gone, "date[]")))
    await uow.write(
        compose(
            "INSERT INTO work_exception (day, is_working, name) SELECT * FROM unnest({days}, {worked}, {names})"
            " ON CONFLICT (day) DO UPDATE SET is_working = EXCLUDED.is_working, name = EXCLUDED.name",
            days=param([each[0] for each in kept], "date[]"),
            worked=param([each[1] for each in kept], "boolean[]"),
            names=param([each[2] for each in kept], "text[]"),
        )
    )
    await refresh_work_days(uow)


async def refresh_work_days(uow: UnitOfWork) -> bool:
    """Fill ``work_day`` where it differs from the calendar; tell whether it did.

    Cheap where nothing changed. Called when a workspace starts (new public holidays may have come with an update) and
    after a change of the plan.
    """
    days = WorkCalendar(await load_plan(uow)).days()
    digest = sha256(bytes(worked for _, worked, _ in days)).hexdigest()
    if await uow.fetch_value(raw("SELECT digest FROM work_calendar")) == digest:
        return False
    await uow.write(raw("SELECT digest FROM work_calendar FOR UPDATE"))
    await uow.write(raw("DELETE FROM work_day"))
    await uow.copy("work_day", ("day", "is_working", "ordinal"), days)
    await uow.write(compose("UPDATE work_calendar SET digest = {digest}", digest=param(digest, "text")))
    return True
