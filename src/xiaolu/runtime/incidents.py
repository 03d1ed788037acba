"""Notes defects met at work, so that an administrator sees them without reading the log."""

import logging
from typing import Literal

import asyncpg

from xiaolu.runtime import store
from xiaolu.runtime.workspace import Workspace

logger = logging.getLogger("xiaolu.incidents")


async def note_incident(
    workspace: Workspace, kind: Literal["request", "duty"], place: str, error: BaseException
) -> None:
    """Count a defect by its place and class; never fails: what cannot be noted is in the log anyway."""
    try:
        async with workspace.unit(is_watching=True) as uow:
            await store.write_incident(uow, kind, place[:200], type(error).__name__, workspace.now)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        logger.warning("a defect could not be noted", exc_info=True)
