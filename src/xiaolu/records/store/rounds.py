"""Where the daily round over formulas that read the clock stands."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.kit.sql import compose, param, raw


@dataclass(frozen=True, slots=True)
class Round:
    """A round: its day, and the place that it has come to."""

    day: date | None
    is_done: bool
    entity: str | None = None
    record_id: UUID | None = None


async def claim_round(ctx: Context) -> Round | None:
    """Hold the round until the end of the transaction; None while another worker holds it."""
    rows = await ctx.uow.write(raw("SELECT day, is_done, entity, record_id FROM clock_round FOR UPDATE SKIP LOCKED"))
    return Round(rows[0]["day"], rows[0]["is_done"], rows[0]["entity"], rows[0]["record_id"]) if rows else None


async def restart_rounds(ctx: Context) -> None:
    """Let the round begin anew, however far it is."""
    await ctx.uow.write(raw("UPDATE clock_round SET day = NULL, is_done = FALSE, entity = NULL, record_id = NULL"))


async def save_round(ctx: Context, state: Round) -> None:
    """Remember where the round stands."""
    await ctx.uow.write(
        compose(
            "UPDATE clock_round SET day = {day}, is_done = {done}, entity = {entity}, record_id = {record}",
            day=param(state.day, "date"),
            done=param(state.is_done, "boolean"),
            entity=param(state.entity, "text"),
            record=param(state.record_id, "uuid"),
        )
    )
