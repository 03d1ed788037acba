"""Moves through a process, and what conditions make of a form."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.records.writes.scene import Scene, codes
from xiaolu.kit.errors import Conflict, Denied, Invalid, NotFound
from xiaolu.kit.i18n import Label
from xiaolu.records import service
from xiaolu.records.model import MoveRequest, Record

Run = Callable[..., Any]


async def move(scene: Scene, lead: Record, to: str, who: str = "wang", **given: Any) -> Record:
    moved = await service.move_record(scene.ctx(who), "lead", lead.id, MoveRequest(transition=to, **given))
    await scene.uow.finish()
    return moved


async def ready(scene: Scene, **values: Any) -> Record:
    customer = await scene.add("customer", "wang", name="甲", region="浙江")
    return await scene.add("lead", "wang", **{"name": "一", "amount": 10, "customer": str(customer.id), **values})


def test_a_move_writes_all_at_once(scene: Scene, run: Run) -> None:
    lead = run(ready(scene))
    scene.later(hours=2)
    moved = run(move(scene, lead, "to_talk", version=1, action="asked", remark="客户提到了竞品", values={"amount": 20}))
    assert (moved.stage, moved.stage_since, moved.version) == ("talk", scene.now, 2)
    assert moved.frozen_until == scene.now + timedelta(hours=24)
    frozen = run(service.list_moves(scene.ctx("wang"), "lead", lead.id)).freeze
    assert frozen is not None
    assert frozen.reason == Label("评估期")
    assert moved.values["amount"] == "20.00"
    assert moved.values["rate"] == "0.5000"  # set by the transition
    assert moved.values["expected"] == "10.00"
    (event,) = run(scene.rows("SELECT * FROM event WHERE kind = 'record.moved'"))
    assert (event["action"], event["remark"], event["version"]) == ("asked", "客户提到了竞品", 2)
    assert json.loads(event["before"])["stage"] == "new"
    assert json.loads(event["after"])["stage"] == "talk"
    told = run(service.read_history(scene.ctx("wang"), "lead", lead.id)).events[0]
    assert (told.action, told.action_label, told.remark) == ("asked", "客户主动提及竞品", "客户提到了竞品")
    assert {each.field: each.after_text for each in told.changes}["stage"] == "洽谈"


def test_a_move_says_everything_that_is_missing(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", "wang", name="一"))
    error = run(scene.refusal(move(scene, lead, "to_talk", remark="  ", values={"limit": 0.1})))
    assert isinstance(error, Invalid)
    assert error.code == "move.refused"
    assert codes(error) == {
        "values.limit": "field.read_only",
        "values.amount": "process.field_missing",
        "transition": "process.guard_failed",
        "action": "process.action_missing",
        "remark": "process.remark_blank",
    }
    assert run(scene.read(lead)).stage == "new"


def test_the_freeze_of_a_move_holds_and_ends(scene: Scene, run: Run) -> None:
    lead = run(ready(scene))
    run(move(scene, lead, "to_talk", action="asked", remark="好"))
    error = run(scene.refusal(move(scene, lead, "win", action="terms", remark="成交")))
    assert isinstance(error, Conflict)
    assert error.code == "record.frozen"
    scene.later(hours=24)
    won = run(move(scene, lead, "win", action="terms", remark="成交"))
    assert (won.stage, won.frozen_until) == ("won", None)
    assert "reason" not in won.values


def test_moves_respect_versions_and_reach(scene: Scene, run: Run) -> None:
    lead = run(ready(scene))
    run(scene.change(lead, "wang", amount=11))
    error = run(scene.refusal(move(scene, lead, "to_talk", version=1, action="asked", remark="好")))
    assert error.code == "record.changed"
    assert isinstance(run(scene.refusal(move(scene, lead, "to_talk", "zhao", action="asked", remark="好"))), NotFound)
    assert isinstance(run(scene.refusal(move(scene, lead, "nowhere", action="asked", remark="好"))), NotFound)
    customer = run(scene.add("customer", "wang", name="乙"))
    request = MoveRequest(transition="to_talk")
    assert isinstance(
        run(scene.refusal(service.move_record(scene.ctx("wang"), "customer", customer.id, request))), Denied
    )


def test_possible_moves_tell_what_they_lack(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", "wang", name="一"))
    options = run(service.list_moves(scene.ctx("wang"), "lead", lead.id))
    assert (options.stage, options.since) == ("new", scene.now)
    (only,) = options.moves
    assert (only.transition.key, only.allowed, only.required_fields) == ("to_talk", False, ("amount",))
    assert [each.code for each in only.missing] == ["process.field_missing", "process.guard_failed"]
    ready_lead = run(ready(scene))
    (only,) = run(service.list_moves(scene.ctx("wang"), "lead", ready_lead.id)).moves
    assert only.allowed
    assert [each.key for each in only.reasons] == ["asked", "terms"]


def test_a_move_keeps_the_rules_of_the_record(scene: Scene, run: Run) -> None:
    lead = run(ready(scene))
    work = move(scene, lead, "to_talk", values={"due": "2001-01-01"}, action="asked", remark="好")
    assert codes(run(scene.refusal(work))) == {"values": "rule.failed"}


def test_a_form_follows_its_conditions(scene: Scene, run: Run) -> None:
    def state(**values: Any) -> Any:
        return run(service.evaluate_form(scene.ctx("wang"), "lead", values))

    empty = state()
    assert empty.visible == {"reason": False}
    assert empty.required == {"reason": False}
    assert empty.options == {"level": ["b"]}
    filled = state(amount=100, level="a")
    assert filled.visible == {"reason": True}
    assert filled.required == {"reason": True}
    assert filled.options == {"level": ["a", "b"]}
    assert filled.values["rate"] == state().values["rate"] == "0.1000"
    assert "rate" not in state(rate=None).values, "what was emptied stays empty"
    assert state(amount="not yet a number").visible == {"reason": False}
    lead = run(scene.add("lead", "wang", name="一", amount=100))
    assert run(service.evaluate_form(scene.ctx("wang"), "lead", {"level": "a"}, lead.id)).required == {"reason": True}
    assert "rate" not in run(service.evaluate_form(scene.ctx("wang"), "lead", {}, lead.id)).values
