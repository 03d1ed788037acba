"""What the worker does, and how often."""

import os
import platform
from collections.abc import Sequence
from datetime import timedelta

from xiaolu.access.context import Cause, Context
from xiaolu.access.model import SYSTEM
from xiaolu.comments.following import tell_followers
from xiaolu.events.service import keep_partitions
from xiaolu.events.timers import TimerFailed, TimerHandler, fire_timer, put_off, tick_schedules
from xiaolu.files.service import remove_orphans
from xiaolu.files.storage import FileStorage
from xiaolu.kit.answers import forget_touches
from xiaolu.kit.workcalendar.store import refresh_work_days
from xiaolu.metadata.publishing.advancing import advance_jobs
from xiaolu.metadata.publishing.purging import purge_set_aside
from xiaolu.process.service import sweep_stage_limits, sweep_windows
from xiaolu.records.imports.running import run_due_imports
from xiaolu.records.service.volatile import refresh_volatile
from xiaolu.runtime.health import note_worker
from xiaolu.runtime.workspace import Workspace
from xiaolu.studio.draft import scheduling
from xiaolu.studio.spreadsheet.service import advance_builds
from xiaolu.tasks.service import sweep_reminders
from xiaolu.worker.loop import Duty, Step, in_context

KEEP_SET_ASIDE = timedelta(days=90)

TIMER_HANDLERS: dict[str, TimerHandler] = {scheduling.TIMER: scheduling.publish_scheduled}
"""Kind of timer → what handles it."""


def make_duties(storage: FileStorage) -> Sequence[Duty]:
    """Return every duty of the worker."""

    async def clean_files(ctx: Context) -> int:
        return await remove_orphans(ctx, storage)

    async def advance_apps(ctx: Context) -> int:
        return await advance_builds(ctx, storage)

    return [
        Duty("presence", 30, in_context("presence", _note_presence)),
        Duty("timers", 1, _fire_timers),
        Duty("schedules", 5, in_context("schedules", _tick)),
        Duty("work calendar", 3600, in_context("work calendar", _refresh_calendar)),
        Duty("partitions", 3600, in_context("partitions", keep_partitions)),
        Duty("stage limits", 15, in_context("stage limits timer", sweep_stage_limits)),
        Duty("follow-up windows", 15, in_context("windows timer", sweep_windows)),
        Duty("reminders", 15, in_context("reminders timer", sweep_reminders)),
        Duty("followers", 1, in_context("followers", tell_followers)),
        Duty("imports", 1, _importing(storage)),
        Duty("apps from spreadsheets", 1, in_context("apps from spreadsheets", advance_apps)),
        Duty("definition jobs", 2, _advance_definitions),
        Duty("failed publications", 15, in_context("failed publications", scheduling.tell_failures)),
        Duty("set-aside columns", 24 * 3600, _purge_definitions),
        Duty("old traces", 600, _forget_touches),
        Duty("clock formulas", 300, in_context("clock formulas", refresh_volatile)),
        Duty("unused files", 3600, in_context("unused files", clean_files)),
    ]


async def _note_presence(ctx: Context) -> bool:
    await note_worker(ctx, f"{platform.node()}:{os.getpid()}")
    return False


async def _tick(ctx: Context) -> int:
    return await tick_schedules(ctx, lambda day: bool(ctx.calendar.is_working(day)))


async def _refresh_calendar(ctx: Context) -> bool:
    await refresh_work_days(ctx.uow)
    return False


async def _fire_timers(workspace: Workspace) -> bool:
    cause = Cause(kind="timer")
    try:
        async with workspace.context(SYSTEM, cause) as ctx:
            return await fire_timer(ctx, TIMER_HANDLERS)
    except TimerFailed as failure:
        async with workspace.context(SYSTEM, cause) as ctx:
            await put_off(ctx, failure)
        return True


def _importing(storage: FileStorage) -> Step:
    async def step(workspace: Workspace) -> bool:
        async with workspace.context(SYSTEM, Cause(kind="import")) as ctx:
            return bool(await run_due_imports(ctx, storage))

    return step


async def _advance_definitions(workspace: Workspace) -> bool:
    async with workspace.unit() as uow:
        return await advance_jobs(uow, workspace.now)


async def _forget_touches(workspace: Workspace) -> bool:
    async with workspace.unit() as uow:
        return await forget_touches(uow)


async def _purge_definitions(workspace: Workspace) -> bool:
    async with workspace.unit() as uow:
        await purge_set_aside(uow, workspace.now, keep=KEEP_SET_ASIDE)
    return False
