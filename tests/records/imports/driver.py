"""Puts a file into an import and lets the worker's part do its work."""

import io
from pathlib import Path
from typing import Any
from uuid import UUID

import xlsxwriter

from tests.records.queries.scene import Scene
from xiaolu.files.service import store_file
from xiaolu.files.storage import FileStorage
from xiaolu.records.imports.model import ImportJob, Mapping
from xiaolu.records.imports.service import (
    create_import,
    map_import,
    read_import,
    request_check,
    request_run,
    request_undo,
    run_due_imports,
)


class Driver:
    """Imports of one person into one workspace."""

    def __init__(self, scene: Scene, folder: Path, who: str = "ann") -> None:
        self.scene = scene
        self.storage = FileStorage(folder)
        self.who = who

    async def begin(self, content: bytes | str, name: str = "data.csv", entity: str = "lead") -> ImportJob:
        data = content.encode() if isinstance(content, str) else content
        file = await store_file(self.scene.ctx(self.who), self.storage, name, io.BytesIO(data))
        job = await create_import(self.scene.ctx(self.who), self.storage, entity, file.id)
        await self.scene.uow.finish()
        return job

    async def map(self, job: ImportJob, columns: dict[str, str | None] | None = None, **options: Any) -> ImportJob:
        guessed = {each.name: each.field for each in job.columns}
        mapped = await map_import(self.scene.ctx(self.who), job.id, Mapping(columns=columns or guessed, **options))
        await self.scene.uow.finish()
        return mapped

    async def check(self, job: ImportJob) -> ImportJob:
        await request_check(self.scene.ctx(self.who), job.id)
        return await self.work(job.id)

    async def run(self, job: ImportJob) -> ImportJob:
        await request_run(self.scene.ctx(self.who), job.id)
        return await self.work(job.id)

    async def undo(self, job: ImportJob) -> ImportJob:
        await request_undo(self.scene.ctx(self.who), job.id)
        return await self.work(job.id)

    async def work(self, identifier: UUID, steps: int = 1_000) -> ImportJob:
        await self.scene.uow.finish()
        for _ in range(steps):
            done = await run_due_imports(self.scene.ctx(), self.storage)
            await self.scene.uow.finish()
            if not done:
                break
        return await read_import(self.scene.ctx(self.who), identifier)

    async def whole(
        self, content: bytes | str, entity: str = "lead", name: str = "data.csv", **options: Any
    ) -> ImportJob:
        job = await self.map(await self.begin(content, name, entity), **options)
        return await self.run(job)


def workbook(*rows: list[Any], sheet: str = "数据") -> bytes:
    """Return an xlsx file with these rows."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "remove_timezone": True, "default_date_format": "yyyy-mm-dd"}
    )
    page = book.add_worksheet(sheet)
    for at, row in enumerate(rows):
        page.write_row(at, 0, row)
    book.close()
    return stream.getvalue()
