"""HTTP of the work calendar."""

from typing import Annotated, Any

from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter

from xiaolu.access.context import Context
from xiaolu.studio.calendar import service
from xiaolu.studio.schemas import calendar as shapes

TAGS = ["Studio"]


@get("/studio/calendar", operation_id="readCalendar", summary="The work calendar of a year", tags=TAGS)
async def read_calendar(
    ctx: NamedDependency[Context], year: Annotated[int, QueryParameter(ge=1, le=9999)]
) -> shapes.CalendarOut:
    """Return weekdays, hours, and every day of the year that differs from its weekday."""
    return shapes.calendar_out(await service.read_year(ctx, year), ctx.language)


@put("/studio/calendar", operation_id="changeWorkHours", summary="Weekdays and hours", tags=TAGS, status_code=204)
async def change_hours(ctx: NamedDependency[Context], data: JSONBody[shapes.HoursBody]) -> None:
    """Set the weekdays that are worked and their hours."""
    await service.change_hours(ctx, shapes.hours_of(data))


@put("/studio/calendar/days", operation_id="changeWorkDays", summary="Days of the workspace's own", tags=TAGS,
     status_code=204)  # fmt: skip
async def change_days(ctx: NamedDependency[Context], data: JSONBody[shapes.OwnDaysBody]) -> None:
    """Set single days as worked or free, or take such a decision back."""
    days = {each.day: None if each.is_working is None else (each.is_working, each.name.strip()) for each in data.days}
    await service.change_days(ctx, days)


ROUTES: list[Any] = [read_calendar, change_hours, change_days]
