"""The routes of the studio behind the real edge."""

import contextlib
from collections.abc import AsyncIterator

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.routes import HTTPRoute

from tests.conftest import Database
from xiaolu.access.routes import ROUTES as ACCESS
from xiaolu.runtime.workspace import open_workspace
from xiaolu.studio.routes import ROUTES
from xiaolu.web.edge import provide_context, repeat_when_stale, require_identity
from xiaolu.web.errors import EXCEPTION_HANDLERS
from xiaolu.web.security import BEFORE_SEND, MIDDLEWARE


@contextlib.asynccontextmanager
async def serving(database: Database) -> AsyncIterator[Litestar]:
    """Open the workspace and give an application over it."""
    async with open_workspace(database.url, database.schema, migrate=False) as workspace:
        routes = [*ACCESS, *ROUTES]
        app = Litestar(
            route_handlers=[
                Router(
                    "/api",
                    route_handlers=routes,
                    guards=[require_identity],
                    dependencies={"ctx": Provide(provide_context)},
                )
            ],
            exception_handlers=EXCEPTION_HANDLERS,
            middleware=MIDDLEWARE,
            before_send=BEFORE_SEND,
            state=State({"workspace": workspace, "secure_cookies": False}),
            openapi_config=None,
        )
        for route in app.routes:
            if isinstance(route, HTTPRoute):
                for handler in route.route_handlers:
                    repeat_when_stale(handler, workspace)
        yield app
