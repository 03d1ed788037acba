"""Composable SQL fragments: text and parameters travel together, and numbering happens once at the end.

A fragment never contains a value in its text. Identifiers go through ``ident``, values through ``param``. Only store
modules may build statements (enforced by the architecture tests).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Param:
    """A value bound to a statement, with the PostgreSQL type to cast it to (``None``: let PostgreSQL infer)."""

    value: Any
    cast: str | None = None


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL: an ordered mix of literal text and parameters."""

    parts: tuple[str | Param, ...]

    def __add__(self, other: "Sql") -> "Sql":
        return Sql(self.parts + other.parts)

    def render(self) -> tuple[str, list[Any]]:
        """Return the statement with ``$1``-style placeholders and the values in order."""
        text: list[str] = []
        values: list[Any] = []
        for part in self.parts:
            if isinstance(part, str):
                text.append(part)
                continue
            values.append(part.value)
            cast = f"::{part.cast}" if part.cast else ""
            text.append(f"${len(values)}{cast}")
        return "".join(text), values


@dataclass(frozen=True, slots=True)
class Slot:
    """A named hole in a statement that is built once and run with many values."""

    name: str


class Template:
    """A statement whose text was built once: running it means filling its slots.

    Each slot has one number however often it occurs, so its casts must agree.
    """

    __slots__ = ("_bindings", "_take", "text")

    def __init__(self, statement: Sql) -> None:
        text: list[str] = []
        numbers: dict[Slot, int] = {}
        bindings: list[Any] = []
        for part in statement.parts:
            if isinstance(part, str):
                text.append(part)
                continue
            number = numbers.get(part.value) if isinstance(part.value, Slot) else None
            if number is None:
                bindings.append(part.value)
                number = len(bindings)
                if isinstance(part.value, Slot):
                    numbers[part.value] = number
            text.append(f"${number}::{part.cast}" if part.cast else f"${number}")
        self.text = "".join(text)
        self._bindings = bindings
        names = [each.name for each in bindings if type(each) is Slot]
        self._take = itemgetter(*names) if len(names) == len(bindings) > 1 else None

    def bind(self, values: Mapping[str, Any]) -> Sequence[Any]:
        """Return the statement's arguments in order, slots filled from ``values``."""
        if self._take is not None:
            found: Sequence[Any] = self._take(values)
            return found
        return [values[each.name] if type(each) is Slot else each for each in self._bindings]


def slot(name: str, cast: str | None = None) -> Sql:
    """Leave a hole for a value that is given when the statement runs (see ``Template``)."""
    return Sql((Param(Slot(name), cast),))


def abstract(fragment: Sql, prefix: str, values: dict[str, Any]) -> Sql:
    """Replace a fragment's values by slots named from ``prefix``, and put the values into ``values``.

    Two fragments of the same text then are equal whatever their values, so a statement's text can be cached by them.
    """
    parts: list[str | Param] = []
    for part in fragment.parts:
        if isinstance(part, str):
            parts.append(part)
            continue
        name = f"{prefix}{len(values)}"
        values[name] = part.value
        parts.append(Param(Slot(name), part.cast))
    return Sql(tuple(parts))


EMPTY = Sql(())
TRUE = Sql(("TRUE",))
FALSE = Sql(("FALSE",))
NULL = Sql(("NULL",))


def raw(text: str) -> Sql:
    """Wrap trusted SQL text; never pass anything that a user wrote."""
    return Sql((text,))


def ident(*names: str) -> Sql:
    """Quote a possibly qualified identifier: ``ident("r", "name")`` gives ``"r"."name"``."""
    return Sql((".".join('"' + name.replace('"', '""') + '"' for name in names),))


def param(value: Any, cast: str | None = None) -> Sql:
    """Bind ``value``, cast to the PostgreSQL type ``cast`` when given."""
    return Sql((Param(value, cast),))


def uuids(values: Collection[UUID]) -> Sql:
    """Bind ids as an array.

    A single id becomes an array of known length: PostgreSQL then keeps the plan of a prepared statement, where it would
    plan anew each time for an array of which it can only guess that it is longer.
    """
    if len(values) == 1:
        return raw("ARRAY[") + param(next(iter(values)), "uuid") + raw("]")
    return param(list(values), "uuid[]")


def compose(template: str, **pieces: Sql) -> Sql:
    """Fill the ``{name}`` slots of trusted SQL text with fragments.

    >>> compose("SELECT {c} FROM {t}", c=ident("a"), t=ident("b")).render()
    ('SELECT "a" FROM "b"', [])
    """
    parts: list[str | Param] = []
    rest = template
    while rest:
        before, brace, after = rest.partition("{")
        if before:
            parts.append(before)
        if not brace:
            break
        name, closing, rest = after.partition("}")
        if not closing:
            raise ValueError(f"unclosed slot in SQL template: {template!r}")
        parts.extend(pieces[name].parts)
    return Sql(tuple(parts))


def join(separator: str, fragments: Iterable[Sql]) -> Sql:
    """Join fragments with trusted separator text."""
    parts: list[str | Param] = []
    for index, fragment in enumerate(fragments):
        if index:
            parts.append(separator)
        parts.extend(fragment.parts)
    return Sql(tuple(parts))


def all_of(conditions: Iterable[Sql]) -> Sql:
    """AND the conditions together; no condition at all is TRUE."""
    kept = [each for each in conditions if each != TRUE]
    if not kept:
        return TRUE
    if any(each == FALSE for each in kept):
        return FALSE
    return raw("(") + join(" AND ", kept) + raw(")")


def any_of(conditions: Iterable[Sql]) -> Sql:
    """OR the conditions together; no condition at all is FALSE."""
    kept = [each for each in conditions if each != FALSE]
    if not kept:
        return FALSE
    if any(each == TRUE for each in kept):
        return TRUE
    return raw("(") + join(" OR ", kept) + raw(")")
