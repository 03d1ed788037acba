"""What is due: timers that fire once, and schedules (cron, optionally on working days only) that make them."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from xiaolu.access.context import Context
from xiaolu.events.model import Schedule, Timer
from xiaolu.events.store import timers as store
from xiaolu.kit.errors import Invalid
from xiaolu.kit.ids import new_id
from xiaolu.kit.problems import problem

ATTEMPTS = 6
"""How often a timer is tried before it is set aside for a person to look at."""
LONGEST_SEARCH = 800
"""Fire times looked at before a schedule is held to fall on no working day."""


TimerHandler: TypeAlias = Callable[[Context, Timer], Awaitable[None]]
IsWorkingDay: TypeAlias = Callable[[date], bool]


async def set_timer(
    ctx: Context, kind: str, due_at: datetime, payload: Mapping[str, Any], *, key: str | None = None
) -> UUID:
    """Make a timer, or move the one with the same key; it fires after the transaction commits, never twice."""
    timer = Timer(id=new_id(), kind=kind, due_at=due_at, payload=payload, key=key)
    return await store.upsert_timer(ctx.uow, timer, ctx.now)


async def cancel_timer(ctx: Context, key: str) -> bool:
    """Take back the timer with this key; False when there is none (any more)."""
    return await store.delete_timer(ctx.uow, key)


async def fire_timer(ctx: Context, handlers: Mapping[str, TimerHandler]) -> bool:
    """Run the timer that is due longest, in this transaction; False when none is due. The caller commits.

    A failing handler raises ``TimerFailed`` after its work is to be rolled back; the caller then calls ``put_off``.
    """
    timer = await store.claim_due(ctx.uow, ctx.now)
    if timer is None:
        return False
    handler = handlers.get(timer.kind)
    if handler is None:
        raise TimerFailed(timer, f"nothing handles timers of the kind {timer.kind}")
    try:
        await handler(ctx, timer)
    except Exception as error:  # whatever it was, it is told with the timer that it happened to
        raise TimerFailed(timer, f"{type(error).__name__}: {error}") from error
    await store.finish_timer(ctx.uow, timer.id)
    return True


class TimerFailed(Exception):
    """A timer's handler failed; carries the timer, so that it can be put off in a transaction of its own."""

    def __init__(self, timer: Timer, reason: str) -> None:
        super().__init__(reason)
        self.timer = timer
        self.reason = reason


async def put_off(ctx: Context, failure: TimerFailed) -> None:
    """Try again later (1, 4, 16 … minutes), or set the timer aside after the last attempt."""
    attempts = failure.timer.attempts + 1
    due_at = ctx.now + timedelta(minutes=4 ** (attempts - 1))
    given_up = ctx.now if attempts >= ATTEMPTS else None
    await store.put_off(
        ctx.uow, failure.timer.id, attempts=attempts, due_at=due_at, error=failure.reason, failed_at=given_up
    )


async def set_schedule(ctx: Context, schedule: Schedule, is_working_day: IsWorkingDay) -> None:
    """Make or change a schedule; it fires from now on, and misses nothing while no worker runs (it fires once, late).

    Raises:
        Invalid: the expression is no cron expression, or never falls on a working day.
    """
    following = next_fire(schedule, ctx.now, ctx.time_zone, is_working_day)
    await store.upsert_schedule(ctx.uow, schedule, following)


def next_fire(schedule: Schedule, after: datetime, time_zone: str, is_working_day: IsWorkingDay) -> datetime:
    """Return the first instant after ``after`` at which the schedule fires."""
    zone = ZoneInfo(time_zone)
    try:
        moments = CronSim(schedule.cron, after.astimezone(zone))
    except CronSimError as error:
        raise Invalid("schedule.invalid", [problem("schedule.cron", "cron", text=schedule.cron)]) from error
    for count, moment in enumerate(moments):
        if not schedule.working_days_only or is_working_day(moment.date()):
            return moment.astimezone(after.tzinfo)
        if count > LONGEST_SEARCH:
            break
    raise Invalid("schedule.invalid", [problem("schedule.never", "cron", text=schedule.cron)])


async def tick_schedules(ctx: Context, is_working_day: IsWorkingDay) -> int:
    """Turn due schedules into timers, each fire time once even with several workers; return how many."""
    due = await store.claim_schedules(ctx.uow, ctx.now)
    for schedule in due:
        fired_at = schedule.next_at or ctx.now
        payload = {**schedule.payload, "schedule": schedule.key, "fired_at": fired_at.isoformat()}
        await set_timer(ctx, schedule.kind, fired_at, payload, key=f"schedule:{schedule.key}:{fired_at.isoformat()}")
        await store.upsert_schedule(ctx.uow, schedule, next_fire(schedule, ctx.now, ctx.time_zone, is_working_day))
    return len(due)
