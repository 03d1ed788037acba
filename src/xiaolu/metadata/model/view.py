"""Views: how records are shown; and the structured filter that every list understands."""

from typing import Any

import msgspec

from xiaolu.metadata.model.common import Definition, Owned


class Condition(Definition, frozen=True, kw_only=True, rename={"all_": "and", "any_": "or"}):
    """A filter: either a group (``and``/``or``), a comparison (``field``, ``op``, ``value``) or a ``formula``.

    ``field`` may be dotted through relations (``customer.region``). Values may be relative: ``{"relative": "this_month"}``,
    ``{"last": 7, "unit": "day"}``, ``{"me": true}``, ``{"my_department": true}``.
    """

    all_: tuple["Condition", ...] | None = None
    any_: tuple["Condition", ...] | None = None
    field: str | None = None
    op: str | None = None
    value: Any = None
    formula: str | None = None


class Sort(Definition, frozen=True, kw_only=True):
    """One sort key."""

    field: str
    descending: bool = False


class Measure(Definition, frozen=True, kw_only=True):
    """An aggregate: count, sum, avg, min or max of a field."""

    do: str
    field: str | None = None


class GroupLevel(Definition, frozen=True, kw_only=True):
    """One level of a grid's groups; dates and times need a ``unit``: day, week, month, quarter or year."""

    field: str
    unit: str | None = None


class ColourRule(Definition, frozen=True, kw_only=True):
    """Paints records that meet ``when``: the whole row or card, or the value of one ``field``. The first that holds wins."""

    when: Condition
    colour: str
    field: str | None = None


class CalendarSettings(Definition, frozen=True, kw_only=True):
    """A calendar: the day or moment that a record starts, and ends where there is one."""

    start: str
    end: str | None = None
    title: str | None = None
    """What an entry is called; nothing named: the record's title."""
    colour: str | None = None
    """A select, or the stage: entries take the colour of its option."""


class GallerySettings(Definition, frozen=True, kw_only=True):
    """A gallery: the field with the picture, shown whole (contain) or filling its frame (cover)."""

    picture: str | None = None
    fit: str = "cover"


class MapSettings(Definition, frozen=True, kw_only=True):
    """A map of records: where each one is."""

    place: str
    colour: str | None = None


class TimelineSettings(Definition, frozen=True, kw_only=True):
    """A timeline: bars from ``start`` to ``end``, filled by ``progress``; ``scale`` is day, week or month."""

    start: str
    end: str | None = None
    progress: str | None = None
    title: str | None = None
    colour: str | None = None
    scale: str = "week"


class View(Owned, frozen=True, kw_only=True):
    """A named way to look at an entity's records.

    Settings of other kinds than ``kind`` are kept, so that one may change one's mind.
    """

    entity: str
    kind: str = "grid"
    """grid, board, calendar, gallery, map or timeline."""
    columns: tuple[str, ...] = ()
    widths: dict[str, int] = msgspec.field(default_factory=dict)
    """Column → pixels, where it differs from what the field's type asks for."""
    frozen: int = 1
    """How many columns at the left stay in sight."""
    filter: Condition | None = None
    sort: tuple[Sort, ...] = ()
    group: str | None = None
    """The field of a board's columns, of a timeline's lanes, or a grid's only level of groups."""
    groups: tuple[GroupLevel, ...] = ()
    """Several levels of a grid's groups."""
    measures: tuple[Measure, ...] = ()
    """Figures of each group."""
    summary: dict[str, str] = msgspec.field(default_factory=dict)
    """Column → measure of the row at the foot of a grid."""
    card: tuple[str, ...] = ()
    """Fields on a card, in order."""
    colours: tuple[ColourRule, ...] = ()
    calendar: CalendarSettings | None = None
    gallery: GallerySettings | None = None
    map: MapSettings | None = None
    timeline: TimelineSettings | None = None
    roles: tuple[str, ...] = ()
    """Roles that see the view; none named: everybody who may read the entity."""
