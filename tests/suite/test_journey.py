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
from xiaolu.files.evidence.model import EvidenceDraft
from xiaolu.files.evidence.service import add_evidence
from xiaolu.kit.errors import AppError, Conflict, Denied, Invalid
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.validation import check_definitions
from xiaolu.metadata.yamlform import decode_definitions, encode_definitions
from xiaolu.process.service import sweep_stage_limits, sweep_windows
from xiaolu.records.model import MoveRequest, Record, Update
from xiaolu.records.service import list_moves, move_record, read_record, update_record
from xiaolu.tasks import service as tasks
from xiaolu.tasks.shaping import shape_tasks

Run = Callable[[Any], Any]
KEYWORDS = ["能耗高", "停机频繁", "噪音大"]
READY = {"pain_keywords": KEYWORDS, "product_line": "compressor", "amount": "680000"}


@pytest.fixture
def company(database: Database, runner: asyncio.Runner, tmp_path: Path) -> Company:
    return runner.run(found_company(database, tmp_path))


async def _move(
    company: Company, who: str, lead: Record, transition: str, action: str | None = "needs_confirmed", **more: Any
) -> Record:
    given = {"remark": "客户已书面确认", **more}
    async with company.acting(who) as ctx:
        return await move_record(ctx, "lead", lead.id, MoveRequest(transition=transition, action=action, **given))


async def _refused(company: Company, who: str, lead: Record, transition: str, **more: Any) -> list[str]:
    with pytest.raises((Invalid, Conflict)) as refused:
        await _move(company, who, lead, transition, **more)
    return [each.code for each in refused.value.problems]


async def _read(company: Company, who: str, lead: Record) -> Record:
    async with company.acting(who) as ctx:
        return await read_record(ctx, "lead", lead.id)


async def _edit(company: Company, who: str, lead: Record, **values: Any) -> Record:
    current = await _read(company, who, lead)
    async with company.acting(who) as ctx:
        return await update_record(ctx, "lead", lead.id, Update(version=current.version, values=values))


async def _in_match(company: Company) -> Record:
    lead = await company.add_lead(**READY)
    await _move(company, "rep", lead, "to_confirm")
    await company.prove("rep", lead.id, "needs_list")
    return await _move(company, "rep", lead, "to_match")


async def _assess(company: Company, lead: Record, feasibility: str = "standard") -> None:
    current = await _read(company, "adviser", lead)
    async with company.acting("adviser") as ctx:
        values = {"feasibility": feasibility, "assessment": "标准 75kW 机型满足用气量"}
        await update_record(ctx, "lead", lead.id, Update(version=current.version, values=values))
        [task] = await tasks.list_tasks(ctx, state="open")
        await tasks.finish_task(ctx, task.id)


async def _in_negotiation(company: Company) -> Record:
    lead = await _in_match(company)
    await _assess(company, lead)
    await company.prove("rep", lead.id, "solution")
    company.move_clock(hours=24)
    return await _move(company, "rep", lead, "to_negotiate", "solution_accepted")


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
        await _move(company, "rep", lead, "to_confirm")
        await company.prove("rep", lead.id, "needs_list")
        codes = await _refused(company, "rep", lead, "to_match")
        assert "process.guard_failed" in codes
        moved = await _move(company, "rep", lead, "to_match", values={"pain_keywords": KEYWORDS})
        assert moved.stage == "match"

    run(scenario())


