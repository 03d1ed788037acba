"""Whether the platform works: a public yes or no, details for administrators, and the rehearsal clock."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

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
from xiaolu.runtime.health import read_health
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


class HealthDetails(msgspec.Struct, frozen=True):
    """What an administrator sees."""

    checks: list[Check]


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
    return HealthDetails(
        [
            Check(
                key=each.key,
                label=message(f"health.{each.key}", {}, ctx.language),
                status=each.status,
                value=each.value,
                text=message(f"health.{each.key}.{each.status}", {"value": each.value}, ctx.language),
            )
            for each in found
        ]
    )


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


ROUTES = [read_public_health, read_health_details, move_clock]
