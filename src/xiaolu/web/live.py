"""Live updates: each browser hears, over one server-sent stream, of the changes to what it may read."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import ServerSentEvent, ServerSentEventMessage
from msgspec import json

from xiaolu.access.context import Context
from xiaolu.access.model import Identity
from xiaolu.web.hub import LiveHub, Subscriber
from xiaolu.web.security import proof_of

HEARTBEAT_SECONDS = 20
RETRY_MILLISECONDS = 2000


@get("/live", operation_id="followChanges", summary="Changes as they happen (server-sent events)", tags=["live"])
async def follow_changes(request: Request[Any, Any, Any], ctx: NamedDependency[Context]) -> ServerSentEvent:
    """Stream ``change``, ``task``, ``notification``, ``definitions``, ``draft`` and ``reload`` messages to one browser.

    The stream begins with ``hello``: changes from then on are told. It ends when the session does.
    """
    hub: LiveHub = request.app.state.live
    identity: Identity = request.scope["state"]["identity"]
    proof = proof_of(request.scope)
    key = proof.text if proof.is_api_key else None
    return ServerSentEvent(_stream(hub, Subscriber(ctx.actor, identity.session_id, key)))


async def _stream(hub: LiveHub, subscriber: Subscriber) -> AsyncIterator[ServerSentEventMessage]:
    hub.join(subscriber)
    try:
        await subscriber.joined.wait()
        yield ServerSentEventMessage(event="hello", data="{}", retry=RETRY_MILLISECONDS)
        while True:
            try:
                message = await asyncio.wait_for(subscriber.queue.get(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield ServerSentEventMessage(comment="still here")
                continue
            if message is None:
                return
            kind, data = message
            yield ServerSentEventMessage(event=kind, data=json.encode(data).decode())
    finally:
        hub.leave(subscriber)


ROUTES = [follow_changes]
