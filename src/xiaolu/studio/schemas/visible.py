"""Definitions as a member's client sees them: labels are plain text in the member's language."""

from typing import Any, Literal

from msgspec import Struct

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


class CanOut(Struct, frozen=True, kw_only=True, rename={"import_": "import"}):
    """What the member may do with an entity's records, at least with some of them."""

    create: bool
    read: bool
    update: bool
    delete: bool
    move: bool
    import_: bool
    export: bool


class FieldOut(Struct, frozen=True, kw_only=True):
    """A field that the member may see."""

    key: str
    label: str
    type: str
    options: dict[str, Any]
    required: bool
    unique: bool
    hidden: bool
    help: str | None
    visible_if: str | None
    required_if: str | None
    options_if: dict[str, str]
    tip_if: dict[str, str]
    default: str | None
    access: Literal["read", "write"]
    operators: list[str]
    is_computed: bool
    sortable: bool


class LayoutFieldOut(Struct, frozen=True, kw_only=True):
    """A field's place in a group."""

    key: str
    width: int | None


class LayoutGroupOut(Struct, frozen=True, kw_only=True):
    """A group of fields."""

    key: str
    label: str | None
    columns: int
    fold: Literal["never", "open", "closed"]
    fields: list[LayoutFieldOut]


class LayoutTabOut(Struct, frozen=True, kw_only=True):
    """A page of a form."""

    key: str
    label: str | None
    groups: list[LayoutGroupOut]


class LayoutOut(Struct, frozen=True, kw_only=True):
    """How a form is laid out, as far as the member sees its fields."""

    tabs: list[LayoutTabOut]
    hidden: list[str]


class EntityOut(Struct, frozen=True, kw_only=True):
    """An entity that the member may read."""

    key: str
    label: str
    title: str
    icon: str
    parent: str | None
    description: str | None
    can: CanOut
    fields: list[FieldOut]
    duplicates: list[list[str]]
    layout: LayoutOut | None


class OptionOut(Struct, frozen=True, kw_only=True):
    """A choice; a retired one is shown where it was chosen, and no longer offered."""

    key: str
    label: str
    colour: str
    retired: bool
    parent: str | None


class OptionSetOut(Struct, frozen=True, kw_only=True):
    """A list of choices."""

    key: str
    label: str
    options: list[OptionOut]


class LimitOut(Struct, frozen=True, kw_only=True):
    """How long a record may stay in a stage."""

    hours: float
    calendar: str


class EvidenceOut(Struct, frozen=True, kw_only=True):
    """Proof that a stage demands."""

    key: str
    label: str
    description: str | None
    kind: str
    required: bool
    minimum: int
    validators: dict[str, Any]


class StageOut(Struct, frozen=True, kw_only=True):
    """A stage of a process."""

    key: str
    label: str
    colour: str
    kind: str
    limit: LimitOut | None
    required: list[str]
    readonly: list[str]
    evidence: list[EvidenceOut]


class TransitionOut(Struct, frozen=True, kw_only=True):
    """A move that the member's roles may make; whether a record may is asked for each record."""

    key: str
    label: str
    source: list[str]
    target: str
    backward: bool
    reasons: str | None


class FormerOut(Struct, frozen=True, kw_only=True):
    """A former version of a process that records still run on."""

    number: int
    stages: list[StageOut]


class ProcessOut(Struct, frozen=True, kw_only=True):
    """A process of an entity."""

    key: str
    entity: str
    label: str
    initial: str
    reasons: str | None
    remark_required: bool
    stages: list[StageOut]
    transitions: list[TransitionOut]
    former: list[FormerOut] = []
    """Former versions that records still run on, the newest first."""


class ViewOut(Struct, frozen=True, kw_only=True):
    """A view, of the definitions or saved by a member."""

    key: str
    label: str
    entity: str
    kind: str
    columns: list[str]
    filter: Condition | None
    sort: list[Sort]
    group: str | None
    widths: dict[str, int]
    frozen: int
    groups: list[GroupLevel]
    measures: list[Measure]
    summary: dict[str, str]
    card: list[str]
    colours: list[ColourRule]
    calendar: CalendarSettings | None
    gallery: GallerySettings | None
    map: MapSettings | None
    timeline: TimelineSettings | None
    personal: bool
    mine: bool = False
    shared: bool = False


class MenuOut(Struct, frozen=True, kw_only=True):
    """An entry of an app's menu: a view or a page."""

    view: str | None
    page: str | None
    label: str


class AppOut(Struct, frozen=True, kw_only=True):
    """An app with the entries that the member may open."""

    key: str
    label: str
    icon: str
    menu: list[MenuOut]


class NumberOut(Struct, frozen=True, kw_only=True):
    """A figure that the member may see; its value is asked for apart."""

    key: str
    label: str
    entity: str
    unit: str | None
    view: str | None


class ShortcutOut(Struct, frozen=True, kw_only=True):
    """A way on from a page."""

    label: str
    view: str | None
    page: str | None
    create: str | None
    url: str | None


class BlockOut(Struct, frozen=True, kw_only=True):
    """One block of a page; ``title`` is empty where the client says it."""

    key: str
    kind: str
    title: str
    width: int
    limit: int
    numbers: list[str]
    process: str | None
    hours: int
    since: str | None
    view: str | None
    entity: str | None
    filter: Condition | None
    group: str | None
    measure: Measure
    links: list[ShortcutOut]
    text: str


class PageOut(Struct, frozen=True, kw_only=True):
    """A page that the member may open."""

    key: str
    label: str
    description: str | None
    home: bool
    icon: str
    blocks: list[BlockOut]


class DefinitionsOut(Struct, frozen=True, kw_only=True):
    """All that the member may see."""

    version: int
    apps: list[AppOut]
    option_sets: list[OptionSetOut]
    entities: list[EntityOut]
    processes: list[ProcessOut]
    views: list[ViewOut]
    numbers: list[NumberOut]
    pages: list[PageOut]
