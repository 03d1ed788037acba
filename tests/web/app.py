"""Handlers made for a test behind the platform's real edge, and a client that also sees when an answer begins."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

import httpx
from litestar import Litestar
from litestar.types import Message, Receive, Scope, Send

from tests.conftest import Database
from xiaolu.runtime.workspace import Workspace, open_workspace
from xiaolu.web.edge import make_web

SITE = "http://xiaolu.test"


@contextlib.asynccontextmanager
async def serving(database: Database, routes: Sequence[Any]) -> AsyncIterator[tuple[Litestar, Workspace]]:
    """Open the workspace and give an application over it."""
    async with open_workspace(database.url, database.schema, migrate=False) as workspace:
        yield make_web(workspace, routes, openapi_config=None), workspace


def client(app: Any, **headers: str) -> httpx.AsyncClient:
    """Return a client of the application; defects are answers, not exceptions."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    return httpx.AsyncClient(transport=transport, base_url=SITE, headers=named)


def watched(app: Litestar, look: Callable[[], Awaitable[None]]) -> Any:
    """Return the application, with ``look`` called just before each answer begins."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def looking(message: Message) -> None:
            if message["type"] == "http.response.start":
                await look()
            await send(message)

        await app(scope, receive, looking)

    return wrapped
