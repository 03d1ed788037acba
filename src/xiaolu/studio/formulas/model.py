"""What checking a formula finds."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from xiaolu.formula.types import ValueType
from xiaolu.kit.problems import Problem


@dataclass(frozen=True, slots=True)
class Asked:
    """A formula as somebody writes it."""

    entity: str
    text: str
    expects: ValueType | None = None
    """Type that the place needs; None: any."""
    field: str | None = None
    """The field of the entity that takes the result, where there is one."""
    is_change_allowed: bool = False
    is_sampled: bool = True


@dataclass(frozen=True, slots=True)
class SampleText:
    """What a formula gives on one record; ``text`` is how it is written, None where it is empty."""

    record: UUID
    title: str | None
    value: Any
    text: str | None


@dataclass(frozen=True, slots=True)
class Samples:
    """Results on real records, or why there are none; ``note`` may also explain results that are there."""

    rows: tuple[SampleText, ...] = ()
    note: Problem | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The meaning of a formula: its type, or what is wrong with it."""

    type: ValueType | None
    problems: tuple[Problem, ...]
    samples: Samples
