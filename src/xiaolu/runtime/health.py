"""What an administrator should know about a running workspace, and what to do about it."""

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaolu import __version__
from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.access.service.audit import record_audit
from xiaolu.kit.db import Row
from xiaolu.kit.errors import NotFound
from xiaolu.kit.i18n import Language, message
from xiaolu.kit.problems import Param
from xiaolu.runtime import store

LOW_DISK = 2 * 1024**3
FULL_DISK = 200 * 1024**2
LATE_TIMER = timedelta(minutes=5)
BACKLOG = 10_000
LAG = timedelta(minutes=10)
SILENT_WORKER = timedelta(minutes=2)
OLD_BACKUP = timedelta(days=7)
RECENT = timedelta(days=1)
REMEMBERED = timedelta(days=30)
FEW_CONNECTIONS = 0.85
MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``status`` is ok, warn or error, ``value`` is ready to show."""

    key: str
    status: str
    value: str
    params: Mapping[str, Param] = field(default_factory=dict)

    def label(self, language: Language) -> str:
        """Return what was looked at."""
        return message(f"health.{self.key}", {}, language)

    def text(self, language: Language) -> str:
        """Return what it means, and what to do where it is not well."""
        return message(f"health.{self.key}.{self.status}", {"value": self.value, **self.params}, language)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What lies behind the figures: consumers' lags, timers that were given up, defects."""

    lags: Sequence[Row]
    timers: Sequence[Row]
    incidents: Sequence[Row]


async def read_health(ctx: Context, *, free_bytes: int) -> list[Finding]:
    """Look at worker, queues, defects, back-ups, disk, database and versions."""
    facts = await store.read_facts(ctx.uow, store.Instants(late=ctx.now - LATE_TIMER, recent=ctx.now - RECENT))
    return [
        _worker(ctx, facts["worker"]),
        await _events(ctx),
        Finding("timers", "warn" if facts["late"] else "ok", str(facts["late"])),
        Finding("failed_timers", "error" if facts["failed"] else "ok", str(facts["failed"])),
        Finding("jobs", "warn" if facts["broken"] else "ok", str(facts["working"]), {"broken": facts["broken"]}),
        Finding("incidents", "warn" if facts["incidents"] else "ok", str(facts["incidents"])),
        _backup(ctx, facts["backup"], facts["backup_bytes"]),
        Finding(
            "disk", "error" if free_bytes < FULL_DISK else "warn" if free_bytes < LOW_DISK else "ok", _size(free_bytes)
        ),
        Finding("database", "ok", _size(facts["bytes"]), {"version": facts["server"]}),
        _connections(facts["connections"], facts["most_connections"]),
        Finding(
            "versions",
            "ok",
            __version__,
            {
                "python": platform.python_version(),
                "postgres": facts["server"],
                "definitions": ctx.snapshot.version,
            },
        ),
    ]


async def read_trouble(ctx: Context) -> Trouble:
    """Return what lies behind the figures, for whoever may see the platform's health."""
    require_ability(ctx, "health")
    return Trouble(
        lags=await store.list_lags(ctx.uow),
        timers=await store.list_failed_timers(ctx.uow, MOST_LISTED),
        incidents=await store.list_incidents(ctx.uow, ctx.now - REMEMBERED, MOST_LISTED),
    )


async def retry_timers(ctx: Context, identifier: UUID | None = None) -> int:
    """Let the worker try a timer that was given up again (None: all of them).

    Raises:
        NotFound: it is at work already, or done.
    """
    require_ability(ctx, "health")
    revived = await store.revive_timers(ctx.uow, identifier, ctx.now)
    if identifier is not None and not revived:
        raise NotFound("health.no_such_timer")
    if revived:
        await record_audit(ctx, "health.timers_retried", detail={"count": revived})
    return revived


async def note_backup(ctx: Context, name: str, size: int) -> None:
    """Note that a back-up was made, so that the health page knows."""
    await store.write_backup_made(ctx.uow, name, size, ctx.now)
    await record_audit(ctx, "health.backup_made", detail={"file": name, "size": _size(size)})


async def note_worker(ctx: Context, name: str) -> None:
    """Note that a worker is at work; defects and workers of long ago are forgotten."""
    await store.write_worker_seen(ctx.uow, name, ctx.now, forget=ctx.now - RECENT)
    await store.forget_incidents(ctx.uow, ctx.now - REMEMBERED)


def _worker(ctx: Context, seen: datetime | None) -> Finding:
    if seen is None:
        return Finding("worker", "error", "—")
    return Finding("worker", "ok" if ctx.now - seen < SILENT_WORKER else "error", _instant(ctx, seen))


async def _events(ctx: Context) -> Finding:
    lags = await store.list_lags(ctx.uow)
    unread = max((each["unread"] for each in lags), default=0)
    oldest = min((each["oldest"] for each in lags if each["oldest"]), default=ctx.now)
    is_behind = unread > BACKLOG or ctx.now - oldest > LAG
    return Finding("events", "warn" if is_behind else "ok", str(unread))


def _backup(ctx: Context, at: datetime | None, size: int | None) -> Finding:
    if at is None:
        return Finding("backup", "warn", "—")
    value = f"{_instant(ctx, at)} · {_size(size or 0)}"
    return Finding("backup", "ok" if ctx.now - at < OLD_BACKUP else "warn", value)


def _connections(used: int, most: int) -> Finding:
    return Finding("connections", "warn" if used > most * FEW_CONNECTIONS else "ok", f"{used} / {most}")


def _instant(ctx: Context, at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(ctx.time_zone)):%Y-%m-%d %H:%M}"


def _size(count: int) -> str:
    value = float(count)
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if value < 1024 or unit == "TB":
            return f"{value:.0f} {unit}" if value >= 10 or unit == "B" else f"{value:.1f} {unit}"
        value /= 1024
    raise AssertionError("unreachable")
