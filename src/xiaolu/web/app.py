"""The web application: collects each package's routes and puts the edge around them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from litestar import Litestar, Response, Router
from litestar.config.app import AppConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.routes import HTTPRoute

from xiaolu import __version__
from xiaolu.access.routes import ROUTES as ACCESS
from xiaolu.files.routes import ROUTES as FILES
from xiaolu.files.storage import FileStorage
from xiaolu.records.exports.routes import ROUTES as EXPORTS
from xiaolu.records.imports.routes import ROUTES as IMPORTS
from xiaolu.records.queries.routes import ROUTES as QUERIES
from xiaolu.records.routes import ROUTES as RECORDS
from xiaolu.runtime.workspace import Workspace
from xiaolu.studio.routes import ROUTES as STUDIO
from xiaolu.tasks.routes import ROUTES as TASKS
from xiaolu.web import client, health, live
from xiaolu.web.edge import provide_context, repeat_when_stale, require_identity
from xiaolu.web.errors import EXCEPTION_HANDLERS
from xiaolu.web.hub import LiveHub
from xiaolu.web.security import BEFORE_SEND, MIDDLEWARE

MAX_BODY = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class WebOptions:
    """The part of the settings that the web server needs."""

    data_dir: Path
    secure_cookies: bool = False
    test_clock: bool = False
    requests_per_second: float = 100


def make_app(workspace: Workspace, storage: FileStorage, options: WebOptions) -> Litestar:
    """Build the application over an open workspace."""
    api = Router(
        "/api",
        route_handlers=[
            *ACCESS, *STUDIO, *RECORDS, *QUERIES, *EXPORTS, *IMPORTS, *FILES, *TASKS, *live.ROUTES, *health.ROUTES,
        ],
        guards=[require_identity],
        dependencies={"ctx": Provide(provide_context), "file_storage": Provide(_giving(storage), sync_to_thread=False)},
    )  # fmt: skip
    hub = LiveHub(workspace)
    app = Litestar(
        route_handlers=[api, *client.ROUTES],
        exception_handlers=EXCEPTION_HANDLERS,
        middleware=MIDDLEWARE,
        before_send=BEFORE_SEND,
        request_max_body_size=MAX_BODY,
        after_request=_stamp(workspace),
        lifespan=[_background(workspace, hub)],
        state=State(
            {
                "workspace": workspace,
                "live": hub,
                "data_dir": options.data_dir,
                "test_clock": options.test_clock,
                "secure_cookies": options.secure_cookies,
                "requests_per_second": options.requests_per_second,
            }
        ),
        openapi_config=OpenAPIConfig(
            title="Xiaolu 销路", version=__version__, path="/api/schema", render_plugins=[JsonRenderPlugin()]
        ),
        on_app_init=[_quiet],
        debug=False,
    )
    for handler in _handlers(app):
        repeat_when_stale(handler, workspace)
    return app


def _quiet(config: AppConfig) -> AppConfig:
    config.logging_config = None
    return config


def _giving(storage: FileStorage) -> Callable[[], FileStorage]:
    def give() -> FileStorage:
        return storage

    return give


def _handlers(app: Litestar) -> Sequence[HTTPRouteHandler]:
    return [handler for route in app.routes if isinstance(route, HTTPRoute) for handler in route.route_handlers]


def _stamp(workspace: Workspace) -> Any:
    """Tell each answer the platform's time: browsers count freezes and stalls from it, not from their own clock."""

    async def stamp(response: Response[Any]) -> Response[Any]:
        response.headers["X-Xiaolu-Now"] = workspace.now.isoformat()
        return response

    return stamp


def _background(workspace: Workspace, hub: LiveHub) -> Any:
    @contextlib.asynccontextmanager
    async def run(_: Litestar) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(workspace.watch()), asyncio.create_task(hub.run())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    return run
