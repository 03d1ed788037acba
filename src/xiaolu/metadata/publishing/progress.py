"""How far the work on large tables is, for those who wait for it."""

from dataclasses import dataclass

import msgspec

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.problems import Problem
from xiaolu.metadata.publishing.model import Pending, Progress
from xiaolu.metadata.publishing.store import jobs, publications


@dataclass(frozen=True, slots=True)
class Ended:
    """How the last publication that had to be prepared ended."""

    id: int
    state: str
    version: int | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """What is under way, and what ended last."""

    pending: Pending | None
    last: Ended | None
    jobs: tuple[Progress, ...]


async def read_work(uow: UnitOfWork) -> Work:
    """Return what is under way."""
    row = await publications.last_ended(uow)
    last = None
    if row is not None:
        problems = msgspec.json.decode(row["problems"] or "[]", type=tuple[Problem, ...])
        last = Ended(row["id"], row["state"], row["version"], problems)
    return Work(await publications.read_pending(uow), last, tuple(await jobs.list_progress(uow)))
