"""A lead through all six stages: refused where something is missing, frozen for 24 hours, reasons demanded."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from tests.conftest import Database
from tests.suite.company import Company, found_company, journey
from tests.suite.steps import KEYWORDS, READY, assess, edit, in_match, in_negotiation, move, read, refused
from xiaolu.files.evidence.model import EvidenceDraft
from xiaolu.files.evidence.service import add_evidence
from xiaolu.kit.errors import AppError, Denied, Invalid
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.validation import check_definitions
from xiaolu.metadata.yamlform import decode_definitions, encode_definitions
from xiaolu.records.model import Update
from xiaolu.records.service import list_moves, read_history, update_record
from xiaolu.tasks import service as tasks
from xiaolu.tasks.shaping import shape_tasks

Run = Callable[[Any], Any]


@pytest.fixture
def company(database: Database, runner: asyncio.Runner, tmp_path: Path) -> Company:
    return runner.run(found_company(database, tmp_path))


def test_the_package_is_sound_and_survives_yaml() -> None:
    package = journey()
    assert check_definitions(package) == []
    again = decode_definitions(encode_definitions(package))
    assert isinstance(again, Definitions)
    assert check_definitions(again) == []


def test_every_label_speaks_english() -> None:
    missing: list[str] = []

    def walk(value: Any, path: str) -> None:
        if isinstance(value, Label) and not value.en:
            missing.append(f"{path}: {value.zh}")
        elif isinstance(value, msgspec.Struct):
            for each in msgspec.structs.fields(value):
                walk(getattr(value, each.name), f"{path}.{each.name}")
        elif isinstance(value, dict):
            for key, item in value.items():
                walk(item, f"{path}.{key}")
        elif isinstance(value, tuple):
            for position, item in enumerate(value):
                walk(item, f"{path}[{position}]")

    walk(journey(), "journey")
    assert missing == []


def test_six_stages_are_installed_and_can_be_renamed(company: Company) -> None:
    process = company.snapshot.entities["lead"].process
    assert process is not None
    open_to_won = [each.label.zh for each in process.stages if each.kind != "lost"]
    assert open_to_won == ["线索获取", "需求确认", "方案匹配", "商务谈判", "合同签署", "交付启动"]
    stages = (msgspec.structs.replace(process.stages[0], label=Label("商机获取")), *process.stages[1:])
    renamed = msgspec.structs.replace(journey(), processes=(msgspec.structs.replace(process, stages=stages),))
    assert check_definitions(renamed) == []


@pytest.mark.parametrize("keywords", [None, ["能耗高"], ["能耗高", "噪音大"]])
def test_fewer_than_three_pain_keywords_are_refused(company: Company, run: Run, keywords: list[str] | None) -> None:
    async def scenario() -> None:
        lead = await company.add_lead(**{**READY, "pain_keywords": keywords})
        await move(company, "rep", lead, "to_confirm")
        await company.prove("rep", lead.id, "needs_list")
        codes = await refused(company, "rep", lead, "to_match")
        assert "process.guard_failed" in codes
        moved = await move(company, "rep", lead, "to_match", values={"pain_keywords": KEYWORDS})
        assert moved.stage == "match"

    run(scenario())


def test_without_the_scanned_list_of_needs_it_is_refused(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead(**READY)
        await move(company, "rep", lead, "to_confirm")
        assert await refused(company, "rep", lead, "to_match") == ["process.evidence_missing"]
        async with company.acting("rep") as ctx:
            options = await list_moves(ctx, "lead", lead.id)
        forward = next(each for each in options.moves if each.transition.key == "to_match")
        assert (forward.allowed, [each.code for each in forward.missing]) == (False, ["process.evidence_missing"])
        page = await company.upload("rep", b"<html><body>not a scan</body></html>", "needs.pdf")
        with pytest.raises(Invalid) as error:
            async with company.acting("rep") as ctx:
                await add_evidence(ctx, "lead", lead.id, EvidenceDraft(kind="file", slot="needs_list", file_id=page))
        assert [each.code for each in error.value.problems] == ["evidence.content_types"]
        await company.prove("rep", lead.id, "needs_list")
        async with company.acting("rep") as ctx:
            options = await list_moves(ctx, "lead", lead.id)
        assert next(each for each in options.moves if each.transition.key == "to_match").allowed

    run(scenario())


@pytest.mark.parametrize(
    ("action", "remark", "code"),
    [
        (None, "客户已确认", "process.action_missing"),
        ("made_up", "客户已确认", "process.action_unknown"),
        ("needs_confirmed", None, "process.remark_blank"),
        ("needs_confirmed", " \u3000 ", "process.remark_blank"),
        ("needs_confirmed", "……！", "process.remark_blank"),
    ],
)
def test_each_move_needs_a_trigger_action_and_a_remark(
    company: Company, run: Run, action: str | None, remark: str | None, code: str
) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        with pytest.raises(Invalid) as error:
            await move(company, "rep", lead, "to_confirm", action, remark=remark)
        assert error.value.code == "move.refused"
        assert [each.code for each in error.value.problems] == [code]
        assert (await read(company, "rep", lead)).stage == "acquire"

    run(scenario())


def test_a_move_leaves_its_trace(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        await move(company, "rep", lead, "to_confirm", "competitor_mentioned", remark="  客户主动提到竞品报价  ")
        [event] = await company.rows("SELECT * FROM event WHERE kind = 'record.moved'")
        assert (event["action"], event["remark"], event["actor_id"]) == (
            "competitor_mentioned",
            "客户主动提到竞品报价",
            company.people["rep"],
        )

    run(scenario())


def test_solution_pushes_a_task_and_freezes_for_24_hours(company: Company, run: Run) -> None:
    async def scenario() -> None:
        moved = await in_match(company)
        assert moved.stage == "match"
        assert moved.frozen_until == company.now + timedelta(hours=24)
        stored = await company.rows("SELECT technical_adviser FROM r_lead WHERE id = $1", moved.id)
        assert stored[0]["technical_adviser"] == company.people["adviser"]
        async with company.acting("adviser") as ctx:
            [card] = await shape_tasks(ctx, await tasks.list_tasks(ctx, state="open"))
        assert card.title == "技术评估"
        assert card.due_at == company.now + timedelta(hours=24)
        assert "能耗高" in card.background
        assert card.goal
        assert card.next_step
        async with company.acting("rep") as ctx:
            told = {each.kind: each.subject or "" for each in (await read_history(ctx, "lead", moved.id)).events}
        assert told["task.created"].startswith("技术评估 → ")
        assert told["evidence.added"].startswith("《客户需求清单》扫描件 · ")
        company.move_clock(hours=23, minutes=59)
        with pytest.raises(AppError) as error:
            await edit(company, "rep", moved, note="改一下")
        assert [each.code for each in error.value.problems] == ["record.frozen"]
        assert "record.frozen" in await refused(company, "rep", moved, "back_to_confirm", action="needs_changed")
        company.move_clock(minutes=1)
        assert (await edit(company, "rep", moved, note="改一下")).values["note"] == "改一下"

    run(scenario())


def test_the_adviser_writes_the_assessment_during_the_freeze(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await in_match(company)
        await assess(company, lead)
        current = await read(company, "adviser", lead)
        with pytest.raises(AppError):
            async with company.acting("adviser") as ctx:
                await update_record(ctx, "lead", lead.id, Update(version=current.version, values={"amount": "1"}))
        with pytest.raises(Denied):
            await move(company, "adviser", lead, "back_to_confirm", "needs_changed")
        with pytest.raises(AppError):
            await edit(company, "rep", lead, feasibility="customised")

    run(scenario())


def test_the_task_goes_to_the_least_busy_adviser(company: Company, run: Run) -> None:
    async def scenario() -> None:
        for _ in range(4):
            await in_match(company)
        counts = {}
        for who in ("adviser", "adviser2"):
            async with company.acting(who) as ctx:
                counts[who] = (await tasks.count_tasks(ctx)).open
        assert counts == {"adviser": 2, "adviser2": 2}

    run(scenario())


def test_negotiation_waits_for_the_assessment(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await in_match(company)
        company.move_clock(hours=24)
        codes = await refused(company, "rep", lead, "to_negotiate")
        assert codes.count("process.evidence_missing") == 2
        assert codes.count("process.field_missing") == 2
        await assess(company, lead, "infeasible")
        await company.prove("rep", lead.id, "solution")
        assert await refused(company, "rep", lead, "to_negotiate") == ["process.guard_failed"]

    run(scenario())


def test_all_six_stages(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await in_negotiation(company)
        assert (lead.stage, lead.values["current_position"]) == ("negotiate", "quoting")
        assert lead.frozen_until is None
        company.move_clock(hours=30)
        await company.prove("rep", lead.id, "quotation")
        signing = await move(
            company,
            "rep",
            lead,
            "to_sign",
            "price_agreed",
            values={"quote_amount": "650000", "payment_method": "transfer"},
        )
        assert signing.values["current_position"] == "contract_approval"
        stored = await company.rows("SELECT position_since FROM r_lead WHERE id = $1", lead.id)
        assert stored[0]["position_since"] == company.now
        assert await refused(company, "rep", lead, "to_deliver", action="contract_signed") != []
        await company.prove("rep", lead.id, "contract")
        final = {
            "contract_number": "HT-2026-031",
            "contract_amount": "650000",
            "signed_on": "2026-03-05",
            "delivery_on": "2026-04-20",
        }
        won = await move(company, "rep", lead, "to_deliver", "contract_signed", values=final)
        assert won.stage == "deliver"
        with pytest.raises(AppError):
            await edit(company, "rep", lead, contract_amount="1")
        async with company.acting("supervisor") as ctx:
            titles = [each.title.zh for each in (await tasks.list_notifications(ctx))[0]]
        assert "合同已签，启动交付" in titles
        [customer] = await company.rows(
            "SELECT open_leads, won_amount FROM r_customer WHERE id = $1", UUID(lead.values["customer"])
        )
        assert (customer["open_leads"], float(customer["won_amount"])) == (0, 650000)

    run(scenario())
