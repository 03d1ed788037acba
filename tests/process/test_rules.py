"""Decisions about moves: everything that stands against one comes at once."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.suite.company import journey
from xiaolu.access.model import SYSTEM, Actor
from xiaolu.kit.problems import Problem
from xiaolu.kit.workcalendar import WorkCalendar
from xiaolu.metadata.model.process import Process
from xiaolu.metadata.snapshot import Snapshot
from xiaolu.process.model import Move, MoveFacts, MoveInput, RecordFacts, Refused
from xiaolu.process.rules import available_moves, check_edit, decide_move

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SNAPSHOT = Snapshot(1, journey())
LEAD = SNAPSHOT.entities["lead"]
ADVISER = UUID(int=7)
REP = Actor(id=UUID(int=1), kind="member", name="rep", roles=("rep",))
KEYWORDS = ["能耗高", "停机频繁", "噪音大"]
FULL = {"pain_keywords": KEYWORDS, "product_line": "compressor", "amount": 600000, "contact": UUID(int=3)}


def process() -> Process:
    assert LEAD.process is not None
    return LEAD.process


def record(stage: str = "confirm", **changes: Any) -> RecordFacts:
    plain: dict[str, Any] = {
        "entity": "lead", "id": UUID(int=9), "version": 1, "title": "空压站扩容", "values": FULL, "stage": stage, "stage_since": NOW,
    }  # fmt: skip
    return RecordFacts(**{**plain, **changes})


def facts(**changes: Any) -> MoveFacts:
    plain: dict[str, Any] = {
        "calendar": WorkCalendar(), "evidence": {"needs_list": 1}, "option_sets": SNAPSHOT.option_sets,
        "members": {"technical_adviser": ADVISER},
    }  # fmt: skip
    return MoveFacts(**{**plain, **changes})


def evaluate(formula: str) -> Any:
    return {"COUNT({pain_keywords}) >= 3": True, '"quoting"': "quoting", "NOW()": NOW, "BLANK()": None}.get(
        formula, True
    )


def decide(given: MoveInput, *, at: datetime = NOW, actor: Actor = REP, **changes: Any) -> Move | Refused:
    about, known = changes.pop("record", record()), changes.pop("facts", facts())
    return decide_move(LEAD, about, given, known, actor=actor, now=at, evaluate=changes.pop("evaluate", evaluate))


def codes(outcome: Move | Refused) -> list[str]:
    assert isinstance(outcome, Refused)
    return [each.code for each in outcome.problems]


TO_MATCH = MoveInput("to_match", action="needs_confirmed", remark="客户已签字确认")


def test_an_accepted_move_brings_its_changes() -> None:
    move = decide(TO_MATCH)
    assert isinstance(move, Move)
    assert (move.source, move.stage, move.stage_since) == ("confirm", "match", NOW)
    assert move.frozen_until == NOW + timedelta(hours=24)
    assert move.values == {"technical_adviser": ADVISER}
    assert [each.do for each in move.effects] == ["task"]


def test_everything_missing_comes_at_once() -> None:
    given = MoveInput("to_match", action=None, remark=" 　…… ")
    about = record(values={"pain_keywords": []})
    outcome = decide(given, record=about, facts=facts(evidence={}), evaluate=lambda _: False)
    assert codes(outcome) == [
        "process.field_missing", "process.field_missing", "process.field_missing", "process.evidence_missing",
        "process.guard_failed", "process.action_missing", "process.remark_blank",
    ]  # fmt: skip
    assert isinstance(outcome, Refused)
    by_code = {each.code: each for each in outcome.problems}
    assert dict(by_code["process.evidence_missing"].params)["have"] == 0
    assert dict(by_code["process.evidence_missing"].params)["need"] == 1
    assert by_code["process.evidence_missing"].path == ("evidence", "needs_list")
    assert dict(by_code["process.guard_failed"].params)["message"] == "请填写至少 3 个核心痛点关键词"


@pytest.mark.parametrize("result", [False, None])
def test_a_guard_must_be_true(result: Any) -> None:
    assert codes(decide(TO_MATCH, evaluate=lambda _: result)) == ["process.guard_failed"]


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (None, "process.action_missing"),
        ("  ", "process.action_missing"),
        ("nonsense", "process.action_unknown"),
        ("needs_changed", "process.action_unknown"),
    ],
)
def test_an_action_of_the_list_is_demanded(action: str | None, code: str) -> None:
    assert codes(decide(MoveInput("to_match", action=action, remark="客户已签字确认"))) == [code]


def test_a_retired_action_is_refused() -> None:
    import msgspec

    reasons = SNAPSHOT.option_sets["move_action"]
    options = tuple(msgspec.structs.replace(each, retired=each.key == "needs_confirmed") for each in reasons.options)
    known = facts(option_sets={"move_action": msgspec.structs.replace(reasons, options=options)})
    assert codes(decide(TO_MATCH, facts=known)) == ["process.action_retired"]


@pytest.mark.parametrize("remark", [None, "", "   ", "\n\t", "。", "!!!—— "])
def test_blank_remarks_are_refused(remark: str | None) -> None:
    assert codes(decide(MoveInput("to_match", action="needs_confirmed", remark=remark))) == ["process.remark_blank"]


@pytest.mark.parametrize(("minutes", "frozen"), [(23 * 60 + 59, True), (24 * 60, False)])
def test_a_freeze_ends_exactly_at_its_end(minutes: int, frozen: bool) -> None:
    about = record("match", frozen_until=NOW + timedelta(hours=24), values={**FULL, "lost_reason": "price"})
    at = NOW + timedelta(minutes=minutes)
    found = check_edit(process(), about, ["amount"], now=at)
    assert [each.code for each in found] == (["record.frozen"] if frozen else [])
    moved = decide(MoveInput("lose", "project_cancelled", "客户取消了项目"), at=at, record=about)
    assert isinstance(moved, Refused) is frozen


def test_a_freeze_says_how_long_it_lasts() -> None:
    about = record("match", frozen_until=NOW + timedelta(hours=24))
    [found] = check_edit(process(), about, ["amount"], now=NOW + timedelta(hours=1, seconds=30))
    assert (found.params["hours"], found.params["minutes"]) == (23, 0)


def test_the_assessment_stays_open_during_its_freeze() -> None:
    about = record("match", frozen_until=NOW + timedelta(hours=24))
    assert check_edit(process(), about, ["assessment", "feasibility"], now=NOW) == []
    assert check_edit(process(), about, ["assessment", "amount"], now=NOW) != []
    assert check_edit(process(), about, [], now=NOW) != []


def test_a_stage_closes_fields() -> None:
    found = check_edit(process(), record("deliver"), ["contract_amount", "note"], now=NOW)
    assert [(each.code, each.path) for each in found] == [("process.field_closed", ("values", "contract_amount"))]
    assert check_edit(None, record("deliver"), ["contract_amount"], now=NOW) == []


def test_wrong_stage_and_unknown_move() -> None:
    assert "process.wrong_stage" in codes(decide(TO_MATCH, record=record("acquire")))
    assert codes(decide(MoveInput("fly"))) == ["process.transition_unknown"]


def test_roles() -> None:
    about = record("lost")
    given = MoveInput("reopen", "customer_returned", "客户重新联系")
    assert codes(decide(given, record=about)) == ["process.role_not_allowed"]
    for actor in (
        Actor(id=None, kind="member", name="s", roles=("supervisor",)),
        Actor(id=None, kind="member", name="a", roles=("admin",)),
        SYSTEM,
    ):
        assert isinstance(decide(given, record=about, actor=actor), Move)


def test_moves_back_and_giving_up_owe_no_evidence() -> None:
    bare = facts(evidence={})
    assert isinstance(decide(MoveInput("back_to_acquire", "contact_changed", "对接人离职"), facts=bare), Move)
    lost = record(values={**FULL, "lost_reason": "price"})
    assert isinstance(decide(MoveInput("lose", "competitor_chosen", "选了竞品"), record=lost, facts=bare), Move)


def test_available_moves_say_what_is_missing() -> None:
    about = record(values={**FULL, "amount": None})
    moves = {
        each.transition.key: each
        for each in available_moves(LEAD, about, facts(evidence={}), actor=REP, now=NOW, evaluate=evaluate)
    }
    assert set(moves) == {"to_match", "back_to_acquire", "lose"}
    forward = moves["to_match"]
    assert not forward.allowed
    assert [each.code for each in forward.missing] == ["process.field_missing", "process.evidence_missing"]
    assert forward.required_fields == ("pain_keywords", "product_line", "amount")
    assert [(each.slot.key, each.have, each.is_met) for each in forward.evidence] == [("needs_list", 0, False)]
    assert "needs_confirmed" in [each.key for each in forward.reasons]
    assert moves["back_to_acquire"].allowed
    assert moves["back_to_acquire"].evidence == ()


def test_problems_speak_both_languages() -> None:
    from xiaolu.kit.i18n import describe

    outcome = decide(
        MoveInput("to_match"), record=record(values={}), facts=facts(evidence={}), evaluate=lambda _: False
    )
    assert isinstance(outcome, Refused)
    for each in outcome.problems:
        for language in ("zh", "en"):
            text = describe(each, language)
            assert text != each.code, each
            assert "{" not in text, each
    assert isinstance(outcome.problems[0], Problem)
