"""The place where a page ended, as opaque text: the sort values of its last row.

A cursor grants nothing: the permission predicate holds for every page, so it needs no signature. It belongs to one
order; with another order, or when it was tampered with, reading it fails.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID
from zlib import crc32

import msgspec


@dataclass(frozen=True, slots=True)
class Position:
    """Sort values of a row, one per sort key with the id as the last."""

    values: tuple[Any, ...]


def order_mark(order: Sequence[tuple[str, bool]]) -> int:
    """Return a number that tells one order (paths and directions) from another."""
    return crc32(repr(list(order)).encode())


def write_cursor(position: Position, mark: int) -> str:
    """Write a position as text for the order with this mark."""
    packed = msgspec.msgpack.encode([mark, [_pack(each) for each in position.values]])
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def read_cursor(text: str, mark: int, casts: Sequence[str]) -> Position | None:
    """Return the position, or None where the text is no cursor of this order with values of these PostgreSQL types."""
    try:
        packed = base64.urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
        found, values = msgspec.msgpack.decode(packed, type=tuple[int, list[Any]])
        if found != mark or len(values) != len(casts) or values[-1] is None:
            return None
        return Position(tuple(_fitting(_unpack(each), cast) for each, cast in zip(values, casts, strict=True)))
    except (binascii.Error, msgspec.MsgspecError, ValueError, TypeError, InvalidOperation):
        return None


def _fitting(value: Any, cast: str) -> Any:
    """Return a value that PostgreSQL takes for ``cast``; raises TypeError for one that it would refuse."""
    bound = {"integer": 2**31, "bigint": 2**63}.get(cast)
    fits = (
        value is None
        or (bound is not None and type(value) is int and -bound <= value < bound)
        or (cast == "text" and isinstance(value, str) and "\0" not in value)
        or (cast == "boolean" and isinstance(value, bool))
        or (cast == "numeric" and isinstance(value, Decimal) and value.is_finite())
        or (cast == "uuid" and isinstance(value, UUID))
        or (cast == "date" and type(value) is date)
        or (cast == "timestamptz" and isinstance(value, datetime) and value.tzinfo is not None)
        or (cast == "double precision" and isinstance(value, float))
    )
    if not fits:
        raise TypeError("the value does not fit its sort key")
    return value


def _pack(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return ["f", value]
        case Decimal():
            return ["n", str(value)]
        case datetime():
            return ["t", value.isoformat()]
        case date():
            return ["d", value.isoformat()]
        case UUID():
            return ["u", value.bytes]
    raise TypeError(f"{type(value).__name__} cannot be a sort value")


def _unpack(value: Any) -> Any:
    if not isinstance(value, list):
        if value is None or isinstance(value, (bool, int, str)):
            return value
        raise TypeError("not a packed value")
    match value:
        case ["f", float(content)]:
            return content
        case ["n", str(content)]:
            return Decimal(content)
        case ["t", str(content)]:
            return datetime.fromisoformat(content)
        case ["d", str(content)]:
            return date.fromisoformat(content)
        case ["u", bytes(content)]:
            return UUID(bytes=content)
    raise TypeError("not a packed value")
