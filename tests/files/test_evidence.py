"""Evidence: checked on arrival, chained, final."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
import pytest

from tests.conftest import Database
from tests.files.pictures import jpeg
from tests.suite.company import Company, found_company, journey
from xiaolu.files.evidence.model import EvidenceDraft
from xiaolu.files.evidence.service import add_evidence, check_evidence, count_evidence, list_evidence
from xiaolu.kit.errors import Denied, Invalid, NotFound
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.process import EvidenceSlot
from xiaolu.metadata.model.workspace import Definitions

Run = Callable[[Any], Any]

SITE = {"lat": 29.868336, "lng": 121.54399}


def _demanding() -> Definitions:
    """The journey, with slots of every kind in its first stage."""
    plain = journey()
    slots = (
        EvidenceSlot(key="site_photo", label=Label("现场照片"), kind="image", minimum=2, validators={
            "max_age_hours": 24, "exif_place": {"field": "customer.site", "metres": 300}}),
        EvidenceSlot(key="talk", label=Label("沟通纪要"), kind="text", validators={"min_length": 10}),
        EvidenceSlot(key="person", label=Label("联系人"), kind="link", validators={"entity": "contact"}),
        EvidenceSlot(key="created", label=Label("已创建"), kind="event", validators={"event": "evidence.added"}),
    )  # fmt: skip
    process = plain.processes[0]
    stages = (msgspec.structs.replace(process.stages[0], evidence=slots), *process.stages[1:])
    return msgspec.structs.replace(plain, processes=(msgspec.structs.replace(process, stages=stages),))


@pytest.fixture
def company(database: Database, runner: asyncio.Runner, tmp_path: Path) -> Company:
    return runner.run(found_company(database, tmp_path, _demanding()))


async def _refused(company: Company, lead: Any, draft: EvidenceDraft, who: str = "rep") -> list[str]:
    with pytest.raises(Invalid) as refused:
        async with company.acting(who) as ctx:
            await add_evidence(ctx, "lead", lead.id, draft)
    assert refused.value.code == "evidence.refused"
    return [each.code for each in refused.value.problems]


async def _photo(company: Company, **how: Any) -> EvidenceDraft:
    return EvidenceDraft(kind="image", slot="site_photo", file_id=await company.upload("rep", jpeg(**how)))


def _wall(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def test_photos_are_held_against_time_and_place(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        here, now = (SITE["lat"], SITE["lng"]), _wall(company.now)
        fresh = {"taken": now - timedelta(hours=1), "offset": "+00:00"}
        assert await _refused(company, lead, await _photo(company, **fresh, place=here)) == [
            "evidence.exif_place_unknown"
        ]
        await company.rows(
            "UPDATE r_customer SET site = $1::jsonb WHERE id = (SELECT customer FROM r_lead WHERE id = $2)",
            msgspec.json.encode(SITE).decode(), lead.id,
        )  # fmt: skip
        assert await _refused(company, lead, await _photo(company, **fresh)) == ["evidence.exif_place"]
        assert await _refused(company, lead, await _photo(company, **fresh, place=(29.9, 121.5))) == [
            "evidence.exif_place_far"
        ]
        old = {"taken": now - timedelta(hours=24, minutes=1), "offset": "+00:00"}
        assert await _refused(company, lead, await _photo(company, **old, place=here)) == ["evidence.max_age_hours"]
        assert await _refused(company, lead, await _photo(company, place=here)) == ["evidence.exif_time"]
        async with company.acting("rep") as ctx:
            proof = await add_evidence(ctx, "lead", lead.id, await _photo(company, **fresh, place=here))
        assert proof.taken_at == company.now - timedelta(hours=1)
        assert await _refused(company, lead, await _photo(company, **fresh, place=here)) == ["evidence.repeated"]

    run(scenario())


def test_texts_links_and_system_events(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        other = await company.add_lead("rep2")
        contact = UUID(lead.values["contact"])
        assert await _refused(company, lead, EvidenceDraft(kind="text", slot="talk", text="已跟进")) == [
            "evidence.phrases"
        ]
        assert await _refused(company, lead, EvidenceDraft(kind="text", slot="talk", text="客户想要报价")) == [
            "evidence.min_length"
        ]
        assert await _refused(company, lead, EvidenceDraft(kind="file", slot="talk")) == [
            "evidence.kind",
            "evidence.nothing_given",
        ]
        hidden = EvidenceDraft(kind="link", slot="person", link_entity="contact", link_id=UUID(other.values["contact"]))
        assert await _refused(company, lead, hidden) == ["evidence.link_unknown"]
        wrong = EvidenceDraft(kind="link", slot="person", link_entity="lead", link_id=lead.id)
        assert await _refused(company, lead, wrong) == ["evidence.entity"]
        assert await _refused(company, lead, EvidenceDraft(kind="text", slot="created", text="x")) == [
            "evidence.automatic"
        ]
        assert await _refused(company, lead, EvidenceDraft(kind="text", slot="nowhere", text="x")) == [
            "evidence.slot_unknown"
        ]
        async with company.acting("rep") as ctx:
            await add_evidence(
                ctx, "lead", lead.id, EvidenceDraft(kind="text", slot="talk", text="客户希望本周五前收到报价")
            )
            await add_evidence(
                ctx, "lead", lead.id, EvidenceDraft(kind="link", slot="person", link_entity="contact", link_id=contact)
            )
        async with company.acting("rep") as ctx:
            process = ctx.snapshot.entities["lead"].process
            assert process is not None
            counts = await count_evidence(ctx, process, lead.id, since=company.now)
            assert {each: counts[each] for each in ("talk", "person", "created")} == {
                "talk": 1,
                "person": 1,
                "created": 2,
            }
            later = await count_evidence(ctx, process, lead.id, since=company.now + timedelta(seconds=1))
            assert later["created"] == 0

    run(scenario())


def test_a_replaced_proof_stays_but_no_longer_counts(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        draft = EvidenceDraft(kind="text", slot="talk", text="客户希望本周五前收到报价")
        async with company.acting("rep") as ctx:
            first = await add_evidence(ctx, "lead", lead.id, draft)
        better = EvidenceDraft(kind="text", slot="talk", text="客户希望下周五前收到正式报价", replaces=first.id)
        async with company.acting("rep") as ctx:
            await add_evidence(ctx, "lead", lead.id, better)
        again = EvidenceDraft(kind="text", slot="talk", text="客户又改了主意，希望月底", replaces=first.id)
        assert await _refused(company, lead, again) == ["evidence.replaced_already"]
        async with company.acting("rep") as ctx:
            process = ctx.snapshot.entities["lead"].process
            assert process is not None
            assert (await count_evidence(ctx, process, lead.id, since=None))["talk"] == 1
            assert len(await list_evidence(ctx, "lead", lead.id)) == 2

    run(scenario())


def test_permission(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        draft = EvidenceDraft(kind="text", text="技术上可行，需要现场确认电源")
        with pytest.raises(NotFound):
            async with company.acting("rep2") as ctx:
                await add_evidence(ctx, "lead", lead.id, draft)
        with pytest.raises(NotFound):
            async with company.acting("adviser") as ctx:
                await list_evidence(ctx, "lead", lead.id)
        customer = UUID(lead.values["customer"])
        with pytest.raises(Denied):
            async with company.acting("adviser") as ctx:
                await add_evidence(ctx, "customer", customer, draft)
        async with company.acting("supervisor") as ctx:
            await add_evidence(ctx, "lead", lead.id, draft)

    run(scenario())


def test_evidence_cannot_be_changed_even_with_sql(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        async with company.acting("rep") as ctx:
            await add_evidence(ctx, "lead", lead.id, EvidenceDraft(kind="text", text="客户确认了全部需求"))
        for statement in ("UPDATE evidence SET text = 'x'", "DELETE FROM evidence", "TRUNCATE evidence"):
            with pytest.raises(asyncpg.RestrictViolationError):
                await company.rows(statement)

    run(scenario())


def test_checking_finds_forged_rows_and_files(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        proofs = []
        for text in ("客户确认了第一项需求", "客户确认了第二项需求", "客户确认了第三项需求"):
            async with company.acting("rep") as ctx:
                proofs.append(await add_evidence(ctx, "lead", lead.id, EvidenceDraft(kind="text", text=text)))
        filed = EvidenceDraft(kind="file", file_id=await company.upload("rep", b"%PDF-1.4 original"))
        async with company.acting("rep") as ctx:
            proofs.append(await add_evidence(ctx, "lead", lead.id, filed))
        async with company.acting("rep") as ctx:
            assert (await check_evidence(ctx, company.storage, "lead", lead.id)).is_intact
        connection = await company.database.connect()
        await connection.execute("SET session_replication_role = replica")  # what a forger with full rights would do
        await connection.execute("UPDATE evidence SET text = '客户取消了需求' WHERE id = $1", proofs[1].id)
        await connection.execute("DELETE FROM evidence WHERE id = $1", proofs[0].id)
        await connection.close()
        assert proofs[3].sha256 is not None
        company.storage.path(proofs[3].sha256).write_bytes(b"%PDF-1.4 forged")
        async with company.acting("rep") as ctx:
            report = await check_evidence(ctx, company.storage, "lead", lead.id)
        assert proofs[1].id in report.broken
        assert report.altered == (proofs[3].id,)

    run(scenario())


def test_two_at_once_make_one_chain(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()

        async def add(number: int) -> None:
            async with company.acting("rep") as ctx:
                await add_evidence(
                    ctx, "lead", lead.id, EvidenceDraft(kind="text", text=f"第 {number} 次沟通的详细纪要")
                )

        await asyncio.gather(*(add(each) for each in range(6)))
        async with company.acting("rep") as ctx:
            chain = await list_evidence(ctx, "lead", lead.id)
            assert [each.position for each in chain] == [1, 2, 3, 4, 5, 6]
            assert (await check_evidence(ctx, company.storage, "lead", lead.id)).is_intact

    run(scenario())
