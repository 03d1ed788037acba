"""Who may read a file: its uploader until something holds it, then whoever may read what holds it."""

import asyncio
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Database
from tests.files.pictures import jpeg
from tests.suite.company import Company, found_company
from xiaolu.files import service
from xiaolu.kit.errors import Invalid, NotFound
from xiaolu.records.model import Update
from xiaolu.records.service.change import update_record

Run = Callable[[Any], Any]


@pytest.fixture
def company(database: Database, runner: asyncio.Runner, tmp_path: Path) -> Company:
    return runner.run(found_company(database, tmp_path))


async def _can_read(company: Company, who: str, file_id: Any) -> bool:
    async with company.acting(who) as ctx:
        try:
            await service.read_file(ctx, file_id)
        except NotFound:
            return False
        return True


def test_an_upload_belongs_to_its_uploader_until_it_is_attached(company: Company, run: Run) -> None:
    async def scenario() -> None:
        customer = await company.add_customer()
        file_id = await company.upload("rep", jpeg())
        assert await _can_read(company, "rep", file_id)
        for other in ("rep2", "supervisor", "admin"):
            assert not await _can_read(company, other, file_id)
        async with company.acting("rep") as ctx:
            await update_record(
                ctx, "customer", customer.id, Update(version=customer.version, values={"licence": [str(file_id)]})
            )
        for reader in ("rep", "supervisor", "director", "adviser", "admin"):
            assert await _can_read(company, reader, file_id), reader
        assert not await _can_read(company, "rep2", file_id)

    run(scenario())


def test_a_file_that_one_may_not_read_cannot_be_attached(company: Company, run: Run) -> None:
    async def scenario() -> None:
        file_id = await company.upload("rep", jpeg())
        customer = await company.add_customer("另一家公司有限公司", "rep2")
        with pytest.raises(Invalid):
            async with company.acting("rep2") as ctx:
                await update_record(
                    ctx, "customer", customer.id, Update(version=customer.version, values={"licence": [str(file_id)]})
                )
        assert not await _can_read(company, "rep2", file_id)

    run(scenario())


def test_evidence_is_read_by_whoever_may_read_the_record(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        proof = await company.prove("rep", lead.id, "needs_list")
        assert proof.file_id is not None
        assert await _can_read(company, "supervisor", proof.file_id)
        assert not await _can_read(company, "adviser", proof.file_id)
        assert not await _can_read(company, "rep2", proof.file_id)

    run(scenario())


def test_orphans_are_removed_after_a_day_and_shared_contents_stay(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        proof = await company.prove("rep", lead.id, "needs_list")
        assert proof.sha256 is not None
        content = company.storage.path(proof.sha256).read_bytes()
        twin = await company.upload("rep", content)
        alone = await company.upload("rep", jpeg(colour="blue"))
        [row] = await company.rows("SELECT sha256 FROM file WHERE id = $1", alone)
        company.move_clock(hours=23)
        async with company.acting() as ctx:
            assert await service.remove_orphans(ctx, company.storage) == 0
        company.move_clock(hours=2)
        async with company.acting() as ctx:
            assert await service.remove_orphans(ctx, company.storage) == 2
        assert not await _can_read(company, "rep", twin)
        assert company.storage.digest(proof.sha256) == proof.sha256
        assert company.storage.digest(row["sha256"]) is None

    run(scenario())


def test_unreadable_images_and_empty_uploads(company: Company, run: Run) -> None:
    async def scenario() -> None:
        async with company.acting("rep") as ctx:
            broken = await service.store_file(
                ctx, company.storage, "photo.jpg", io.BytesIO(b"\xff\xd8\xff" + b"\0" * 50)
            )
            assert (broken.content_type, broken.is_image) == ("application/octet-stream", False)
            page = await service.store_file(ctx, company.storage, "photo.jpg", io.BytesIO(b"<html><script>"))
            assert page.content_type == "text/html"
            with pytest.raises(Invalid) as refused:
                await service.store_file(ctx, company.storage, "x", io.BytesIO(b""))
            assert refused.value.code == "file.empty"

    run(scenario())


def test_previews_are_made_once(company: Company, run: Run) -> None:
    async def scenario() -> None:
        file_id = await company.upload("rep", jpeg(size=(500, 300)))
        async with company.acting("rep") as ctx:
            file = await service.read_file(ctx, file_id)
        first = await service.make_preview(company.storage, file, 200)
        stamp = first.stat().st_mtime_ns
        assert (await service.make_preview(company.storage, file, 300)).stat().st_mtime_ns == stamp

    run(scenario())
