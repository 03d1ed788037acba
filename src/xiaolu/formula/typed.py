"""The tree of a formula after its meaning was settled: fields found, functions chosen, every value typed.

Both back ends walk this tree, and it is another Python type than the tree as written, so that neither can be handed
something unchecked. Two typed trees are equal when they compute the same from the same columns.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Literal, TypeAlias

from xiaolu.formula.types import ValueType


class Nulls(Enum):
    """How an operation meets empty operands in Python. (Its SQL must do the same by itself.)"""

    STRICT = auto()
    """Any empty operand makes the result empty; the Python function never sees one."""
    SEEN = auto()
    """The Python function receives the values, None for empty ones."""
    LAZY = auto()
    """The Python function receives closures and returns one: it decides which operands are evaluated."""


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """Something computed from operands, in both back ends. Operations are constants: compared by identity."""

    name: str
    sql: Callable[..., Any]
    """Operands as Sql fragments in, fragment out; the SqlCompiler comes first where ``needs_env``."""
    python: Callable[..., Any]
    """Values in, value out (see ``Nulls``); the PythonEnv comes first where ``needs_env``."""
    nulls: Nulls = Nulls.STRICT
    needs_env: bool = False
    reads: str | None = None
    """What it depends on besides its operands: clock, member or calendar."""
    scale: int | None = None
    """Most decimal places of its result, where that is known."""

    def __repr__(self) -> str:
        return f"<{self.name}>"


@dataclass(frozen=True, slots=True)
class Step:
    """One step from a record to others.

    ``forward``: the relation ``field`` of ``entity`` leads to one record of ``target``; ``column`` is the relation's
    column. ``children``: ``field`` of ``entity`` is a collection of records of ``target``; ``column`` is the column of
    ``table`` (or of ``link_table``) that points back.
    """

    kind: Literal["forward", "children"]
    entity: str
    field: str
    target: str
    column: str
    entity_table: str
    table: str
    deleted_column: str | None
    """Column of ``table`` that marks records in the recycle bin."""
    link_table: str | None = None
    order_column: str | None = None

    @property
    def far_column(self) -> str:
        """Return the column of ``link_table`` that points to the target."""
        return "target" if self.column == "source" else "source"


@dataclass(frozen=True, slots=True)
class Constant:
    """A value known beforehand: Decimal, str, bool, date, None, or a tuple of texts."""

    type: ValueType
    value: Any


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A field of the record, of the child at hand (``is_child``), or of one that ``steps`` lead to from there."""

    type: ValueType
    steps: tuple[Step, ...]
    entity: str
    field: str
    column: str
    is_child: bool = False
    is_previous: bool = False
    target: str | None = None
    scale: int | None = dataclasses.field(default=None, compare=False)
    choices: tuple[tuple[str, str], ...] = dataclasses.field(default=(), compare=False)

    @property
    def path(self) -> str:
        """Return the dotted key under which ``Values.get`` finds the value."""
        return ".".join([*(step.field for step in self.steps), self.field])


@dataclass(frozen=True, slots=True)
class Apply:
    """An operation on operands."""

    type: ValueType
    operation: Operation
    operands: tuple["Typed", ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """What the records of a collection come to. ``steps`` end with the one to the children.

    ``value`` and ``condition`` are evaluated for each child; only children whose condition is true count.
    """

    type: ValueType
    do: Literal["sum", "count", "count_unique", "average", "min", "max", "join"]
    steps: tuple[Step, ...]
    value: "Typed | None" = None
    condition: "Typed | None" = None
    separator: "Typed | None" = None

    @property
    def path(self) -> str:
        """Return the dotted key under which ``Values.children`` finds the records."""
        return ".".join(step.field for step in self.steps)


Typed: TypeAlias = Constant | FieldValue | Apply | Aggregate


def walk(node: Typed) -> list[Typed]:
    """List a tree's nodes, each before what is below it."""
    found: list[Typed] = []
    waiting: list[Typed] = [node]
    while waiting:
        each = waiting.pop()
        found.append(each)
        if isinstance(each, Apply):
            waiting.extend(reversed(each.operands))
        elif isinstance(each, Aggregate):
            waiting.extend(part for part in (each.separator, each.condition, each.value) if part is not None)
    return found


def replaced(node: Typed, change: Callable[[Typed], Typed | None]) -> Typed:
    """Return the tree with every node put in that ``change`` gives for one (None: the node stays, and what is below is asked)."""
    found = change(node)
    if found is not None:
        return found
    if isinstance(node, Apply):
        return dataclasses.replace(node, operands=tuple(replaced(each, change) for each in node.operands))
    if isinstance(node, Aggregate):
        parts = [
            None if each is None else replaced(each, change) for each in (node.value, node.condition, node.separator)
        ]
        return dataclasses.replace(node, value=parts[0], condition=parts[1], separator=parts[2])
    return node
