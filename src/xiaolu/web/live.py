"""Live updates: each browser hears, over one server-sent stream, of the changes to what it may read."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import Parameter
from litestar.response import ServerSentEvent, ServerSentEventMessage
from msgspec import json

from xiaolu.access.context import Context
from xiaolu.access.model import Identity
from xiaolu.web.hub import HELLO, LiveHub, Subscriber
from xiaolu.web.security import proof_of

HEARTBEAT_SECONDS = 20
RETRY_MILLISECONDS = 2000


@get("/live", operation_id="followChanges", summary="Changes as they happen (server-sent events)", tags=["live"])
async def follow_changes(
    request: Request[Any, Any, Any],
    ctx: NamedDependency[Context],
    since: Annotated[
        str | None, Parameter(description="`since` of the session's answer", pattern="^[0-9]{1,19}$")
    ] = None,
) -> ServerSentEvent:
    """Stream ``change``, ``task``, ``notification``, ``definitions``, ``draft`` and ``reload`` messages to one browser.

    After ``hello`` all changes from then on are told; what happened from ``since`` on comes before, unless a transaction
    that began earlier still runs: then as soon as it has ended. The stream ends when the session does.
    """
    hub: LiveHub = request.app.state.live
    identity: Identity = request.scope["state"]["identity"]
    proof = proof_of(request.scope)
    key = proof.text if proof.is_api_key else None
    subscriber = Subscriber(ctx.actor, identity.session_id, key, None if since is None else int(since))
    return ServerSentEvent(_stream(hub, subscriber))


async def _stream(hub: LiveHub, subscriber: Subscriber) -> AsyncIterator[ServerSentEventMessage]:
    hub.join(subscriber)
    try:
        while True:
            try:
                message = await asyncio.wait_for(subscriber.queue.get(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield ServerSentEventMessage(comment="still here")
                continue
            if message is None:
                return
            kind, data = message
            retry = RETRY_MILLISECONDS if message == HELLO else None
            yield ServerSentEventMessage(event=kind, data=json.encode(data).decode(), retry=retry)
    finally:
        hub.leave(subscriber)


ROUTES = [follow_changes]
