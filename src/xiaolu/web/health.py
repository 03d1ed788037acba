"""Whether the platform works: a public yes or no, details for administrators, and the rehearsal clock."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from xiaolu import __version__
from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.kit.errors import Denied
from xiaolu.kit.i18n import message
from xiaolu.kit.sql import raw
from xiaolu.runtime.health import read_health, read_trouble, retry_timers
from xiaolu.runtime.workspace import Workspace
from xiaolu.web.edge import PUBLIC


class Health(msgspec.Struct, frozen=True):
    """The public answer."""

    status: str
    version: str


class Check(msgspec.Struct, frozen=True):
    """One thing that was looked at: ``status`` is ok, warn or error."""

    key: str
    label: str
    status: str
    value: str
    text: str


class Lag(msgspec.Struct, frozen=True):
    """How far a consumer of events is behind; ``since`` when the oldest one that waits happened."""

    consumer: str
    label: str
    unread: int
    since: datetime | None


class FailedTimer(msgspec.Struct, frozen=True):
    """A timer that was given up."""

    id: UUID
    label: str
    due_at: datetime
    failed_at: datetime
    attempts: int
    error: str


class Incident(msgspec.Struct, frozen=True):
    """A defect of the platform: where it was met, of which class it is, how often."""

    kind: Literal["request", "duty"]
    place: str
    error: str
    first_at: datetime
    last_at: datetime
    count: int


class HealthDetails(msgspec.Struct, frozen=True):
    """What an administrator sees."""

    checks: list[Check]
    lags: list[Lag]
    failed_timers: list[FailedTimer]
    incidents: list[Incident]


class Retry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which timer is tried again; without ``id`` all that were given up."""

    id: UUID | None = None


class Retried(msgspec.Struct, frozen=True):
    """How many timers are tried again."""

    count: int


class ClockMove(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By how many hours the clock is moved (negative: back)."""

    advance_hours: float


class ClockTime(msgspec.Struct, frozen=True):
    """The instant that the platform now takes for the present."""

    now: datetime


@get("/health", opt={PUBLIC: True}, operation_id="readHealth", summary="Is the platform up?", tags=["health"])
async def read_public_health(ctx: NamedDependency[Context]) -> Health:
    """Answer ok when the database answers."""
    await ctx.uow.fetch_value(raw("SELECT 1"))
    return Health("ok", __version__)


@get("/health/details", operation_id="readHealthDetails", summary="Queues, errors, disk", tags=["health"])
async def read_health_details(request: Request[Any, Any, Any], ctx: NamedDependency[Context]) -> HealthDetails:
    """List what an administrator should know: event lag, timers given up, disk space, database size."""
    require_ability(ctx, "health")
    folder: Path = request.app.state.data_dir
    free = shutil.disk_usage(folder).free
    found = await read_health(ctx, free_bytes=free)
    trouble = await read_trouble(ctx)
    return HealthDetails(
        checks=[
            Check(
                key=each.key,
                label=each.label(ctx.language),
                status=each.status,
                value=each.value,
                text=each.text(ctx.language),
            )
            for each in found
        ],
        lags=[
            Lag(each["consumer"], _name(ctx, "consumer", each["consumer"]), each["unread"], each["oldest"])
            for each in trouble.lags
        ],
        failed_timers=[
            FailedTimer(
                id=each["id"],
                label=_name(ctx, "timer", each["kind"]),
                due_at=each["due_at"],
                failed_at=each["failed_at"],
                attempts=each["attempts"],
                error=each["error"] or "",
            )
            for each in trouble.timers
        ],
        incidents=[msgspec.convert(dict(each), Incident) for each in trouble.incidents],
    )


@post(
    "/health/timers/retry",
    status_code=200,
    operation_id="retryTimers",
    summary="Try timers again that were given up",
    tags=["health"],
)
async def retry(ctx: NamedDependency[Context], data: JSONBody[Retry]) -> Retried:
    """Let the worker try one or all of the timers again that were given up."""
    return Retried(await retry_timers(ctx, data.id))


def _name(ctx: Context, group: str, key: str) -> str:
    code = f"health.{group}.{key}"
    found = message(code, {}, ctx.language)
    return key if found == code else found


@post(
    "/dev/clock",
    status_code=200,
    operation_id="moveClock",
    summary="Move the clock (rehearsal mode only)",
    tags=["health"],
)
async def move_clock(
    request: Request[Any, Any, Any], ctx: NamedDependency[Context], data: JSONBody[ClockMove]
) -> ClockTime:
    """Move the workspace's clock; refused unless the platform was started in rehearsal mode."""
    if not request.app.state.test_clock:
        raise Denied("clock.disabled")
    require_ability(ctx, "health")
    workspace: Workspace = request.app.state.workspace
    return ClockTime(await workspace.advance_clock(timedelta(hours=data.advance_hours)))


ROUTES = [read_public_health, read_health_details, retry, move_clock]
