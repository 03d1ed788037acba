"""What an administrator should know about a running workspace."""

from dataclasses import dataclass
from datetime import timedelta

from xiaolu.access.context import Context
from xiaolu.runtime import store

LOW_DISK = 2 * 1024**3
FULL_DISK = 200 * 1024**2
LATE_TIMER = timedelta(minutes=5)
BACKLOG = 10_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``status`` is ok, warn or error, ``value`` is ready to show."""

    key: str
    status: str
    value: str


async def read_health(ctx: Context, *, free_bytes: int) -> list[Finding]:
    """Look at the database, the event backlog, due and failed timers, and disk space."""
    facts = await store.read_facts(ctx.uow, late_before=ctx.now - LATE_TIMER)
    disk = "error" if free_bytes < FULL_DISK else "warn" if free_bytes < LOW_DISK else "ok"
    return [
        Finding("database", "ok", f"PostgreSQL {facts.server_version}, {_size(facts.database_bytes)}"),
        Finding("events", "warn" if facts.unread_events > BACKLOG else "ok", str(facts.unread_events)),
        Finding("timers", "warn" if facts.late_timers else "ok", str(facts.late_timers)),
        Finding("failed_timers", "error" if facts.failed_timers else "ok", str(facts.failed_timers)),
        Finding("disk", disk, _size(free_bytes)),
    ]


def _size(count: int) -> str:
    value = float(count)
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if value < 1024 or unit == "TB":
            return f"{value:.0f} {unit}" if value >= 10 or unit == "B" else f"{value:.1f} {unit}"
        value /= 1024
    raise AssertionError("unreachable")
