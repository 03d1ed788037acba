"""Runs each duty on its own beat; a failing one is logged and tried again, and never stops the others.

Every step is one short transaction, so the process may be killed at any point and another one goes on.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from xiaolu.access.context import Cause
from xiaolu.access.model import SYSTEM
from xiaolu.runtime.incidents import note_incident
from xiaolu.runtime.workspace import Workspace

logger = logging.getLogger("xiaolu.worker")

REPEAT_SECONDS = 2
"""How long a cancelled duty may tidy up before it is told again."""

Step: TypeAlias = Callable[[Workspace], Awaitable[bool]]
"""Does one bounded piece of work; True when there may be more at once."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something the worker does again and again, every ``seconds`` when there was nothing to do."""

    name: str
    seconds: float
    step: Step


async def perform(workspace: Workspace, duty: Duty) -> None:
    """Do one duty for ever."""
    failures = 0
    while True:
        try:
            again = await duty.step(workspace)
            failures = 0
        except Exception as error:  # a duty that fails is tried again; the others go on
            failures += 1
            logger.exception("%s failed (%d in a row)", duty.name, failures)
            await note_incident(workspace, "duty", duty.name, error)
            again = False
        if again:
            await asyncio.sleep(0)
        else:
            await asyncio.sleep(min(duty.seconds * 2 ** min(failures, 6), 300))


async def run_worker(workspace: Workspace, duties: Sequence[Duty]) -> None:
    """Perform all duties until cancelled."""
    tasks = [asyncio.create_task(perform(workspace, duty), name=duty.name) for duty in duties]
    try:
        # not `gather`: it passes a cancellation on once and then waits for all, also for one who lost it
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        await end_tasks(tasks)


async def end_tasks(tasks: Sequence["asyncio.Task[Any]"], *, every: float = REPEAT_SECONDS) -> None:
    """Cancel tasks until all have ended: a driver or library may lose one cancellation in an error of its own.

    Who is cancelled meanwhile sees that through first; ``every``: seconds between two tellings.
    """
    told: asyncio.CancelledError | None = None
    while pending := {task for task in tasks if not task.done()}:
        for task in pending:
            task.cancel()
        try:
            await asyncio.wait(pending, timeout=every)
        except asyncio.CancelledError as error:
            told = error
    if told is not None:
        raise told


def in_context(name: str, work: Callable[..., Awaitable[int | bool | None]]) -> Step:
    """Make a step of a use case ``work(ctx)`` that returns how much it did."""

    async def step(workspace: Workspace) -> bool:
        async with workspace.context(SYSTEM, Cause(kind="timer" if "timer" in name else "system")) as ctx:
            return bool(await work(ctx))

    return step
