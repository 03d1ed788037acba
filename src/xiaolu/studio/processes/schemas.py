"""Shapes of processes for those who build."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct


class RunningStageOut(Struct, frozen=True, kw_only=True):
    """A stage of a version, and how many records are in it."""

    key: str
    label: str
    colour: str
    kind: str
    records: int
    gone: bool
    """True where the present version lacks the stage."""


class RunningVersionOut(Struct, frozen=True, kw_only=True):
    """A version of a process that holds, or that records still run on."""

    number: int
    current: bool
    since: datetime | None
    by: str
    records: int
    """Records that keep the version alive: in open stages, or in stages that the present one lacks."""
    stages: list[RunningStageOut]


class RunningOut(Struct, frozen=True, kw_only=True):
    """Where the records of a process run."""

    process: str
    entity: str
    versions: list[RunningVersionOut]


class VersionMoveBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Records that are to go on in the present version."""

    stages: list[str] = []
    """Only records in these stages; none named: all."""
    moves: dict[str, str] = {}
    """Stage that the present version lacks → the stage that its records go to."""
    reason: Annotated[str, Meta(min_length=1, max_length=2000)]


class VersionMovedOut(Struct, frozen=True, kw_only=True):
    """How many records move; ``queued``: in the background, they are many."""

    records: int
    queued: bool
