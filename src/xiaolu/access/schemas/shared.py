"""Shapes that several answers share."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from xiaolu.kit.db import Row

Secret = Annotated[str, Meta(max_length=1000)]
"""A password or code; the length only guards against floods."""
Text = Annotated[str, Meta(max_length=500)]
LanguageKey = Literal["zh", "en"]
ThemeKey = Literal["system", "light", "dark"]
DensityKey = Literal["comfortable", "compact"]


class Ref(Struct, frozen=True):
    """Something with a name."""

    id: UUID
    name: str


def ref(row: Row, id_key: str, name_key: str) -> Ref | None:
    """Return a reference from two columns, None where the id is empty."""
    return None if row[id_key] is None else Ref(row[id_key], row[name_key] or "")
