"""What may be asked of an entity's records, and what comes back."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from xiaolu.metadata.model.view import Condition, Measure, Sort
from xiaolu.records.model import Record

DEFAULT_LIMIT = 50
LONGEST_PAGE = 500
MOST_GROUPS = 5_000
"""Groups of one aggregate; more are cut off and the answer says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which records are meant."""

    filter: Condition | None = None
    search: str | None = None
    is_deleted: bool = False
    """True: the records in the recycle bin, instead of those outside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """One page of a list, reached by the cursor of the page before it."""

    selection: Selection = field(default_factory=Selection)
    sort: tuple[Sort, ...] = ()
    fields: tuple[str, ...] | None = None
    """Fields wanted; None: all."""
    marks: tuple[Condition, ...] = ()
    """Conditions that each row is tested for; the answer says which hold."""
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None
    is_counted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowQuery:
    """Rows from ``offset`` on, for a grid that is scrolled anywhere."""

    selection: Selection = field(default_factory=Selection)
    sort: tuple[Sort, ...] = ()
    fields: tuple[str, ...] | None = None
    marks: tuple[Condition, ...] = ()
    offset: int = 0
    limit: int = DEFAULT_LIMIT
    is_counted: bool = True
    counted: int | None = None
    """How many there were when they were last counted; what is kept of the order holds for as many only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupBy:
    """One level of grouping; dates and times need a ``unit``: day, week, month, quarter or year."""

    field: str
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregateQuery:
    """Figures over records, per group."""

    selection: Selection = field(default_factory=Selection)
    group: tuple[GroupBy, ...] = ()
    measures: tuple[Measure, ...] = (Measure(do="count"),)


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of the globe in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def degrees(self) -> tuple[float, float, float, float]:
        """Return the four edges in order."""
        return (self.west, self.south, self.east, self.north)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapQuery:
    """Records by place: within a box, gathered into squares of which ``cells`` lie side by side."""

    selection: Selection = field(default_factory=Selection)
    place: str
    box: Box
    cells: int = 24
    colour: str | None = None
    """A select, or the stage: what the records of a spot have in common there."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The middle of the records of one square; ``id`` where it is a single one."""

    lat: float
    lng: float
    count: int
    id: UUID | None
    value: str | None = None
    """What all of them have in the field that colours them."""


@dataclass(frozen=True, slots=True)
class Spots:
    """What a map shows, the box around everything that has a place, and how many records have one, and how many not."""

    spots: list[Spot]
    bounds: Box | None
    placed: int
    missing: int


@dataclass(frozen=True, slots=True)
class Page:
    """Rows as records, where the next page begins, and how many records there are in all (None: not asked)."""

    rows: list[Record]
    next: str | None
    count: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """One group: its keys and their names for people, one per level, and one value per measure."""

    keys: list[Any]
    labels: list[str]
    values: list[Any]


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of an aggregate; ``is_cut``: there are more than an answer holds."""

    groups: list[Group]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found by the search over all entities."""

    entity: str
    id: str
    title: str
    subtitle: str
