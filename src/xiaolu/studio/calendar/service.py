"""Use cases of the work calendar: every one demands the ability ``build``, and every change is audited.

A change holds for time limits and for formulas from the moment it is saved; what formulas have stored is computed anew
in the background.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import pairwise

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.access.service.audit import record_audit
from xiaolu.kit.errors import Invalid
from xiaolu.kit.problems import Problem, problem
from xiaolu.kit.workcalendar import (
    FIRST_DAY,
    LAST_DAY,
    WorkPlan,
    load_names,
    load_plan,
    save_exceptions,
    save_plan,
    tell_processes,
)
from xiaolu.kit.workcalendar.model import Span, public_days
from xiaolu.records.service.volatile import refresh_all_volatile

LONGEST_NAME = 60
MOST_SPANS = 6


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the calendar: the plan, public holidays by day as (is worked, name), and what own days are called."""

    year: int
    plan: WorkPlan
    public: Mapping[date, tuple[bool, str]]
    names: Mapping[date, str]


@dataclass(frozen=True, slots=True)
class Hours:
    """Weekdays that are worked, and their opening hours."""

    weekdays: frozenset[int]
    has_public_holidays: bool
    spans: tuple[Span, ...]
    weekday_spans: Mapping[int, tuple[Span, ...]]


async def read_year(ctx: Context, year: int) -> Year:
    """Return the calendar of a year."""
    require_ability(ctx, "build")
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise Invalid("calendar.invalid", [_outside("year")])
    return Year(year, await load_plan(ctx.uow), public_days(year), await load_names(ctx.uow))


async def change_hours(ctx: Context, hours: Hours) -> None:
    """Set weekdays and opening hours.

    Raises:
        Invalid: no day or no hour is worked, or hours overlap.
    """
    require_ability(ctx, "build")
    problems = _wrong_hours(hours)
    if problems:
        raise Invalid("calendar.invalid", problems)
    before = await load_plan(ctx.uow)
    plan = replace(
        before,
        weekdays=hours.weekdays,
        has_public_holidays=hours.has_public_holidays,
        spans=hours.spans,
        weekday_spans=hours.weekday_spans,
    )
    if plan == before:
        return
    await save_plan(ctx.uow, plan)
    detail = {"before": _told(before), "after": _told(plan)}
    await _changed(ctx, "calendar.hours_changed", detail)


async def change_days(ctx: Context, days: Mapping[date, tuple[bool, str] | None]) -> None:
    """Set days of the workspace's own, as (is worked, name); None takes one back."""
    require_ability(ctx, "build")
    problems = [_outside("days", day.isoformat()) for day in days if not FIRST_DAY <= day <= LAST_DAY]
    problems += [
        problem("calendar.name_length", "days", day.isoformat(), maximum=LONGEST_NAME)
        for day, own in days.items()
        if own is not None and len(own[1]) > LONGEST_NAME
    ]
    if problems:
        raise Invalid("calendar.invalid", problems)
    await save_exceptions(ctx.uow, days)
    told = {day.isoformat(): None if own is None else {"working": own[0], "name": own[1]} for day, own in days.items()}
    await _changed(ctx, "calendar.days_changed", {"days": told})


async def _changed(ctx: Context, action: str, detail: Mapping[str, object]) -> None:
    await tell_processes(ctx.uow)
    await refresh_all_volatile(ctx)
    await record_audit(ctx, action, subject_kind="calendar", detail=detail)


def _wrong_hours(hours: Hours) -> list[Problem]:
    found = []
    if not hours.weekdays:
        found.append(problem("calendar.no_weekday", "weekdays"))
    found += _wrong_spans(hours.spans, "spans")
    for weekday, spans in hours.weekday_spans.items():
        found += _wrong_spans(spans, "weekday_spans", str(weekday))
    return found


def _wrong_spans(spans: tuple[Span, ...], *path: str) -> list[Problem]:
    if not spans:
        return [problem("calendar.no_hours", *path)]
    if len(spans) > MOST_SPANS:
        return [problem("calendar.too_many_hours", *path, maximum=MOST_SPANS)]
    edges: list[time] = [each for span in spans for each in span]
    if any(first >= second for first, second in pairwise(edges)):
        return [problem("calendar.hours_overlap", *path)]
    return []


def _outside(*path: str) -> Problem:
    return problem("calendar.outside", *path, first=FIRST_DAY.year, last=LAST_DAY.year)


def _told(plan: WorkPlan) -> dict[str, object]:
    def spoken(spans: tuple[Span, ...]) -> list[str]:
        return [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in spans]

    return {
        "weekdays": sorted(plan.weekdays),
        "public_holidays": plan.has_public_holidays,
        "hours": spoken(plan.spans),
        "weekday_hours": {str(weekday): spoken(spans) for weekday, spans in plan.weekday_spans.items()},
    }
