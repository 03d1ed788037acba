"""The routes of the studio behind the real edge."""

import contextlib
from collections.abc import AsyncIterator

from litestar import Litestar

from tests.conftest import Database
from xiaolu.access.routes import ROUTES as ACCESS
from xiaolu.runtime.workspace import open_workspace
from xiaolu.studio.routes import ROUTES
from xiaolu.tasks.routes import ROUTES as TASKS
from xiaolu.web.edge import make_web


@contextlib.asynccontextmanager
async def serving(database: Database) -> AsyncIterator[Litestar]:
    """Open the workspace and give an application over it."""
    async with open_workspace(database.url, database.schema, migrate=False) as workspace:
        yield make_web(workspace, [*ACCESS, *ROUTES, *TASKS], openapi_config=None)
