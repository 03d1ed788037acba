"""Shapes of the work calendar."""

from datetime import date, time
from typing import Annotated, Literal

from msgspec import Meta, Struct

from xiaolu.kit.i18n import Language
from xiaolu.kit.workcalendar import FIRST_DAY, LAST_DAY
from xiaolu.kit.workcalendar.model import Span, holiday_names, last_known_year
from xiaolu.studio.calendar.service import Hours, Year

Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="Such as 09:00")]
Weekday = Annotated[int, Meta(ge=1, le=7)]


class SpanBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hours without a break."""

    opens: Clock
    closes: Clock


class DayOut(Struct, frozen=True, kw_only=True):
    """A day that differs from its weekday. ``reason``: holiday, makeup (worked instead of a holiday) or own."""

    day: date
    is_working: bool
    reason: Literal["holiday", "makeup", "own"]
    name: str


class HoursBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Weekdays that are worked (1 is Monday) and their hours; ``weekday_spans`` has those with hours of their own."""

    weekdays: list[Weekday]
    has_public_holidays: bool
    spans: list[SpanBody]
    weekday_spans: dict[str, list[SpanBody]] = {}


class CalendarOut(HoursBody, frozen=True, kw_only=True):
    """A year of the work calendar."""

    year: int
    first_year: int
    last_year: int
    known_until: int
    """The last year whose public holidays have been announced."""
    days: list[DayOut]


class OwnDayBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day of the workspace's own; ``is_working`` null: as the weekday and the public holidays have it."""

    day: date
    is_working: bool | None
    name: Annotated[str, Meta(max_length=200)] = ""


class OwnDaysBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Days to set or take back."""

    days: Annotated[list[OwnDayBody], Meta(min_length=1, max_length=400)]


def calendar_out(found: Year, language: Language) -> CalendarOut:
    """Return a year in a language; a day of the workspace's own hides the holiday that it overrules."""
    plan = found.plan
    names = holiday_names()
    days: dict[date, DayOut] = {}
    if plan.has_public_holidays:
        for day, (is_working, name) in found.public.items():
            chinese, english = names.get(name, (name, name))
            days[day] = DayOut(
                day=day,
                is_working=is_working,
                reason="makeup" if is_working else "holiday",
                name=english if language == "en" else chinese,
            )
    for day, is_working in plan.exceptions.items():
        if day.year == found.year:
            days[day] = DayOut(day=day, is_working=is_working, reason="own", name=found.names.get(day, ""))
    return CalendarOut(
        year=found.year,
        first_year=FIRST_DAY.year,
        last_year=LAST_DAY.year,
        known_until=last_known_year(),
        weekdays=sorted(plan.weekdays),
        has_public_holidays=plan.has_public_holidays,
        spans=_spans_out(plan.spans),
        weekday_spans={str(weekday): _spans_out(spans) for weekday, spans in plan.weekday_spans.items()},
        days=sorted(days.values(), key=lambda each: each.day),
    )


def hours_of(body: HoursBody) -> Hours:
    """Return the hours that a body describes; those of weekdays that are no weekday are left out."""
    return Hours(
        weekdays=frozenset(body.weekdays),
        has_public_holidays=body.has_public_holidays,
        spans=_spans_of(body.spans),
        weekday_spans={
            int(key): _spans_of(each) for key, each in body.weekday_spans.items() if key in "1234567" and key
        },
    )


def _spans_out(spans: tuple[Span, ...]) -> list[SpanBody]:
    return [SpanBody(opens=f"{opens:%H:%M}", closes=f"{closes:%H:%M}") for opens, closes in spans]


def _spans_of(spans: list[SpanBody]) -> tuple[Span, ...]:
    return tuple((time.fromisoformat(each.opens), time.fromisoformat(each.closes)) for each in spans)
