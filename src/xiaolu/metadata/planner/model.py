"""Tables as values, the operations that change them, and plans made of both."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum
from typing import Literal, TypeAlias
from uuid import UUID

from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import Param, Problem
from xiaolu.metadata.model.running import Running, RunningChange


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    type: str
    """As PostgreSQL writes it: ``numeric(20,2)``."""
    references: str | None = None
    """Table that a foreign key points to."""
    cascades: bool = False
    """True where the row goes when the referenced one is purged."""
    is_required: bool = False
    """NOT NULL: for system columns alone; a user's rule never becomes one."""
    default: str | None = None
    field: str | None = None
    """Key of the field that the column belongs to; None for system columns."""
    kind: str = dataclass_field(default="", compare=False)
    """Type of that field: two kinds may lie in equal columns and still need a cast."""
    choices: tuple[tuple[str, str], ...] = dataclass_field(default=(), compare=False)
    """For a select: what people call its options, in lower case, and the option's key; texts become options by it."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index of a table. Its name tells what it covers, so that equal names mean equal indexes."""

    name: str
    table: str
    columns: tuple[str, ...]
    """Names of the columns that the index reads, its condition included."""
    keys: tuple[str, ...]
    """SQL of each key: ``"amount" DESC NULLS LAST``."""
    method: str = "btree"
    is_unique: bool = False
    where: str | None = None


TableKind: TypeAlias = Literal["entity", "child", "link"]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that definitions mean."""

    name: str
    kind: TableKind
    entity: str
    primary: tuple[str, ...]
    columns: Mapping[str, Column]
    indexes: Mapping[str, Index]
    field: str | None = None
    """For a table of links: the many-to-many field."""


@dataclass(frozen=True, slots=True)
class Layout:
    """All tables of a workspace's records, by name."""

    tables: Mapping[str, Table]


# What can be done to tables. Each operation knows enough to be applied to a layout and to a database.


@dataclass(frozen=True, slots=True)
class CreateTable:
    """Make a table, its indexes and foreign keys."""

    table: Table


@dataclass(frozen=True, slots=True)
class SetTableAside:
    """Rename a table out of the way; its rows stay, to come back with a roll-back or to be purged later."""

    table: Table
    aside: str


@dataclass(frozen=True, slots=True)
class BringTableBack:
    """Give a table that was set aside its name again."""

    table: Table
    aside: str


@dataclass(frozen=True, slots=True)
class AddColumn:
    """Add an empty column."""

    table: str
    column: Column


@dataclass(frozen=True, slots=True)
class SetColumnAside:
    """Rename a column out of the way; its values stay."""

    table: str
    column: Column
    aside: str


@dataclass(frozen=True, slots=True)
class DropColumn:
    """Drop a column whose values can be made again (a sort key)."""

    table: str
    column: Column


@dataclass(frozen=True, slots=True)
class BringColumnBack:
    """Give a column that was set aside its name again."""

    table: str
    column: Column
    aside: str


@dataclass(frozen=True, slots=True)
class AddReference:
    """Add the foreign key of a column that has lived without it; rows that point nowhere are emptied or go."""

    table: str
    column: Column


@dataclass(frozen=True, slots=True)
class CastColumn:
    """Replace a column by one of another type that holds the cast values; the old one stays aside."""

    table: str
    old: Column
    new: Column
    using: str
    """SQL with a ``{value}`` slot; NULL where a value cannot be kept."""
    aside: str
    origin: str | None = None
    """Column set aside by the opposite cast: values that it still explains are given back instead of being cast."""
    origin_using: str | None = None
    """The cast that ``origin`` went through at that time."""


@dataclass(frozen=True, slots=True)
class CreateIndex:
    """Build an index."""

    index: Index


@dataclass(frozen=True, slots=True)
class DropIndex:
    """Drop an index."""

    index: Index


@dataclass(frozen=True, slots=True)
class FillField:
    """Compute the stored values of a formula, lookup or rollup for every record."""

    table: str
    entity: str
    field: str
    is_new: bool = False
    """True where the column is new: what is filled was filled by a writer who knows the formula."""


@dataclass(frozen=True, slots=True)
class FillNumbers:
    """Number the records that have no automatic number yet, in the order in which they were created."""

    table: str
    entity: str
    field: str


@dataclass(frozen=True, slots=True)
class FillText:
    """Make sort keys and search words anew: they come from Python and cannot be computed in SQL."""

    table: str
    entity: str


