"""What a formula is evaluated in: the moment, the person, the calendar and the values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaolu.formula.calendar import WorkCalendar
from xiaolu.kit.sql import Sql


class Values(Protocol):
    """The values that a formula reads, under dotted field keys relative to the record."""

    def get(self, path: str, /) -> Any:
        """Return the canonical value of ``amount`` or ``customer.region``; None where it is empty.

        What is reached through a record in the recycle bin is empty.
        """
        ...

    def children(self, path: str, /) -> Sequence["Values"]:
        """Return the records of a collection (``items``, ``customer.contacts``) in order, those in the recycle bin left out."""
        ...


class RecordValues(dict[str, Any]):
    """Values held in a dictionary, keyed by dotted path, with collections beside them."""

    __slots__ = ("_children",)

    def __init__(self, values: Mapping[str, Any], children: Mapping[str, Sequence[Values]] | None = None) -> None:
        super().__init__(values)
        self._children = children or {}

    def children(self, path: str, /) -> Sequence[Values]:
        """Return the records of a collection; none where it was not loaded."""
        return self._children.get(path, ())


@dataclass(frozen=True, slots=True)
class PythonEnv:
    """The surroundings of an evaluation in Python. ``today`` is the date of ``now`` (aware, UTC) in ``zone``."""

    now: datetime
    today: date
    zone: ZoneInfo
    calendar: WorkCalendar
    me: UUID | None = None
    department: UUID | None = None
    previous: Values | None = None
    """The record before the change, for CHANGED and PREVIOUS; None when it is being created."""


@dataclass(frozen=True, slots=True)
class SqlEnv:
    """The surroundings of an evaluation in SQL; bound as parameters."""

    now: datetime
    today: date
    time_zone: str
    me: UUID | None = None
    department: UUID | None = None
    source: Callable[[str], Sql] | None = None
    """Entity key → what to read its records from (a table, or a query in brackets); None: the entity's table."""
    previous_alias: str | None = None
    """Alias of a row with the record before the change (NULL columns at creation), for CHANGED and PREVIOUS."""
