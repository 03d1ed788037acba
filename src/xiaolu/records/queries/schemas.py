"""Bodies and answers of the routes that read many records."""

from typing import Any
from uuid import UUID

import msgspec

from xiaolu.metadata.model.view import (
    CalendarSettings,
    ColourRule,
    Condition,
    GallerySettings,
    GroupLevel,
    MapSettings,
    Measure,
    Sort,
    TimelineSettings,
)
from xiaolu.records.model import Record
from xiaolu.records.queries.views import ViewDraft
from xiaolu.records.schemas import Body


class QueryBody(Body, frozen=True, kw_only=True):
    """One page of a list; ``view`` adds the filter of a view, and its order where ``sort`` is not given."""

    filter: Condition | None = None
    sort: tuple[Sort, ...] | None = None
    fields: tuple[str, ...] | None = None
    limit: int = 50
    cursor: str | None = None
    count: bool = False
    search: str | None = None
    deleted: bool = False
    view: str | None = None
    marks: tuple[Condition, ...] = ()
    """Conditions that each row is tested for; the rows' ``marks`` name those that hold by their position."""


class WindowBody(Body, frozen=True, kw_only=True):
    """Rows from an offset on; ``count: false`` saves counting while a grid is scrolled, ``counted`` is the last count."""

    filter: Condition | None = None
    sort: tuple[Sort, ...] | None = None
    fields: tuple[str, ...] | None = None
    search: str | None = None
    offset: int = 0
    limit: int = 50
    count: bool = True
    counted: int | None = None
    deleted: bool = False
    view: str | None = None
    marks: tuple[Condition, ...] = ()


class GroupBody(Body, frozen=True, kw_only=True):
    """One level of grouping."""

    field: str
    unit: str | None = None


class AggregateBody(Body, frozen=True, kw_only=True):
    """Figures per group."""

    filter: Condition | None = None
    search: str | None = None
    group: tuple[GroupBody, ...] = ()
    measures: tuple[Measure, ...] = (Measure(do="count"),)
    deleted: bool = False
    view: str | None = None


class PageAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A page of records."""

    rows: list[Record]
    next: str | None
    count: int | None


class WindowAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a grid."""

    rows: list[Record]
    count: int | None


class GroupAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One group."""

    keys: list[Any]
    labels: list[str]
    values: list[Any]


class AggregateAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Groups; ``cut``: there are more than are shown."""

    groups: list[GroupAnswer]
    cut: bool


class MapBody(Body, frozen=True, kw_only=True):
    """Records by place: ``box`` is west, south, east, north in degrees; ``cells`` how many it is cut into from west to east."""

    place: str
    box: tuple[float, float, float, float] = (-180.0, -90.0, 180.0, 90.0)
    cells: int = 24
    colour: str | None = None
    """A select, or the stage: spots tell what their records have in common there."""
    filter: Condition | None = None
    search: str | None = None
    view: str | None = None


class SpotAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One spot: how many records lie in it and where their middle is; ``id`` names the record where it is a single one."""

    lat: float
    lng: float
    count: int
    id: UUID | None
    value: str | None


class MapAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Spots in the box; ``bounds`` encloses every record of the selection that has a place, ``missing`` have none."""

    spots: list[SpotAnswer]
    bounds: tuple[float, float, float, float] | None
    placed: int
    missing: int


class HitAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A record found by its words."""

    entity: str
    id: UUID
    title: str
    subtitle: str


class SearchAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found, best first."""

    hits: list[HitAnswer]


class NumberAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A figure; ``filter`` leads to its rows; a share is a fraction."""

    key: str
    label: str
    value: Any
    unit: str | None
    share: bool
    entity: str
    filter: Condition | None
    view: str | None


class NumbersAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The person's numbers."""

    numbers: list[NumberAnswer]


class ViewBody(ViewDraft, frozen=True, kw_only=True):
    """A view to be kept; ``shared`` shows it to everybody who may read the entity."""

    entity: str
    shared: bool = False


class ViewChangeBody(Body, frozen=True, kw_only=True):
    """What is to change of a view; what is not named stays."""

    label: str | msgspec.UnsetType = msgspec.UNSET
    kind: str | msgspec.UnsetType = msgspec.UNSET
    columns: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    filter: Condition | msgspec.UnsetType | None = msgspec.UNSET
    sort: tuple[Sort, ...] | msgspec.UnsetType = msgspec.UNSET
    group: str | msgspec.UnsetType | None = msgspec.UNSET
    widths: dict[str, int] | msgspec.UnsetType = msgspec.UNSET
    frozen: int | msgspec.UnsetType = msgspec.UNSET
    groups: tuple[GroupLevel, ...] | msgspec.UnsetType = msgspec.UNSET
    measures: tuple[Measure, ...] | msgspec.UnsetType = msgspec.UNSET
    summary: dict[str, str] | msgspec.UnsetType = msgspec.UNSET
    card: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    colours: tuple[ColourRule, ...] | msgspec.UnsetType = msgspec.UNSET
    calendar: CalendarSettings | msgspec.UnsetType | None = msgspec.UNSET
    gallery: GallerySettings | msgspec.UnsetType | None = msgspec.UNSET
    map: MapSettings | msgspec.UnsetType | None = msgspec.UNSET
    timeline: TimelineSettings | msgspec.UnsetType | None = msgspec.UNSET
    shared: bool | msgspec.UnsetType = msgspec.UNSET


class ViewAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A view as the client lists it; ``personal``: it was saved by a person, ``mine``: by this one."""

    key: str
    label: str
    entity: str
    kind: str
    columns: tuple[str, ...]
    filter: Condition | None
    sort: tuple[Sort, ...]
    group: str | None
    widths: dict[str, int]
    frozen: int
    groups: tuple[GroupLevel, ...]
    measures: tuple[Measure, ...]
    summary: dict[str, str]
    card: tuple[str, ...]
    colours: tuple[ColourRule, ...]
    calendar: CalendarSettings | None
    gallery: GallerySettings | None
    map: MapSettings | None
    timeline: TimelineSettings | None
    personal: bool
    mine: bool
    shared: bool


class ViewsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The person's saved views and the shared ones."""

    views: list[ViewAnswer]
