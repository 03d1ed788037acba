"""Values as PostgreSQL's COPY reads them in its text form. Pure."""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import msgspec

Writer: TypeAlias = Callable[[Any], str]

NULL = "\\N"
_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_IN_ARRAY = str.maketrans({"\\": "\\\\", '"': '\\"'})


def copy_text(value: str) -> str:
    """Write a text as one column of a line."""
    return value if _SPECIAL.search(value) is None else value.translate(_ESCAPES)


def copy_writer(column_type: str) -> Writer:
    """Return what writes values of a column of this type; None is ``NULL`` and is not handed to it."""
    if column_type.endswith("[]"):
        return _array
    if column_type in ("text", "tsvector"):
        return copy_text
    if column_type == "jsonb":
        return lambda value: copy_text(msgspec.json.encode(value).decode())
    if column_type == "boolean":
        return lambda value: "t" if value else "f"
    return str


def copy_column(write: Writer, values: Sequence[Any]) -> list[str]:
    """Write the values of one column; one that stands in many rows in turn is written once."""
    found: list[str] = []
    last, text = None, NULL
    for value in values:
        if value is not last:
            last, text = value, NULL if value is None else write(value)
        found.append(text)
    return found


def _array(values: Sequence[Any]) -> str:
    return copy_text("{" + ",".join(f'"{str(each).translate(_IN_ARRAY)}"' for each in values) + "}")
