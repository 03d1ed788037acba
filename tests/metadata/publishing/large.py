"""Large tables in tests: published with a low limit, so that little data takes the ways of much."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from tests.metadata.planner.building import definitions, entity, field, formula, with_fields
from tests.metadata.planner.catalogue import expected_shapes, read_shapes
from tests.metadata.workspace import Workspace
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import raw
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.planner.layout import layout
from xiaolu.metadata.publishing.advancing import advance_jobs
from xiaolu.metadata.publishing.model import Publication, Published
from xiaolu.metadata.publishing.service import publish
from xiaolu.metadata.publishing.store.versions import read_current

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SMALL = 100


async def publish_large(workspace: Workspace, wanted: Definitions) -> Published:
    current = await read_current(workspace.uow)
    request = Publication(definitions=wanted, base_version=current.version)
    published = await publish(workspace.uow, request, now=NOW, small_rows=SMALL)
    await workspace.uow.finish()
    return published


async def drain(workspace: Workspace, now: datetime = NOW) -> None:
    """Do everything that is to be done, as a worker would."""
    uow = await workspace.unit()
    for _ in range(3_000):
        moved = await advance_jobs(uow, now)
        await uow.finish()
        if moved:
            continue
        if not await workspace.value("SELECT EXISTS (SELECT FROM definition_job WHERE state = 'waiting')"):
            return
        now += timedelta(seconds=2)
        await workspace.value("SELECT pg_sleep(0.01)")
    pytest.fail("the work does not end")


async def is_as_wanted(workspace: Workspace, wanted: Definitions) -> None:
    assert await read_shapes(workspace.connection) == expected_shapes(layout(wanted))


@asynccontextmanager
async def killable(workspace: Workspace) -> AsyncIterator[UnitOfWork]:
    """Give a unit of work whose connection dies at the end of the block, without commit or goodbye."""
    uow = await workspace.unit()
    pid = await uow.fetch_value(raw("SELECT pg_backend_pid()"))
    try:
        yield uow
    finally:
        await workspace.connection.execute("SELECT pg_terminate_backend($1, 5000)", pid)


LEADS = definitions(entity("lead", field("amount", "money"), field("size", "text")))
TOTAL = with_fields(LEADS, "lead", *LEADS.entities[0].fields[1:], formula("total", "{amount} * 2", "money"))
SIZED = with_fields(LEADS, "lead", field("amount", "money"), field("size", "integer"))


async def make_leads(workspace: Workspace, count: int = 1_500) -> None:
    await workspace.publish(LEADS)
    await workspace.insert_many("lead", count, name="'线索' || n", amount="n", size="n::text")
