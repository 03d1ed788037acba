"""Stored formulas that read the clock, the work calendar or the names of people: computed anew once a day, in batches."""

from zoneinfo import ZoneInfo

from xiaolu.access.context import Context
from xiaolu.records.dependents import dependents_of
from xiaolu.records.service.ripple import Ripple
from xiaolu.records.store.ripple import read_ids
from xiaolu.records.store.rounds import Round, claim_round, restart_rounds, save_round

BATCH = 2_000
"""Records that one transaction computes anew."""


async def refresh_volatile(ctx: Context) -> int:
    """Do the next piece of the day's round and return how many records it looked at; 0 when there is nothing to do.

    A round begins with the first call of a day in the workspace's time zone. Its place is kept in the database with the
    results, so that a killed worker goes on where it was.
    """
    today = ctx.now.astimezone(ZoneInfo(ctx.time_zone)).date()
    state = await claim_round(ctx)
    if state is None or (state.day == today and state.is_done):
        return 0
    if state.day != today:
        state = Round(today, is_done=False)
    entities = _entities(ctx)
    left = [each for each in entities if state.entity is None or each >= state.entity]
    for entity in left:
        after = state.record_id if entity == state.entity else None
        ids = await read_ids(ctx, entity, after, BATCH)
        if ids:
            ripple = Ripple(ctx)
            ripple.refresh(entity, ids)
            await ripple.settle()
            await save_round(ctx, Round(today, is_done=False, entity=entity, record_id=ids[-1]))
            return len(ids)
    await save_round(ctx, Round(today, is_done=True))
    return 0


async def refresh_all_volatile(ctx: Context) -> None:
    """Have everything that such formulas gave computed anew soon, since what they read has changed."""
    await restart_rounds(ctx)


def _entities(ctx: Context) -> list[str]:
    return sorted({entity for entity, _ in dependents_of(ctx.snapshot).drifting})
