"""Adds a stored formula to the deals and waits until every row has it."""

import asyncio
import time

import msgspec

from xiaolu.kit.i18n import Label
from xiaolu.kit.sql import raw
from xiaolu.metadata.model.entity import Field
from xiaolu.metadata.publishing.advancing import advance_jobs
from xiaolu.metadata.publishing.service import install_definitions
from xiaolu.runtime.workspace import open_workspace


async def add_formula(url: str) -> float:
    """Publish the field and do the back-fill; return the seconds from publishing to the last row."""
    async with open_workspace(url, "main", migrate=False) as workspace:
        definitions = (await workspace.snapshot()).definitions
        field = Field(
            key="tax",
            type="formula",
            label=Label("税额"),
            options={"formula": "ROUND({amount} * 0.13, 2)", "result": "money"},
        )
        entities = tuple(msgspec.structs.replace(each, fields=(*each.fields, field)) for each in definitions.entities)
        begun = time.perf_counter()
        async with workspace.unit() as uow:
            await install_definitions(uow, msgspec.structs.replace(definitions, entities=entities))
        while True:
            async with workspace.unit() as uow:
                if await advance_jobs(uow, workspace.now):
                    continue
            async with workspace.unit() as uow:
                if not await uow.fetch_value(raw("SELECT EXISTS (SELECT FROM definition_job WHERE state = 'waiting')")):
                    break
            await asyncio.sleep(0.02)  # the server's own worker is at it
        seconds = time.perf_counter() - begun
        async with workspace.unit() as uow:
            missing = await uow.connection.fetchval("SELECT count(*) FROM r_deal WHERE tax IS NULL")
        if missing:
            raise RuntimeError(f"{missing} rows have no value")
        return seconds