@dataclass(frozen=True, slots=True)
class MoveStages:
    """Put records of stages that are gone into others."""

    table: str
    entity: str
    moves: tuple[tuple[str | None, str], ...]
    """(old stage, new stage); None stands for records that never had a stage."""
    keep: tuple[str, ...] = ()
    otherwise: str | None = None
    """Where records go whose stage is neither moved nor kept (left over from an earlier process)."""
    author: UUID | None = None
    """Who moves them; None: the platform."""
    apart: tuple[int, ...] = ()
    """Kept process versions: their records are left alone, except those of ``only``."""
    only: int | None = None
    """Where given: only records on this kept process version."""
    stages: tuple[str, ...] = ()
    """Records in these stages are moved to process version ``number``, whether or not their stage changes."""
    number: int | None = None
    """Process version that the moved records run on from now on."""
    remark: str | None = None
    """Why, in the words of whoever moves them."""


Operation: TypeAlias = (
    CreateTable | SetTableAside | BringTableBack | AddColumn | SetColumnAside | DropColumn | BringColumnBack
    | AddReference | CastColumn | CreateIndex | DropIndex | FillField | FillNumbers | FillText | MoveStages
)  # fmt: skip


RANK: Mapping[type[object], int] = {
    kind: rank
    for rank, kind in enumerate(
        (
            DropIndex, SetTableAside, SetColumnAside, DropColumn, CreateTable, BringTableBack, AddColumn,
            BringColumnBack, CastColumn, AddReference, CreateIndex, MoveStages, FillNumbers, FillField,
            FillText,
        )
    )
}  # fmt: skip
"""The order in which kinds of operations can be done."""


class Risk(StrEnum):
    """What a step may cost."""

    NONE = "none"
    ROWS = "rows"
    """Every record is written once, in the background."""
    LOCK = "lock"
    """An index must be built or a large table visited; others keep working."""
    LOSS = "loss"
    """Values are lost or hidden, or records break a new rule."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A count that tells what a step means for the records that exist. Run by ``measuring``."""

    kind: Literal[
        "cast", "values", "records", "duplicates", "empty", "stage", "breaks", "outside", "options", "unnumbered", "unmatched", "running", "holders"
    ]  # fmt: skip
    table: str
    column: str | None = None
    using: str | None = None
    values: tuple[str, ...] = ()
    formula: str | None = None
    apart: tuple[int, ...] = ()
    """Records on these process versions are not counted."""
    is_numeric: bool = False
    """For a cast between numbers: a value that is only kept roughly counts as lost."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change, in words that a sales manager reads, with the operations that make it."""

    kind: str
    code: str
    """Of the message that says what happens."""
    entity: str | None = None
    field: str | None = None
    params: Mapping[str, Param | Label] = dataclass_field(default_factory=dict)
    risk: Risk = Risk.NONE
    rows: int | None = None
    """Records concerned: values lost, rules broken, records hidden; None where nothing needs counting or is yet uncounted."""
    probe: Probe | None = None
    operations: tuple[Operation, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """One place that uses a field, entity or other definition."""

    kind: str
    """field, rule, view, number, role, process, app or entity."""
    key: str
    label: Label
    entity: str | None = None
    aspect: str = ""
    """How it is used there: formula, column, filter, sort, grant, required, guard, …"""


@dataclass(frozen=True, slots=True)
class Touch:
    """A place that a changed definition is used in."""

    entity: str
    field: str | None
    usage: Usage


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing would do, in order."""

    steps: tuple[Step, ...]
    operations: tuple[Operation, ...] = ()
    """The operations of all steps, in an order in which they can be done."""
    touches: tuple[Touch, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Why it cannot be done as it stands."""
    running: tuple[RunningChange, ...] = ()
    """Processes whose change concerns the records in them."""
    kept: Running = dataclass_field(default_factory=Running)
    """Process versions that records still run on before the change."""
    remaining: Running = dataclass_field(default_factory=Running)
    """Those that records may run on after it."""
    sizes: Mapping[str, int] = dataclass_field(default_factory=dict)
    """Rows of each existing table, counted up to a limit; filled by ``measure_plan``."""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changes at all."""
        return not self.steps


JobKind: TypeAlias = Literal["index", "cast", "fill", "text", "reference", "stages", "numbers"]


@dataclass(frozen=True, slots=True)
class JobDraft:
    """Work on a large table that is done in pieces, outside the transaction that publishes."""

    kind: JobKind
    table: str
    operation: Operation
    entity: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """A table or column that was set aside and can be brought back."""

    name: str
    """What it is called now."""
    table: str
    """The table's name before (for a column: the table that it belongs to)."""
    column: str | None
    type: str | None
    """Of a column."""
    kind: str
    """Type of the field that a column belonged to."""
    version: int
    """The version of the definitions that did without it."""
    references: str | None = None
    """Table that a column pointed to."""
    using: str | None = None
    """For a column replaced by a cast: the cast's SQL."""
    became: str | None = None
    """For a column replaced by a cast: the type that it was cast to."""
    shape: Table | None = None
    """For a table: what it was like."""
