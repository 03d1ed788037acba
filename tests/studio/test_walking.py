"""A record is walked through a process: the decisions of real moves, and nothing is written."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Database
from tests.suite.company import NOW, Company, found_company
from tests.suite.steps import READY, in_match
from xiaolu.kit.errors import NotFound
from xiaolu.studio.draft.model import Op
from xiaolu.studio.draft.service import edit_draft, open_draft
from xiaolu.studio.processes.telling import tell_walk
from xiaolu.studio.processes.walk_schemas import WalkBody, WalkOut, WalkStep
from xiaolu.studio.processes.walking import walk_process

Run = Callable[[Any], Any]
FILLED = {**READY, "source": "website"}
CONFIRM = WalkStep(transition="to_confirm", action="needs_confirmed", remark="客户已书面确认")
MATCH = WalkStep(
    transition="to_match", action="needs_confirmed", remark="客户已书面确认", evidence={"needs_list": 1}, hours=2
)


@pytest.fixture
def company(database: Database, runner: asyncio.Runner, tmp_path: Path) -> Company:
    return runner.run(found_company(database, tmp_path))


async def walk(company: Company, **given: Any) -> WalkOut:
    async with company.acting("admin", commit=False) as ctx:
        return await tell_walk(ctx, await walk_process(ctx, "lead_journey", WalkBody(**given)))


def test_a_made_up_record_goes_on_as_a_real_one_would(company: Company, run: Run) -> None:
    async def scenario() -> None:
        start = await walk(company, role="rep", values=FILLED)
        assert (start.stage, [each.key for each in start.moves]) == ("acquire", ["to_confirm", "lose"])
        assert [each.code for each in start.moves[0].missing] == ["process.field_missing"]  # the contact
        customer = await company.add_lead()
        filled = {**FILLED, "contact": customer.values["contact"], "customer": customer.values["customer"]}
        done = await walk(company, role="rep", values={**filled, "name": "试走"}, steps=[CONFIRM, MATCH])
        assert [each.accepted for each in done.steps] == [True, True], done.steps
        assert (done.stage, done.at) == ("match", NOW + timedelta(hours=2))
        assert done.frozen_until == NOW + timedelta(hours=26)
        effects = {each.kind: each for each in done.steps[1].effects}
        assert effects["task"].people[0] in {"adviser", "adviser2"}
        assert effects["task"].at == effects["freeze"].at == NOW + timedelta(hours=26)
        other = await company.add_customer("甲公司")
        strange = await walk(company, role="rep", values={**filled, "customer": str(other.id)}, steps=[CONFIRM])
        assert "relation.outside" in {each.code for each in strange.steps[0].problems}
        due = [(each.kind, each.at - NOW) for each in done.due]
        assert due[:2] == [("freeze", timedelta(hours=26)), ("escalation", timedelta(hours=122))]
        assert all("record.frozen" in {one.code for one in each.missing} for each in done.moves)
        leads = await company.rows("SELECT count(*) AS n FROM r_lead")
        assert leads[0]["n"] == 1

    run(scenario())


def test_what_stands_in_the_way_is_said_and_nothing_moves(company: Company, run: Run) -> None:
    async def scenario() -> None:
        bare = WalkStep(transition="to_match", action="needs_confirmed", remark="好的")
        found = await walk(company, role="rep", stage="confirm", steps=[bare])
        codes = {each.code for each in found.steps[0].problems}
        assert {"process.evidence_missing", "process.guard_failed", "process.field_missing"} <= codes
        assert (found.stage, found.steps[0].effects) == ("confirm", [])
        stranger = await walk(company, role="technical_adviser", stage="confirm")
        assert all("process.walk_no_move" in {one.code for one in each.missing} for each in stranger.moves)
        with pytest.raises(NotFound):
            await walk(company, role="nobody")

    run(scenario())


def test_a_real_record_is_walked_on_and_stays_where_it_is(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await in_match(company)
        step = WalkStep(hours=24)
        found = await walk(company, role="rep", record=lead.id, steps=[step])
        assert (found.stage, found.at - NOW) == ("match", timedelta(hours=24))
        codes = {one.code for each in found.moves for one in each.missing}
        assert "record.frozen" not in codes
        assert {"process.evidence_missing", "process.field_missing"} <= codes
        [row] = await company.rows("SELECT stage, version FROM r_lead WHERE id = $1", lead.id)
        assert (row["stage"], row["version"]) == ("match", lead.version)

    run(scenario())


def test_what_the_creation_of_a_record_brings_about_is_told(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()
        created = [
            {"do": "task", "role": "technical_adviser", "hours": 4, "title": {"zh": "首次联系"}},
            {"do": "notify", "to": "supervisor", "text": {"zh": "有新线索"}},
        ]
        async with company.acting("admin") as ctx:
            opened = await open_draft(ctx)
            ops = [Op(op="put", path=("processes", "lead_journey", "on_create"), value=created, before=None)]
            await edit_draft(ctx, opened.draft.revision, "新建时分派", ops)
        task, notice = (await walk(company, role="rep", steps=[WalkStep(hours=2)])).created
        assert (task.kind, task.at) == ("task", NOW + timedelta(hours=4))
        assert task.people[0] in {"adviser", "adviser2"}
        assert "首次联系" in task.text
        assert (notice.kind, len(notice.people)) == ("notify", 1)
        assert "有新的“线索”" in notice.text
        assert (await walk(company, role="rep", record=lead.id)).created == []

    run(scenario())


def test_the_walk_follows_the_draft(company: Company, run: Run) -> None:
    async def scenario() -> None:
        async with company.acting("admin") as ctx:
            opened = await open_draft(ctx)
            path = ("processes", "lead_journey", "stages", "confirm", "required")
            ops = [Op(op="put", path=path, value=[], before=None)]
            await edit_draft(ctx, opened.draft.revision, "联系人可不填", ops)
        start = await walk(company, role="rep")
        assert start.moves[0].allowed
        assert start.moves[0].fields == []

    run(scenario())
