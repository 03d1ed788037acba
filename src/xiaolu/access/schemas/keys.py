"""Shapes of API keys."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from xiaolu.access.schemas.shared import Ref, Text, ref
from xiaolu.access.service.api_keys import NewKey
from xiaolu.kit.db import Row


class KeyOut(Struct, frozen=True, kw_only=True):
    """An API key, without its secret."""

    id: UUID
    name: str
    prefix: str
    role: str
    created_at: datetime
    used_at: datetime | None
    expires_at: datetime | None
    created_by: Ref | None


class KeysOut(Struct, frozen=True):
    """API keys, newest first."""

    keys: list[KeyOut]


class NewKeyBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An API key about to be made."""

    name: Text
    role: Text
    expires_at: Annotated[datetime, Meta(tz=True)] | None = None


class NewKeyOut(Struct, frozen=True):
    """The key just made, and the secret to copy now: it is shown this once."""

    key: KeyOut
    secret: str


def key_out(row: Row) -> KeyOut:
    """Shape an API key."""
    return KeyOut(
        id=row["id"],
        name=row["name"],
        prefix=row["prefix"],
        role=row["role"],
        created_at=row["created_at"],
        used_at=row["used_at"],
        expires_at=row["expires_at"],
        created_by=ref(row, "created_by", "maker"),
    )


def new_key_out(key: NewKey, maker: Ref | None) -> NewKeyOut:
    """Shape a key just made."""
    shaped = KeyOut(
        id=key.id,
        name=key.name,
        prefix=key.prefix,
        role=key.role,
        created_at=key.created_at,
        used_at=None,
        expires_at=key.expires_at,
        created_by=maker,
    )
    return NewKeyOut(shaped, key.secret)
