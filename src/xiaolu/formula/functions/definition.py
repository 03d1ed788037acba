"""What a function of the language is, and what the checker offers to those with rules of their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias

from xiaolu.formula.syntax.nodes import Call, Node, Span
from xiaolu.formula.typed import Constant, Operation, Step, Typed
from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import Param


class Family(StrEnum):
    """How the editor groups functions."""

    LOGIC = "logic"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHILDREN = "children"
    PEOPLE = "people"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument: what the editor calls it and the type that it is turned into (None: the function decides)."""

    label: Label
    type: ValueType | None = None
    is_optional: bool = False
    is_repeated: bool = False
    default: Constant | None = None


@dataclass(slots=True)
class Scope:
    """The stretch of a formula inside an aggregate: the first collection named becomes the one that is walked."""

    steps: tuple[Step, ...] | None = None


class Checker(Protocol):
    """Settles the meaning of nodes. Every method that returns None has recorded a problem."""

    def check(self, node: Node) -> Typed | None:
        """Type a node."""
        ...

    def check_as(self, node: Node, wanted: ValueType) -> Typed | None:
        """Type a node and turn it into ``wanted`` where the language does so by itself."""
        ...

    def check_text(self, node: Node) -> Typed | None:
        """Type a node and turn it into text as ``&`` does."""
        ...

    def check_alike(self, nodes: Sequence[Node]) -> list[Typed] | None:
        """Type nodes that must come out as one type (the branches of IF)."""
        ...

    def check_pair(self, left: Typed, right: Node, place: Span) -> tuple[Typed, Typed] | None:
        """Type ``right`` and make it comparable with ``left``; option labels become option keys."""
        ...

    def pair(self, left: Typed, right: Typed, places: tuple[Span, Span]) -> tuple[Typed, Typed] | None:
        """Make two typed values comparable, as ``check_pair`` does; problems point at ``places``."""
        ...

    def text(self, value: Typed, place: Span) -> Typed | None:
        """Turn a typed value into text as ``&`` does."""
        ...

    def convert(self, value: Typed, wanted: ValueType, place: Span) -> Typed | None:
        """Turn a typed value into ``wanted``."""
        ...

    def collection(self, node: Node) -> tuple[Step, ...] | None:
        """Return the steps to a collection when the node names one bare (``{明细}``); records no problem otherwise."""
        ...

    def enter(self, scope: Scope | None) -> Scope | None:
        """Enter the inside of an aggregate (None: leave it) and return the scope that was entered before."""
        ...

    def refuse(self, code: str, place: Span, **params: Param) -> None:
        """Record a problem."""
        ...

    @property
    def is_change_allowed(self) -> bool:
        """Tell whether CHANGED and PREVIOUS make sense here."""
        ...


Check: TypeAlias = Callable[[Checker, Call], Typed | None]


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function that users write. Either ``operation`` with ``result`` and typed parameters, or a ``check`` of its own."""

    name: str
    family: Family
    parameters: tuple[Parameter, ...]
    result: ValueType | None
    """What it gives; None where that depends on the arguments."""
    description: Label
    example: str
    operation: Operation | None = None
    check: Check | None = None

    @property
    def minimum(self) -> int:
        """Return how few arguments it takes."""
        return sum(not each.is_optional for each in self.parameters)

    @property
    def maximum(self) -> int | None:
        """Return how many arguments it takes; None: as many as there are."""
        return None if any(each.is_repeated for each in self.parameters) else len(self.parameters)


def parameter(zh: str, en: str, kind: ValueType | None = None, *, default: Constant | None = None) -> Parameter:
    """Describe an argument; one with a default may be left out."""
    return Parameter(Label(zh=zh, en=en), kind, is_optional=default is not None, default=default)


def optional(zh: str, en: str, kind: ValueType | None = None) -> Parameter:
    """Describe an argument that may be left out, which the function notices itself."""
    return Parameter(Label(zh=zh, en=en), kind, is_optional=True)


def repeated(zh: str, en: str, kind: ValueType | None = None) -> Parameter:
    """Describe the last argument, which may be given any number of times or not at all."""
    return Parameter(Label(zh=zh, en=en), kind, is_optional=True, is_repeated=True)
