"""A record as it would be after a write: what was, what is wanted, and what is wrong with it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from xiaolu.formula import RecordValues
from xiaolu.kit.problems import Problem
from xiaolu.metadata.columns import counts_in
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
    unread: set[str] = field(default_factory=set)
    """Fields whose input could not be read: what else is wrong with them cannot be said."""
    rows: dict[str, list[RowInput]] = field(default_factory=dict)
    """Sub-tables that the input gives, by field."""
    row_changes: dict[str, "RowChanges"] = field(default_factory=dict)
    """What ``rows`` come to, once the rows that are there are known."""
    problems: list[Problem] = field(default_factory=list)
    ignores_freeze: bool = False
    """True where a freeze does not forbid this change."""
    remarks: dict[str, Any] = field(default_factory=dict)
    """What the event says besides changed fields: where a record was merged into, …"""

    @property
    def is_new(self) -> bool:
        """Tell whether the record does not exist yet."""
        return self.version == 0

    def changed_parts(self) -> tuple[Part, ...]:
        """Return the stored fields whose values differ from what was."""
        was, now = self.before.get, self.values.get
        return tuple([each for each in self.blueprint.stored if now(each.key) != was(each.key)])

    def changed_links(self) -> tuple[Part, ...]:
        """Return the many-to-many fields whose lists differ from what was."""
        if not self.blueprint.links:
            return ()
        return tuple(
            each
            for each in self.blueprint.links
            if each.key in self.given and (self.values.get(each.key) or []) != (self.before.get(each.key) or [])
        )

    def changed_system(self) -> tuple[str, ...]:
        """Return the system columns that take another value (owner, stage, …)."""
        names = (*WRITABLE_SYSTEM, "position") if self.blueprint.model.definition.parent else WRITABLE_SYSTEM
        was, now = self.before.get, self.values.get
        return tuple([each for each in names if now(each) != was(each)])

    def texts(self) -> list[str | None]:
        """Return the texts by which the record is found."""
        values, blueprint = self.values, self.blueprint
        found = [values.get(key) for key in blueprint.searched]
        return [*found, *counts_in(blueprint.numberings, values)] if blueprint.numberings else found


@dataclass(slots=True)
class RowChanges:
    """What a write does to the rows of one sub-table."""

    new: list[Candidate] = field(default_factory=list)
    changed: list[Candidate] = field(default_factory=list)
    gone: list[Candidate] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing happens to any row."""
        return not (self.new or self.changed or self.gone)

    def summary(self) -> dict[str, int]:
        """Return how many rows are added, changed and removed, for the parent's history."""
        return {"added": len(self.new), "changed": len(self.changed), "removed": len(self.gone)}


WRITABLE_SYSTEM = ("owner", "department", "stage", "stage_since", "frozen_until", "deleted_at")


def leads_to(candidates: Iterable[Candidate]) -> dict[str, set[UUID]]:
    """Return what the candidates' relations will point to, by column or table of pairs."""
    found: dict[str, set[UUID]] = {}
    for candidate in candidates:
        values, before = candidate.values, candidate.before
        for key in candidate.blueprint.pointing:
            value = values.get(key)
            if value is not None:
                found.setdefault(key, set()).add(value)
        if values.get("parent_id") is not None:
            found.setdefault("parent_id", set()).add(values["parent_id"])
        for part in candidate.blueprint.links:
            found.setdefault(part.link_table, set()).update(values.get(part.key) or (), before.get(part.key) or ())
    return found
