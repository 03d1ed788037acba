"""HTTP of API keys."""

from typing import Any
from uuid import UUID

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from xiaolu.access.context import Context
from xiaolu.access.schemas.keys import KeysOut, NewKeyBody, NewKeyOut, key_out, new_key_out
from xiaolu.access.schemas.shared import Ref
from xiaolu.access.service import api_keys

TAGS = ["API keys"]


@get("/api-keys", operation_id="listApiKeys", summary="API keys in force", tags=TAGS)
async def list_api_keys(ctx: NamedDependency[Context]) -> KeysOut:
    """Return an administrator everybody's keys, others their own."""
    return KeysOut([key_out(row) for row in await api_keys.list_api_keys(ctx)])


@post("/api-keys", operation_id="createApiKey", summary="Make an API key bound to a role", tags=TAGS)
async def create_api_key(ctx: NamedDependency[Context], data: JSONBody[NewKeyBody]) -> NewKeyOut:
    """Make a key that acts for the member with one of their roles; the secret is shown this once."""
    key = await api_keys.create_api_key(ctx, name=data.name, role=data.role, expires_at=data.expires_at)
    return new_key_out(key, None if ctx.actor.id is None else Ref(ctx.actor.id, ctx.actor.name))


@delete("/api-keys/{key_id:uuid}", operation_id="revokeApiKey", summary="Revoke an API key", tags=TAGS)
async def revoke_api_key(ctx: NamedDependency[Context], key_id: FromPath[UUID]) -> None:
    """End a key at once."""
    await api_keys.revoke_api_key(ctx, key_id)


ROUTES: list[Any] = [list_api_keys, create_api_key, revoke_api_key]
