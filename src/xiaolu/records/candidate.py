"""A record as it would be after a write: what was, what is wanted, and what is wrong with it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from xiaolu.formula import RecordValues
from xiaolu.kit.problems import Problem
from xiaolu.records.blueprint import Blueprint, Part


@dataclass(slots=True)
class RowInput:
    """One row of a sub-table as the input gives it; ``id`` is set where it changes a row that is there."""

    id: UUID | None
    values: Mapping[str, Any]


@dataclass(slots=True)
class Candidate:
    """The state of a write between reading the input and running the statement."""

    blueprint: Blueprint
    id: UUID
    version: int
    """Before the write; 0 for a new record."""
    before: Mapping[str, Any]
    """Stored values by column, empty for a new record."""
    values: RecordValues
    """Values as they would be: own fields and system columns."""
    given: set[str] = field(default_factory=set)
    """Fields that the input names, whether or not their value differs."""
    rows: dict[str, list[RowInput]] = field(default_factory=dict)
    """Sub-tables that the input gives, by field."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Tell whether the record does not exist yet."""
        return self.version == 0

    def changed_parts(self) -> tuple[Part, ...]:
        """Return the stored fields whose values differ from what was."""
        before, values = self.before, self.values
        return tuple(each for each in self.blueprint.stored if values.get(each.key) != before.get(each.key))

    def changed_links(self) -> tuple[Part, ...]:
        """Return the many-to-many fields whose lists differ from what was."""
        return tuple(
            each
            for each in self.blueprint.links
            if each.key in self.given and (self.values.get(each.key) or []) != (self.before.get(each.key) or [])
        )

    def changed_system(self) -> tuple[str, ...]:
        """Return the system columns that take another value (owner, stage, …)."""
        return tuple(each for each in WRITABLE_SYSTEM if self.values.get(each) != self.before.get(each))

    def texts(self) -> list[str | None]:
        """Return the texts by which the record is found."""
        return [self.values.get(key) for key in self.blueprint.searched]


WRITABLE_SYSTEM = ("owner", "department", "stage", "stage_since", "frozen_until")
