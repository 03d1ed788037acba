"""Value types of formulas, and what a formula may refer to."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol


class ValueType(StrEnum):
    """What a formula value is. Every type also admits the empty value (NULL, None)."""

    TEXT = "text"  # str; PostgreSQL text
    NUMBER = "number"  # decimal.Decimal; numeric
    BOOL = "bool"  # bool; boolean
    DATE = "date"  # datetime.date; date
    DATETIME = "datetime"  # aware datetime in UTC; timestamptz
    TEXT_LIST = "text_list"  # list[str]; text[]
    RECORD = "record"  # uuid.UUID of a record, member or department; uuid
    RECORD_LIST = "record_list"  # list[uuid.UUID]; uuid[]
    NONE = "none"  # the empty literal alone


@dataclass(frozen=True, slots=True)
class Following:
    """A number that follows from a text of the same record by a table: the time limit of its stage."""

    field: str
    column: str
    cases: tuple[tuple[str, Decimal], ...]
    """What each text gives; any other gives nothing."""
    number: str = ""
    """Column of the same record that says which table holds for it."""
    unnumbered: Decimal = Decimal(1)
    """What a record without a number counts as."""
    former: tuple[tuple[Decimal, tuple[tuple[str, Decimal], ...]], ...] = ()
    """Other tables, by number; for any other number ``cases`` holds."""


@dataclass(frozen=True, slots=True)
class FieldRef:
    """One field that a formula may name: ``{金额}`` or ``{amount}``.

    ``target`` is the entity key that a RECORD value leads to, so that ``{客户.区域}`` can be followed; ``is_children`` marks a
    collection (sub-table, reverse relation, many-to-many) that only aggregates such as SUM and COUNTIF may use.
    """

    key: str
    label: str
    type: ValueType
    target: str | None = None
    is_children: bool = False
    column: str | None = None
    """Column of the entity's table, for the SQL back end; None where the value is not stored."""
    link_column: str | None = None
    """For children: the column of the child's table (or of ``link_table``) that points back to the parent."""
    link_table: str | None = None
    """For many-to-many children: the table of pairs (``source``, ``target``) in between."""
    scale: int | None = None
    """Decimal places that a money or decimal value is rounded to."""
    choices: tuple[tuple[str, str], ...] = ()
    """Options of a select as (key, label), so that ``{等级} = "新客"`` may name an option by its label."""
    aliases: tuple[str, ...] = ()
    """Other names the field answers to, such as its English label."""
    order_column: str | None = None
    """For children: the column of the child's table that orders them (before their id); JOIN follows it."""
    follows: Following | None = None
    """Set where the value is not stored but follows from another field by a table."""


@dataclass(frozen=True, slots=True)
class EntityRef:
    """One entity as formulas see it: its table and the fields that can be named."""

    key: str
    label: str
    table: str
    fields: tuple[FieldRef, ...]
    deleted_column: str | None = "deleted_at"
    """Column that is filled for records in the recycle bin, which formulas do not see; None where there is no bin."""


class Catalogue(Protocol):
    """Where the typer looks entities up."""

    def entity(self, key: str) -> EntityRef | None:
        """Return the entity with this key, if there is one."""
        ...
