"""The routes of access behind the real edge: guard, headers, errors, one transaction a request."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

import httpx
from litestar import Litestar

from tests.conftest import Database
from xiaolu.access.routes import ROUTES
from xiaolu.runtime.workspace import Workspace, open_workspace
from xiaolu.web.edge import make_web

SITE = "http://xiaolu.test"


@contextlib.asynccontextmanager
async def serving(database: Database, **state: Any) -> AsyncIterator[tuple[Litestar, Workspace]]:
    """Open the workspace and give an application over it."""
    async with open_workspace(database.url, database.schema, migrate=False) as workspace:
        yield make_web(workspace, ROUTES, state=state, openapi_config=None), workspace


class Browser:
    """A client that keeps cookies and sends the CSRF token, as the web client does."""

    def __init__(self, app: Litestar) -> None:
        transport = httpx.ASGITransport(app=app, client=("10.0.0.9", 5000))  # type: ignore[arg-type]
        self.http = httpx.AsyncClient(transport=transport, base_url=SITE)

    async def send(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """Send one request; headers are named with underscores."""
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        csrf = self.http.cookies.get("xiaolu_csrf")
        if csrf is not None and "x-csrf-token" not in named:
            named["x-csrf-token"] = csrf
        sent = {key.encode(): value.encode("latin-1") for key, value in named.items()}
        return await self.http.request(method, f"/api{path}", json=body, headers=sent)

    async def sign_in(self, login: str, password: str, code: str | None = None) -> httpx.Response:
        return await self.send("POST", "/session", {"login": login, "password": password, "code": code})
