"""Pages: blocks that a role finds in one place, its home page above all."""

from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.common import Definition, Owned
from xiaolu.metadata.model.view import Condition, Measure


class Shortcut(Definition, frozen=True, kw_only=True):
    """A way on: to a view, to a page, to a form for a new record, or to an address."""

    label: Label
    view: str | None = None
    page: str | None = None
    create: str | None = None
    """An entity."""
    url: str | None = None


class Block(Definition, frozen=True, kw_only=True):
    """One block of a page; which of the settings count follows from ``kind``.

    numbers (``numbers``; none named: all of the member's), tasks, stalled and stages (``process``, ``hours``, ``since``), view (``view``), figures (``entity``, ``group``, ``measure``, ``filter``), recent, shortcuts (``links``),
    text (``text``), announcements.
    """

    key: str
    kind: str
    title: Label | None = None
    width: int = 12
    """Of the twelve columns of a wide screen; on a phone each block takes the whole width."""
    limit: int = 8
    """Lines at most."""
    numbers: tuple[str, ...] = ()
    process: str | None = None
    hours: int = 72
    since: str | None = None
    """The moment from which a record stands still; None: since when it is in its stage."""
    view: str | None = None
    entity: str | None = None
    filter: Condition | None = None
    group: str | None = None
    measure: Measure | None = None
    """None: a count."""
    links: tuple[Shortcut, ...] = ()
    text: Label | None = None


class Page(Owned, frozen=True, kw_only=True):
    """A page; of those marked ``home`` a member gets the first that is for one of the member's roles."""

    roles: tuple[str, ...] = ()
    """Roles that see the page; none named: everybody."""
    home: bool = False
    icon: str = "appstore"
    blocks: tuple[Block, ...] = ()
