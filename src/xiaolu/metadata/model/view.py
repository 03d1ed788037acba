"""Views: how records are listed; and the structured filter that every list understands."""

from typing import Any

import msgspec

from xiaolu.metadata.model.common import Definition, Named


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


class View(Named, frozen=True, kw_only=True):
    """A named way to look at an entity's records."""

    entity: str
    kind: str = "grid"
    """grid or board."""
    columns: tuple[str, ...] = ()
    filter: Condition | None = None
    sort: tuple[Sort, ...] = ()
    group: str | None = None
    measures: tuple[Measure, ...] = ()
    card: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    """Roles that see the view; none named: everybody who may read the entity."""
    options: dict[str, Any] = msgspec.field(default_factory=dict)
