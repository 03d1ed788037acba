"""Entities and their fields."""

from typing import Any

import msgspec

from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.common import Definition, Named, Owned
from xiaolu.metadata.model.layout import Layout

SYSTEM_FIELDS = (
    "id", "version", "created_at", "created_by", "updated_at", "updated_by", "owner", "department", "deleted_at", "stage",
    "stage_since", "frozen_until",
)  # fmt: skip
"""Columns that every entity's table has; no definition may use these keys. ``owner`` is a member, ``department`` the
owner's department at the time, ``stage`` the key of the process stage (NULL without a process)."""


class FieldRule(Definition, frozen=True, kw_only=True):
    """A condition that a record must meet, written as a formula that must not be false.

    An empty result passes. ``message`` is shown to the user as it stands.
    """

    check: str
    message: Label


class Field(Named, frozen=True, kw_only=True):
    """One field of an entity."""

    type: str
    options: dict[str, Any] = msgspec.field(default_factory=dict)
    """Settings of the field type, decoded and validated by the type itself (maximum length, target entity, …)."""
    required: bool = False
    unique: bool = False
    searchable: bool = False
    default: str | None = None
    """Formula that gives the value of a new record where the user gave none."""
    set_when: str | None = None
    """Formula that may use CHANGED(); at each write where it is true the field takes the value of ``set_to``."""
    set_to: str | None = None
    help: Label | None = None
    visible_if: str | None = None
    required_if: str | None = None
    options_if: dict[str, str] = msgspec.field(default_factory=dict)
    """Option key → formula: the option may be chosen only where the formula is true."""
    tip_if: dict[str, Label] = msgspec.field(default_factory=dict)
    """Formula → text shown while the formula is true."""
    rules: tuple[FieldRule, ...] = ()
    hidden: bool = False


class Entity(Owned, frozen=True, kw_only=True):
    """A form, and the table behind it."""

    fields: tuple[Field, ...]
    title: str
    """Key of the field whose value names a record."""
    icon: str = "table"
    rules: tuple[FieldRule, ...] = ()
    duplicates: tuple[tuple[str, ...], ...] = ()
    """Groups of fields whose equal values (normalised) make two records likely the same."""
    parent: str | None = None
    """Set on the child of a sub-table: the entity that the rows belong to."""
    layout: Layout | None = None
    """How the form is laid out; without one, all fields stand in their order in two columns."""

    def field(self, key: str) -> Field | None:
        """Return the field with this key, if there is one."""
        return next((each for each in self.fields if each.key == key), None)


class Option(Named, frozen=True, kw_only=True):
    """One choice of an option set; a retired one stays readable but can no longer be written."""

    colour: str = "grey"
    retired: bool = False
    parent: str | None = None


class OptionSet(Owned, frozen=True, kw_only=True):
    """A list of choices kept in one place."""

    options: tuple[Option, ...]


class Numbering(Owned, frozen=True, kw_only=True):
    """How automatic numbers are made: ``XS{yyyy}{mm}-{seq:5}``; ``reset`` starts the sequence anew."""

    pattern: str
    reset: str = "never"
    """never, year, month or day, in the workspace's time zone."""
    start: int = 1
