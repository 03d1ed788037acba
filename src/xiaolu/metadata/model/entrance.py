"""Ways in: forms that strangers may fill in, and tours that show members around."""

from typing import Any

import msgspec

from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.common import Definition, Named

ORIGIN_PARTS = ("page", "referrer", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
"""What a browser says of where somebody comes from, and a public form may keep in a field."""


class PublicField(Definition, frozen=True, kw_only=True):
    """A field on a public form; ``key`` is the entity's field."""

    key: str
    label: Label | None = None
    """The entity's own where not given."""
    help: Label | None = None
    required: bool = False
    """Also demanded where the entity itself does not."""


class PublicOwner(Definition, frozen=True, kw_only=True):
    """Who gets what comes in: exactly one of the three."""

    member: str | None = None
    """Login of one member."""
    role: str | None = None
    """Members with this role, in turn."""
    department: str | None = None
    """The manager of the department with this name; without one its members in turn."""


class PublicForm(Named, frozen=True, kw_only=True):
    """A form for people who have no account: what they send becomes a record."""

    entity: str
    fields: tuple[PublicField, ...]
    owner: PublicOwner
    intro: Label | None = None
    thanks: Label | None = None
    button: Label | None = None
    consent: Label | None = None
    """A line that must be agreed to before anything is sent."""
    values: dict[str, Any] = msgspec.field(default_factory=dict)
    """Field → value that each record gets, such as its source."""
    origin: dict[str, str] = msgspec.field(default_factory=dict)
    """Part of the origin (page, referrer, utm_source, …) → text field that keeps it."""
    opens: str | None = None
    """Instant from which the form is open, as ISO 8601 with an offset."""
    closes: str | None = None
    origins: tuple[str, ...] = ()
    """Sites that may show the form inside their pages, such as ``https://www.example.com``."""
    active: bool = True


class TourStep(Named, frozen=True, kw_only=True):
    """One thing to do, and how the platform knows that it was done."""

    text: Label
    page: str | None = None
    """Address that the step happens on; ``*`` stands for one part of it."""
    anchor: str | None = None
    """Name of the place in the interface that the step points to (``data-tour``)."""
    done: str = "read"
    """read (the person goes on), page (the address was reached), click (the anchor was used) or an event such as
    ``record.created``, which the platform looks for among what the person did since the step began."""
    entity: str | None = None
    """Of the event; any where not given."""


class Tour(Named, frozen=True, kw_only=True):
    """Steps that show a member around."""

    steps: tuple[TourStep, ...]
    minutes: int = 10
    ability: str | None = None
    """Ability that members need to see it (``build`` for builders)."""
    roles: tuple[str, ...] = ()
    """Roles that see it; none named: everybody."""
