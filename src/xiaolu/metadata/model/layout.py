"""How an entity's form is laid out: tabs, groups in them, fields in the groups."""

from typing import Literal

from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.common import Definition

Fold = Literal["never", "open", "closed"]


class LayoutField(Definition, frozen=True, kw_only=True):
    """A field's place in a group; ``key`` is the field's."""

    key: str
    width: Literal[1, 2, 3] | None = None
    """Columns that it takes, at most the group's; None: one, or the whole row where its type needs the room."""


class LayoutGroup(Definition, frozen=True, kw_only=True):
    """Fields that belong together, under a title of their own if they have one."""

    key: str
    label: Label | None = None
    columns: Literal[1, 2, 3] = 2
    """On a wide screen; a phone always has one."""
    fold: Fold = "never"
    """Whether it can be folded away, and how it is at first."""
    fields: tuple[LayoutField, ...] = ()


class LayoutTab(Definition, frozen=True, kw_only=True):
    """A page of a form; the only one of a form needs no name."""

    key: str
    label: Label | None = None
    groups: tuple[LayoutGroup, ...] = ()


class Layout(Definition, frozen=True, kw_only=True):
    """A form's tabs. Fields that are neither placed nor hidden come last, in the order of the entity."""

    tabs: tuple[LayoutTab, ...] = ()
    hidden: tuple[str, ...] = ()
    """Fields that lists and formulas use, and that the form leaves out."""

    def placed(self) -> list[str]:
        """Return the keys of the placed fields, in order."""
        return [field.key for tab in self.tabs for group in tab.groups for field in group.fields]
