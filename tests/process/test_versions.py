"""A process changes while records run in it: they finish on the version they started on, or go on in the new one."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.conftest import Database
from tests.suite.company import Company, found_company
from tests.suite.steps import READY, in_match, move, read, refused
from xiaolu.files.evidence.model import EvidenceDraft
from xiaolu.files.evidence.service import add_evidence
from xiaolu.kit.errors import Invalid, NotFound
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.access import FieldAccess
from xiaolu.metadata.model.process import EvidenceSlot, Process, Stage, TimeLimit, Transition
from xiaolu.metadata.model.running import RunningChoice
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.publishing.model import Author, Publication, Published
from xiaolu.metadata.publishing.moving import VersionMove
from xiaolu.metadata.publishing.service import load_snapshot, plan_publication, publish
from xiaolu.process.service import sweep_stage_limits
from xiaolu.records.service import list_moves, read_history
from xiaolu.studio.processes.service import count_running, move_running

Run = Callable[[Any], Any]
NOBODY = Author(None, "建造者")


@pytest.fixture
def company(database: Database, runner: asyncio.Runner, tmp_path: Path) -> Company:
    return runner.run(found_company(database, tmp_path))


def with_process(company: Company, change: Callable[[Process], Process]) -> Definitions:
    current = company.snapshot.definitions
    return msgspec.structs.replace(current, processes=tuple(change(each) for each in current.processes))


def leaner(company: Company) -> Definitions:
    """Return the definitions without the stage of confirmed needs; formulas no longer name it."""
    text = msgspec.json.encode(with_process(company, without_confirm)).decode()
    return msgspec.json.decode(text.replace('\\"confirm\\"', '\\"acquire\\"'), type=Definitions)


def with_survey(process: Process) -> Process:
    """Put a stage between confirming needs and the solution."""
    survey = Stage(
        key="survey",
        label=Label("现场勘查", "Survey"),
        evidence=(EvidenceSlot(key="photo", label=Label("照片"), kind="text"),),
        limit=TimeLimit(hours=10, escalate=("head",)),
    )
    at = next(number for number, each in enumerate(process.stages) if each.key == "match")
    stages = (*process.stages[:at], survey, *process.stages[at:])
    moves = tuple(
        msgspec.structs.replace(each, source=("survey",)) if each.key == "to_match" else each
        for each in process.transitions
    )
    lead_in = Transition(key="to_survey", label=Label("安排勘查"), source=("confirm",), target="survey")
    return msgspec.structs.replace(process, stages=stages, transitions=(*moves, lead_in))


def without_survey(process: Process) -> Process:
    """Take the stage between confirming needs and the solution out again."""
    moves = tuple(
        msgspec.structs.replace(each, source=("confirm",)) if each.key == "to_match" else each
        for each in process.transitions
        if each.key != "to_survey"
    )
    stages = tuple(each for each in process.stages if each.key != "survey")
    return msgspec.structs.replace(process, stages=stages, transitions=moves)


def without_confirm(process: Process) -> Process:
    """Take the stage of confirmed needs out."""
    moves = []
    for each in process.transitions:
        if each.key in {"to_confirm", "back_to_acquire", "back_to_confirm"}:
            continue
        source = ("acquire",) if each.key == "to_match" else tuple(key for key in each.source if key != "confirm")
        moves.append(msgspec.structs.replace(each, source=source))
    stages = tuple(each for each in process.stages if each.key != "confirm")
    return msgspec.structs.replace(process, stages=stages, transitions=tuple(moves))


def unremarked(process: Process) -> Process:
    """Ask for no remark any more."""
    return msgspec.structs.replace(process, remark_required=False)


async def release(
    company: Company,
    wanted: Definitions,
    running: Mapping[str, RunningChoice] | None = None,
    moves: Mapping[str, Mapping[str, str]] | None = None,
) -> Published:
    uow = await company.database.uow()
    try:
        publication = Publication(
            definitions=wanted,
            base_version=company.snapshot.version,
            author=NOBODY,
            running=running or {},
            moves=moves or {},
        )
        published = await publish(uow, publication, now=company.now)
        await uow.finish()
        company.snapshot = await load_snapshot(uow)
        return published
    finally:
        await uow.abandon()
        await uow.connection.close()


async def targets(company: Company, lead: Any) -> set[str]:
    async with company.acting("rep") as ctx:
        return {each.transition.target for each in (await list_moves(ctx, "lead", lead.id)).moves}


def test_running_records_finish_on_the_version_that_they_started_on(company: Company, run: Run) -> None:
    async def scenario() -> None:
        old = await company.add_lead(**READY)
        await move(company, "rep", old, "to_confirm")
        await company.prove("rep", old.id, "needs_list")
        await release(company, with_process(company, with_survey))
        young = await company.add_lead(**READY)
        await move(company, "rep", young, "to_confirm")
        assert await targets(company, old) == {"match", "acquire", "lost"}
        assert await targets(company, young) == {"survey", "acquire", "lost"}
        assert (await read(company, "rep", old)).process_version == 1
        assert (await read(company, "rep", young)).process_version is None
        with pytest.raises(NotFound):
            await move(company, "rep", old, "to_survey")
        assert (await move(company, "rep", old, "to_match")).stage == "match"
        await company.prove("rep", young.id, "needs_list")
        assert (await move(company, "rep", young, "to_survey")).stage == "survey"
        assert await refused(company, "rep", young, "to_match") == ["process.evidence_missing"]
        async with company.acting("rep") as ctx:
            proof = EvidenceDraft(kind="text", slot="photo", text="现场已查看，空间足够")
            await add_evidence(ctx, "lead", young.id, proof)
            with pytest.raises(Invalid):  # the version that the other one runs on has no such slot
                await add_evidence(ctx, "lead", old.id, proof)

    run(scenario())


def test_limits_are_those_of_the_own_version(company: Company, run: Run) -> None:
    async def scenario() -> None:
        old = await company.add_lead()

        def stricter(process: Process) -> Process:
            stages = tuple(
                msgspec.structs.replace(each, limit=TimeLimit(hours=1)) if each.key == "acquire" else each
                for each in process.stages
            )
            return msgspec.structs.replace(process, stages=stages)

        await release(company, with_process(company, stricter))
        young = await company.add_lead()
        company.move_clock(hours=2)
        async with company.acting() as ctx:
            assert await sweep_stage_limits(ctx) == 1
        company.move_clock(hours=47)
        async with company.acting() as ctx:
            await sweep_stage_limits(ctx)
        told = await company.rows("SELECT record_id, at FROM event WHERE kind = 'record.escalated' ORDER BY id")
        assert [each["record_id"] for each in told] == [young.id, old.id]

    run(scenario())


def test_names_and_colours_hold_at_once_for_everybody(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead()

        def renamed(process: Process) -> Process:
            stages = tuple(msgspec.structs.replace(each, label=Label("新" + each.label.zh)) for each in process.stages)
            return msgspec.structs.replace(process, stages=stages)

        published = await release(company, with_process(company, renamed))
        assert published.plan.running == ()
        assert (await read(company, "rep", lead)).display["stage"] == "新线索获取"
        assert company.snapshot.running.kept == ()

    run(scenario())


def test_a_deleted_stage_stays_for_the_records_in_it(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead(**READY)
        await move(company, "rep", lead, "to_confirm")

        def narrowed(definitions: Definitions) -> Definitions:
            roles = []
            for role in definitions.roles:
                grants = tuple(
                    msgspec.structs.replace(each, stages={**each.stages, "confirm": {"amount": FieldAccess.HIDDEN}})
                    if role.key == "rep" and each.entity == "lead"
                    else each
                    for each in role.grants
                )
                roles.append(msgspec.structs.replace(role, grants=grants))
            return msgspec.structs.replace(definitions, roles=tuple(roles))

        unnarrowed = company.snapshot.definitions
        await release(company, narrowed(unnarrowed))
        assert "amount" not in (await read(company, "rep", lead)).values
        gone = leaner(company)
        await release(company, msgspec.structs.replace(gone, roles=unnarrowed.roles))
        seen = await read(company, "rep", lead)
        assert (seen.stage, seen.display["stage"], seen.process_version) == ("confirm", "需求确认", 1)
        assert "amount" not in seen.values
        assert [each.key for each in company.snapshot.entities["lead"].versions.former_stages] == ["confirm"]
        await company.prove("rep", lead.id, "needs_list")
        assert (await move(company, "rep", lead, "to_match")).stage == "match"

    run(scenario())


def test_all_move_to_the_new_version(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead = await company.add_lead(**READY)
        await move(company, "rep", lead, "to_confirm")
        wanted = leaner(company)
        everybody = {"lead_journey": RunningChoice(choice="move")}
        with pytest.raises(Invalid) as caught:
            await release(company, wanted, everybody)
        assert [each.code for each in caught.value.problems] == ["publish.stage_has_records"]
        await release(company, wanted, everybody, {"lead_journey": {"confirm": "acquire"}})
        seen = await read(company, "rep", lead)
        assert (seen.stage, seen.process_version) == ("acquire", None)
        assert await targets(company, lead) == {"match", "lost"}
        assert company.snapshot.running.kept == ()

    run(scenario())


def test_records_that_moved_on_finish_on_the_version_that_they_moved_to(company: Company, run: Run) -> None:
    """Going on in a new version writes no row; a later one must still find what it was that held for the record."""

    async def scenario() -> None:
        old = await company.add_lead(**READY)
        await move(company, "rep", old, "to_confirm")
        await release(company, with_process(company, with_survey), {"lead_journey": RunningChoice(choice="move")})
        young = await company.add_lead(**READY)
        before = company.snapshot.definitions
        await release(company, with_process(company, without_survey))
        assert await targets(company, old) == {"survey", "acquire", "lost"}
        for lead in (old, young):
            assert (await read(company, "rep", lead)).process_version == 2
        async with company.acting("admin") as ctx:
            counted = {each.number: each.records for each in (await count_running(ctx, "lead_journey")).versions}
        assert counted == {3: 0, 2: 2}
        await release(company, before)
        assert await targets(company, old) == {"survey", "acquire", "lost"}
        async with company.acting("admin") as ctx:
            versions = (await count_running(ctx, "lead_journey")).versions
        assert [(each.number, each.records) for each in versions] == [(4, 2), (3, 0)]

    run(scenario())


def test_only_records_in_some_stages_move(company: Company, run: Run) -> None:
    async def scenario() -> None:
        first, second = await company.add_lead(), await company.add_lead(**READY)
        await move(company, "rep", second, "to_confirm")
        some = {"lead_journey": RunningChoice(choice="move", stages=("acquire",))}
        await release(company, with_process(company, with_survey), some)
        assert (await read(company, "rep", first)).process_version is None
        assert (await read(company, "rep", second)).process_version == 1
        assert await targets(company, second) == {"match", "acquire", "lost"}
        await move(company, "rep", first, "to_confirm")
        assert await targets(company, first) == {"survey", "acquire", "lost"}

    run(scenario())


def test_records_are_moved_later_with_a_reason(company: Company, run: Run) -> None:
    async def scenario() -> None:
        lead, other = await company.add_lead(**READY), await in_match(company)
        await move(company, "rep", lead, "to_confirm")
        await release(company, leaner(company))
        async with company.acting("admin") as ctx:
            [present, former] = (await count_running(ctx, "lead_journey")).versions
            assert (present.number, present.records, former.number, former.records) == (2, 0, 1, 2)
            assert {each.key: each.records for each in former.stages if each.records} == {"confirm": 1, "match": 1}
            with pytest.raises(Invalid):
                await move_running(ctx, "lead_journey", VersionMove(number=1, moves={}, remark="统一口径"))
        async with company.acting("admin") as ctx:
            wanted = VersionMove(number=1, moves={"confirm": "acquire"}, remark="统一口径")
            assert (await move_running(ctx, "lead_journey", wanted)).records == 2
        assert (await read(company, "rep", lead)).stage == "acquire"
        assert (await read(company, "rep", other)).stage == "match"
        assert (await read(company, "rep", other)).process_version is None
        async with company.acting("rep") as ctx:
            [event, *_] = (await read_history(ctx, "lead", lead.id)).events
        assert (event.kind, event.remark, event.actor and event.actor.name) == (
            "record.process_changed", "统一口径", "admin",
        )  # fmt: skip
        await release(company, with_process(company, unremarked))
        assert [each.number for each in company.snapshot.running.kept] == [2]

    run(scenario())


def test_what_a_running_version_uses_cannot_be_taken_away(company: Company, run: Run) -> None:
    async def scenario() -> None:
        await in_match(company)

        def without_guard(process: Process) -> Process:
            moves = tuple(msgspec.structs.replace(each, guard=None) for each in process.transitions)
            stages = tuple(
                msgspec.structs.replace(each, required=tuple(key for key in each.required if key != "lost_reason"))
                for each in process.stages
            )
            return msgspec.structs.replace(process, transitions=moves, stages=stages)

        lighter = with_process(company, without_guard)
        sets = tuple(
            msgspec.structs.replace(each, options=tuple(one for one in each.options if not one.retired))
            for each in lighter.option_sets
        )
        lighter = msgspec.structs.replace(lighter, option_sets=sets)
        await release(company, lighter)
        processes = tuple(msgspec.structs.replace(each, reasons=None) for each in lighter.processes)
        bare = msgspec.structs.replace(
            lighter,
            processes=processes,
            option_sets=tuple(each for each in sets if each.key != "move_action"),
        )
        async with company.acting("admin") as ctx:
            publication = Publication(definitions=bare, base_version=company.snapshot.version)
            _, problems = await plan_publication(ctx.uow, publication, now=company.now)
        assert [each.code for each in problems] == ["publish.kept_misfit"]

    run(scenario())
