"""What a change of cells is, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from xiaolu.records.model import Failure


@dataclass(frozen=True, slots=True)
class CellRow:
    """New cells of one record."""

    id: UUID
    texts: Mapping[str, str | None] = field(default_factory=dict)
    """By field, as people write them (a spreadsheet's cells): numbers with separators, labels of options, titles."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """By field, as the API writes them."""
    expected: Mapping[str, Any] = field(default_factory=dict)
    """By field, what the person saw there: a cell that holds something else by now is not written over."""


@dataclass(frozen=True, slots=True)
class CellResult:
    """What came of it. ``is_written`` is false where one refusal kept everything as it was."""

    changed: Mapping[UUID, Mapping[str, Any]]
    """The records that changed, with what the cells that were given now hold, as the API writes it."""
    failed: Sequence[Failure]
    is_written: bool
