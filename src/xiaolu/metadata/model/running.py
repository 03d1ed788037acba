"""Versions of processes: which version a record keeps, and what happens to running records when a process changes. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from xiaolu.metadata.model.access import FieldAccess
from xiaolu.metadata.model.common import Definition
from xiaolu.metadata.model.essence import concerns_records
from xiaolu.metadata.model.process import Process, Stage

FIRST = 1
"""Number of an entity's first process version; a record without a number started on it."""
StageAccess = Mapping[str, Mapping[str, FieldAccess]]
"""Stage → field → access."""


def carried(number: int, kept: Collection[int]) -> range:
    """Return the numbers that records on a kept version carry.

    They are its own and those after the kept version before it: where all records go on in a new version, no row is written.
    """
    return range(max((each for each in kept if each < number), default=FIRST - 1) + 1, number + 1)


class RunningChoice(Definition, frozen=True, kw_only=True):
    """What the records that run in a process do when another version of it is published."""

    choice: Literal["finish", "move"] = "finish"
    """finish: on the version that they started on; move: to the new one."""
    stages: tuple[str, ...] = ()
    """With ``move``: only records in these stages, the others finish; none named: all."""


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A former version of a process that records still run on."""

    entity: str
    number: int
    process: Process
    access: Mapping[str, StageAccess] = field(default_factory=dict)
    """What roles may do with fields by stage, as it was; holds for stages that the present version lacks."""


@dataclass(frozen=True, slots=True)
class Running:
    """The process versions of a workspace: the number that holds by entity, and those that are kept."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    kept: tuple[KeptVersion, ...] = ()

    def number(self, entity: str) -> int:
        """Return the number of the version that holds."""
        return self.numbers.get(entity, FIRST)

    def of(self, entity: str) -> tuple[KeptVersion, ...]:
        """Return the kept versions of an entity, the newest first."""
        return tuple(sorted((each for each in self.kept if each.entity == entity), key=lambda each: -each.number))

    def apart(self, entity: str) -> tuple[int, ...]:
        """Return the numbers of an entity's kept versions."""
        return tuple(each.number for each in self.of(entity))


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of one entity's process."""

    current: Process | None = None
    number: int = FIRST
    kept: tuple[KeptVersion, ...] = ()
    different: frozenset[int] = field(init=False, default=frozenset())
    """Numbers of the kept versions that mean something else than the present one: a roll-back may bring one back."""

    def __post_init__(self) -> None:
        """Compare the kept versions with the present one, once."""
        present = self.current
        found = [each.number for each in self.kept if present is None or concerns_records(each.process, present)]
        object.__setattr__(self, "different", frozenset(found))

    def process(self, number: int | None) -> Process | None:
        """Return the process that a record which carries this number runs in."""
        found = self._kept(number) if self.kept else None
        return self.current if found is None else found.process

    def kept_number(self, number: int | None) -> int | None:
        """Return the number of a kept version that differs from the present one; None where there is no difference."""
        found = self._kept(number) if self.kept else None
        return found.number if found is not None and found.number in self.different else None

    def _kept(self, number: int | None) -> KeptVersion | None:
        """Return the version on which records with this number finish: the first one that was kept since."""
        wanted = FIRST if number is None else number
        return min((each for each in self.kept if each.number >= wanted), key=lambda each: each.number, default=None)

    @property
    def former_stages(self) -> tuple[Stage, ...]:
        """Return the stages that only kept versions have; records may still be in them."""
        known = {each.key for each in self.current.stages} if self.current else set()
        found: dict[str, Stage] = {}
        for version in self.kept:
            for stage in version.process.stages:
                if stage.key not in known:
                    found.setdefault(stage.key, stage)
        return tuple(found.values())

    def stage(self, key: str | None, number: int | None = None) -> Stage | None:
        """Return a stage as the record's own version has it, or else as any version does."""
        if key is None:
            return None
        own = self.process(number)
        found = own.stage(key) if own else None
        if found is None and self.current is not None:
            found = self.current.stage(key)
        return found or next((each for each in self.former_stages if each.key == key), None)

    def all(self) -> tuple[Process, ...]:
        """Return the present version and those that are kept."""
        return (*((self.current,) if self.current else ()), *(each.process for each in self.kept))


def open_stages(process: Process, current: Process | None) -> tuple[str, ...]:
    """Return the stages of a version whose records keep it alive: open ones, and those that the present one lacks."""
    known = {each.key for each in current.stages} if current else set()
    return tuple(each.key for each in process.stages if each.kind == "open" or each.key not in known)


@dataclass(frozen=True, slots=True)
class RunningChange:
    """A process that changes in a way that concerns the records in it."""

    before: Process
    after: Process
    choice: RunningChoice
    is_chosen: bool
    """Whether somebody chose, or nobody did and records finish where they started."""
    number: int
    """Number of the version that held so far."""
    apart: tuple[int, ...] = ()
    """Numbers of versions that were kept already; their records are not concerned."""
    stages: Mapping[str, int] = field(default_factory=dict)
    """Stage → live records in it that run on the version that held so far; filled by ``measure_plan``."""

    @property
    def keeps(self) -> bool:
        """Tell whether the former version is kept for records that finish on it."""
        return self.choice.choice == "finish" or bool(self.choice.stages)

    @property
    def running(self) -> int:
        """Return how many records run on the version that held so far."""
        return sum(self.stages.get(each, 0) for each in open_stages(self.before, self.after))
