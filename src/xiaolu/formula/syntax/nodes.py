"""The tree of a formula as it was written.

Nodes remember where they stand (``span``: first character and the one after the last), but two trees are equal when
they say the same, wherever they say it.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple, TypeAlias


class Span(NamedTuple):
    """A stretch of the text: ``start`` is the first character (counted from 0), ``end`` the one after the last."""

    start: int
    end: int


NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class NumberLiteral:
    """A number, never negative: the sign is an operator."""

    value: Decimal
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class TextLiteral:
    """A quoted text, without its quotes."""

    value: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class BoolLiteral:
    """TRUE or FALSE."""

    value: bool
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FieldName:
    """A reference in braces; ``text`` is what stands between them."""

    text: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Unary:
    """A sign before an operand: ``-`` or ``+``; or ``%`` behind it."""

    operator: str
    operand: "Node"
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands: ``^ * / + - = <> < <= > >=``."""

    operator: str
    left: "Node"
    right: "Node"
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Joined:
    """Texts joined by ``&``: two or more parts, none of them joined itself."""

    parts: tuple["Node", ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; ``name`` in capitals, ``name_span`` the place of the name alone."""

    name: str
    arguments: tuple["Node", ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    name_span: Span = field(default=NOWHERE, compare=False, repr=False)


Node: TypeAlias = NumberLiteral | TextLiteral | BoolLiteral | FieldName | Unary | Binary | Joined | Call

COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">="})

PRECEDENCE = dict.fromkeys(COMPARISONS, 10) | {"&": 20, "+": 30, "-": 30, "*": 40, "/": 40, "^": 50}
"""How tightly an operator binds; all of them group from the left, as in Excel."""
PERCENT = 60
SIGN = 70
"""A sign binds tighter than a power: ``-2^2`` is 4, as in Excel."""
