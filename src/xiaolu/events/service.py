"""Use cases of the event log: append, consume in order, keep partitions ahead of time."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from typing import TypeAlias

from xiaolu.access.context import Context
from xiaolu.events.model import Event, EventDraft
from xiaolu.events.store import log as store

Consumer: TypeAlias = Callable[[Context, Sequence[Event]], Awaitable[None]]
"""Handles a batch of events inside the transaction that moves its cursor: an effect inside the database happens once."""

MONTHS_AHEAD = 2


async def append_event(ctx: Context, *drafts: EventDraft) -> None:
    """Write events in the transaction of the change that they tell of."""
    if drafts:
        await ctx.uow.write(store.insert_events(ctx, drafts))


async def consume_events(
    ctx: Context, name: str, consumer: Consumer, *, limit: int = 200, whole: Collection[str] | None = None
) -> int:
    """Hand the next batch to ``consumer`` and move its cursor; return how many events were handled.

    ``whole``: the kinds whose values before and after the consumer looks at; reading them costs more than all the rest.

    Returns 0 when there is nothing new or another process holds the cursor. Killed at any point, the batch is handled
    again from its beginning and its effects inside the database happen once, because they are one transaction.
    """
    position = await store.claim_cursor(ctx.uow, name, ctx.now)
    if position is None:
        return 0
    events = await store.read_after(ctx.uow, position, limit, whole)
    if not events:
        return 0
    await consumer(ctx, events)
    await store.move_cursor(ctx.uow, name, events[-1].position, ctx.now)
    return len(events)


async def keep_partitions(ctx: Context, *, since: datetime | None = None) -> int:
    """Make the partitions of this month and the next ones (and of earlier ones from ``since``); return how many were made."""
    first = (since or ctx.now).date().replace(day=1)
    months = {_month_after(ctx.now.date(), ahead) for ahead in range(MONTHS_AHEAD + 1)}
    while first < ctx.now.date():
        months.add(first)
        first = _month_after(first, 1)
    return sum([await store.make_partition(ctx.uow, month) for month in sorted(months)])


def _month_after(day: date, ahead: int) -> date:
    month = day.replace(day=1)
    for _ in range(ahead):
        month = (month + timedelta(days=32)).replace(day=1)
    return month