def test_without_the_scanned_list_of_needs_it_is_refused(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead(**READY)
        await _move(company, "rep", lead, "to_confirm")
        assert await _refused(company, "rep", lead, "to_match") == ["process.evidence_missing"]
        async with company.acting("rep") as ctx:
            options = await list_moves(ctx, "lead", lead.id)
        forward = next(each for each in options.moves if each.transition.key == "to_match")
        assert (forward.allowed, [each.code for each in forward.missing]) == (False, ["process.evidence_missing"])
        page = await company.upload("rep", b"<html><body>not a scan</body></html>", "needs.pdf")
        with pytest.raises(Invalid) as refused:
            async with company.acting("rep") as ctx:
                await add_evidence(ctx, "lead", lead.id, EvidenceDraft(kind="file", slot="needs_list", file_id=page))
        assert [each.code for each in refused.value.problems] == ["evidence.content_types"]
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
        with pytest.raises(Invalid) as refused:
            await _move(company, "rep", lead, "to_confirm", action, remark=remark)
        assert refused.value.code == "move.refused"
        assert [each.code for each in refused.value.problems] == [code]
        assert (await _read(company, "rep", lead)).stage == "acquire"

    run(scenario())


def test_a_move_leaves_its_trace(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        await _move(company, "rep", lead, "to_confirm", "competitor_mentioned", remark="  客户主动提到竞品报价  ")
        [event] = await company.rows("SELECT * FROM event WHERE kind = 'record.moved'")
        assert (event["action"], event["remark"], event["actor_id"]) == (
            "competitor_mentioned",
            "客户主动提到竞品报价",
            company.people["rep"],
        )

    run(scenario())


def test_solution_pushes_a_task_and_freezes_for_24_hours(company: Company, run: Run) -> None:
    async def scenario() -> None:
        moved = await _in_match(company)
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
        company.move_clock(hours=23, minutes=59)
        with pytest.raises(AppError) as refused:
            await _edit(company, "rep", moved, note="改一下")
        assert [each.code for each in refused.value.problems] == ["record.frozen"]
        assert "record.frozen" in await _refused(company, "rep", moved, "back_to_confirm", action="needs_changed")
        company.move_clock(minutes=1)
        assert (await _edit(company, "rep", moved, note="改一下")).values["note"] == "改一下"

    run(scenario())


def test_the_adviser_writes_the_assessment_during_the_freeze(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await _in_match(company)
        await _assess(company, lead)
        current = await _read(company, "adviser", lead)
        with pytest.raises(AppError):
            async with company.acting("adviser") as ctx:
                await update_record(ctx, "lead", lead.id, Update(version=current.version, values={"amount": "1"}))
        with pytest.raises(Denied):
            await _move(company, "adviser", lead, "back_to_confirm", "needs_changed")
        with pytest.raises(AppError):
            await _edit(company, "rep", lead, feasibility="customised")

    run(scenario())


def test_the_task_goes_to_the_least_busy_adviser(company: Company, run: Run) -> None:
    async def scenario() -> None:
        for _ in range(4):
            await _in_match(company)
        counts = {}
        for who in ("adviser", "adviser2"):
            async with company.acting(who) as ctx:
                counts[who] = (await tasks.count_tasks(ctx)).open
        assert counts == {"adviser": 2, "adviser2": 2}

    run(scenario())


def test_negotiation_waits_for_the_assessment(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await _in_match(company)
        company.move_clock(hours=24)
        codes = await _refused(company, "rep", lead, "to_negotiate")
        assert codes.count("process.evidence_missing") == 2
        assert codes.count("process.field_missing") == 2
        await _assess(company, lead, "infeasible")
        await company.prove("rep", lead.id, "solution")
        assert await _refused(company, "rep", lead, "to_negotiate") == ["process.guard_failed"]

    run(scenario())


def test_all_six_stages(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await _in_negotiation(company)
        assert (lead.stage, lead.values["current_position"]) == ("negotiate", "quoting")
        assert lead.frozen_until is None
        company.move_clock(hours=30)
        await company.prove("rep", lead.id, "quotation")
        signing = await _move(
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
        assert await _refused(company, "rep", lead, "to_deliver", action="contract_signed") != []
        await company.prove("rep", lead.id, "contract")
        final = {
            "contract_number": "HT-2026-031",
            "contract_amount": "650000",
            "signed_on": "2026-03-05",
            "delivery_on": "2026-04-20",
        }
        won = await _move(company, "rep", lead, "to_deliver", "contract_signed", values=final)
        assert won.stage == "deliver"
        with pytest.raises(AppError):
            await _edit(company, "rep", lead, contract_amount="1")
        async with company.acting("supervisor") as ctx:
            titles = [each.title.zh for each in (await tasks.list_notifications(ctx))[0]]
        assert "合同已签，启动交付" in titles
        [customer] = await company.rows(
            "SELECT open_leads, won_amount FROM r_customer WHERE id = $1", UUID(lead.values["customer"])
        )
        assert (customer["open_leads"], float(customer["won_amount"])) == (0, 650000)

    run(scenario())


def test_hours_in_the_present_position(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await _in_negotiation(company)
        company.move_clock(hours=5)
        moved = await _edit(company, "rep", lead, current_position="customer_decision")
        assert moved.values["current_position"] == "customer_decision"
        stored = await company.rows("SELECT position_since FROM r_lead WHERE id = $1", lead.id)
        assert stored[0]["position_since"] == company.now
        company.move_clock(hours=2)
        same = await _edit(company, "rep", lead, note="客户周会讨论")
        assert same.values["position_hours"] == "2.0"
        with pytest.raises(AppError):
            await _edit(company, "rep", lead, current_position=None)

    run(scenario())


def test_losing_and_reopening(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        assert await _refused(company, "rep", lead, "lose", action="competitor_chosen") == ["process.field_missing"]
        lost = await _move(company, "rep", lead, "lose", "competitor_chosen", values={"lost_reason": "price"})
        assert (lost.stage, lost.values["lost_reason"]) == ("lost", "price")
        assert "process.role_not_allowed" in await _refused(company, "rep", lead, "reopen", action="customer_returned")
        back = await _move(company, "supervisor", lead, "reopen", "customer_returned")
        assert (back.stage, back.values["lost_reason"], back.values["closed_at"]) == ("acquire", None, None)

    run(scenario())


def test_moving_back_needs_its_own_reasons(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await _in_negotiation(company)
        assert await _refused(company, "rep", lead, "back_to_confirm") == ["process.action_unknown"]
        back = await _move(company, "rep", lead, "back_to_confirm", "needs_changed")
        assert (back.stage, back.values["current_position"]) == ("confirm", None)

    run(scenario())


def test_a_move_settles_escalations(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        company.move_clock(hours=49)
        async with company.acting() as ctx:
            assert await sweep_stage_limits(ctx) == 1
        async with company.acting("supervisor") as ctx:
            assert (await tasks.count_tasks(ctx)).open == 1
        await _move(company, "rep", lead, "to_confirm")
        async with company.acting("supervisor") as ctx:
            assert (await tasks.count_tasks(ctx)).open == 0

    run(scenario())


async def _sweep_windows(company: Company) -> int:
    async with company.acting() as ctx:
        return await sweep_windows(ctx)


async def _follow_ups(company: Company) -> int:
    return int((await company.rows("SELECT count(*) AS n FROM task WHERE kind = 'follow_up'"))[0]["n"])


def test_a_window_without_action_tells_the_supervisor_once(company: Company, run: Run) -> None:
    async def scenario() -> None:
        await _in_negotiation(company)
        company.move_clock(hours=48)
        assert await _sweep_windows(company) == 0
        company.move_clock(minutes=1)
        assert sum(await asyncio.gather(_sweep_windows(company), _sweep_windows(company))) == 1
        assert await _follow_ups(company) == 1
        async with company.acting("supervisor") as ctx:
            [task] = await tasks.list_tasks(ctx, state="open")
        assert task.title.zh == "进入商务谈判后 48 小时无新动作"

    run(scenario())


@pytest.mark.parametrize("how", ["edit", "evidence", "move"])
def test_any_action_within_the_window_closes_it(company: Company, run: Run, how: str) -> None:
    async def scenario() -> None:
        lead = await _in_negotiation(company)
        company.move_clock(hours=47)
        if how == "edit":
            await _edit(company, "rep", lead, next_step="周五回访")
        elif how == "evidence":
            await company.prove("rep", lead.id, "quotation")
        else:
            await _move(company, "rep", lead, "back_to_confirm", "needs_changed")
        company.move_clock(hours=2)
        await _sweep_windows(company)
        assert await _follow_ups(company) == 0
        [window] = await company.rows("SELECT state FROM process_window")
        assert window["state"] == "met"

    run(scenario())
