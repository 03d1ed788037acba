"""The routes of records over HTTP, without the edge: the test says who asks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import httpx
from litestar import Litestar, Router
from litestar.di import Provide

from tests.records.queries.scene import Scene
from xiaolu.access.context import Context
from xiaolu.files.routes import ROUTES as FILES
from xiaolu.files.storage import FileStorage
from xiaolu.records.exports.routes import ROUTES as EXPORTS
from xiaolu.records.imports.routes import ROUTES as IMPORTS
from xiaolu.records.queries.routes import ROUTES as QUERIES
from xiaolu.records.routes import ROUTES as RECORDS
from xiaolu.web.errors import EXCEPTION_HANDLERS


@asynccontextmanager
async def client_of(scene: Scene, who: str, storage: FileStorage | None = None) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client whose requests are those of ``who``; each one is committed."""

    async def ctx() -> Context:
        return scene.ctx(who)

    async def finish(_: Any) -> None:
        await scene.uow.finish()

    def files() -> FileStorage | None:
        return storage

    api = Router(
        "/api",
        route_handlers=[*FILES, *RECORDS, *QUERIES, *EXPORTS, *IMPORTS],
        dependencies={"ctx": Provide(ctx), "file_storage": Provide(files, sync_to_thread=False)},
    )
    app = Litestar([api], exception_handlers=EXCEPTION_HANDLERS, after_response=finish, openapi_config=None)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=cast(Any, app)), base_url="http://test") as client:
        yield client
