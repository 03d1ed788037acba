"""The web application: collects each package's routes and puts the edge around them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from litestar import Litestar
from litestar.config.app import AppConfig
from litestar.di import Provide
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from xiaolu import __version__
from xiaolu.access.routes import ROUTES as ACCESS
from xiaolu.comments.routes import ROUTES as COMMENTS
from xiaolu.files.routes import ROUTES as FILES
from xiaolu.files.storage import FileStorage
from xiaolu.records.cells.routes import ROUTES as CELLS
from xiaolu.records.exports.routes import ROUTES as EXPORTS
from xiaolu.records.imports.routes import ROUTES as IMPORTS
from xiaolu.records.queries.routes import ROUTES as QUERIES
from xiaolu.records.routes import ROUTES as RECORDS
from xiaolu.runtime.workspace import Workspace
from xiaolu.studio.entrances import ROUTES as ENTRANCES
from xiaolu.studio.routes import ROUTES as STUDIO
from xiaolu.tasks.announcements.routes import ROUTES as ANNOUNCEMENTS
from xiaolu.tasks.routes import ROUTES as TASKS
from xiaolu.web import client, health, live
from xiaolu.web.edge import make_web
from xiaolu.web.hub import LiveHub

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
    hub = LiveHub(workspace)
    return make_web(
        workspace,
        [
            *ACCESS,
            *STUDIO,
            *ENTRANCES,
            *RECORDS,
            *CELLS,
            *QUERIES,
            *EXPORTS,
            *IMPORTS,
            *FILES,
            *TASKS,
            *ANNOUNCEMENTS,
            *COMMENTS,
            *live.ROUTES,
            *health.ROUTES,
        ],
        beside=client.ROUTES,
        dependencies={"file_storage": Provide(_giving(storage), sync_to_thread=False)},
        state={
            "live": hub,
            "data_dir": options.data_dir,
            "test_clock": options.test_clock,
            "secure_cookies": options.secure_cookies,
            "requests_per_second": options.requests_per_second,
        },
        request_max_body_size=MAX_BODY,
        lifespan=[_background(workspace, hub)],
        openapi_config=OpenAPIConfig(
            title="Xiaolu 销路", version=__version__, path="/api/schema", render_plugins=[JsonRenderPlugin()]
        ),
        on_app_init=[_quiet],
        debug=False,
    )


def _quiet(config: AppConfig) -> AppConfig:
    config.logging_config = None
    return config


def _giving(storage: FileStorage) -> Callable[[], FileStorage]:
    def give() -> FileStorage:
        return storage

    return give


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
