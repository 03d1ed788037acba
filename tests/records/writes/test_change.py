"""Changes: what is written, two people at once, freezes, stages, permissions."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.records.writes.scene import Scene, codes
from xiaolu.access.service.shares import ShareTarget, share_record
from xiaolu.kit.errors import Conflict, Denied, Invalid, NotFound
from xiaolu.records import service
from xiaolu.records.model import Update

Run = Callable[..., Any]


def test_only_what_changed_is_written(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", name="压力机", amount=100, due="2026-04-01"))
    changed = run(scene.change(lead, name="压力机", amount=200, version=1))
    assert changed.version == 2
    assert changed.values["expected"] == "20.00"
    (event,) = run(scene.rows("SELECT * FROM event WHERE record_id = $1 AND kind = 'record.updated'", lead.id))
    assert json.loads(event["before"]) == {"amount": "100.00", "expected": "10.00"}
    assert json.loads(event["after"]) == {"amount": "200.00", "expected": "20.00"}
    again = run(scene.read(lead))
    again.values.pop("items")
    changed.values.pop("items", None)
    assert again == changed


def test_the_same_values_are_no_change(scene: Scene, run: Run) -> None:
    product = run(scene.add("product", name="泵"))
    lead = run(scene.add("lead", name="压力机", amount=100, products=[str(product.id)], keywords=["a"]))
    same = run(scene.change(lead, **{key: value for key, value in lead.values.items() if key != "items"}))
    assert same.version == 1
    assert len(run(scene.rows("SELECT 1 FROM event WHERE record_id = $1", lead.id))) == 1


def test_read_only_fields_may_be_sent_back_as_they_are(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", "wang", name="压力机", amount=100))
    changed = run(scene.change(lead, "wang", **{**lead.values, "amount": 150}))
    assert changed.values["amount"] == "150.00"
    error = run(scene.refusal(scene.change(lead, "wang", limit=0.1)))
    assert codes(error) == {"values.limit": "field.read_only"}


def test_who_comes_second_is_told_what_happened(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", "wang", name="压力机", amount=100))
    run(scene.change(lead, "wang", amount=200, version=1))
    run(scene.change(lead, "admin", name="冲床", secret=7))
    error = run(scene.refusal(scene.change(lead, "wang", amount=300, version=1)))
    assert isinstance(error, Conflict)
    assert (error.code, error.params["current"]) == ("record.changed", 3)
    told = {each.path[-1]: each.params for each in error.problems}
    assert set(told) == {"amount", "name"}  # neither what is computed nor what is hidden
    assert (told["amount"]["by"], told["amount"]["value"], told["amount"]["is_mine_too"]) == ("王芳", "¥200.00", True)
    assert (told["name"]["by"], told["name"]["value"], told["name"]["is_mine_too"]) == ("管理员", "冲床", False)


def test_without_a_version_the_last_one_wins(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", name="压力机", amount=100))
    run(scene.change(lead, amount=200, version=1))
    assert run(scene.change(lead, amount=300)).values["amount"] == "300.00"


def test_cleared_values_are_empty(scene: Scene, run: Run) -> None:
    customer = run(scene.add("customer", name="甲"))
    lead = run(scene.add("lead", name="一", amount=1, customer=str(customer.id), keywords=["a", "b"]))
    changed = run(scene.change(lead, amount="", customer=None, keywords=[]))
    for key in ("amount", "customer", "keywords", "expected", "region"):
        assert changed.values[key] is None
    error = run(scene.refusal(scene.change(lead, name="  ")))
    assert codes(error) == {"values.name": "field.required"}


def test_retired_options_stay_where_they_are(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", name="一", amount=5, level="b"))
    run(scene.rows("UPDATE r_lead SET level = 'old'"))
    changed = run(scene.change(lead, level="old", amount=6))
    assert changed.values["level"] == "old"
    assert changed.display["level"] == "旧级"


def test_automatic_values_follow_their_condition(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", name="一", amount=5))
    assert lead.values["level_since"] is None
    scene.later(hours=1)
    graded = run(scene.change(lead, level="b"))
    assert graded.values["level_since"] == "2026-03-02T02:00:00Z"
    scene.later(hours=1)
    assert run(scene.change(lead, amount=6)).values["level_since"] == "2026-03-02T02:00:00Z"


def test_changing_the_owner_changes_the_department(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", "wang", name="一"))
    moved = run(scene.change(lead, "wang", owner=str(scene.people["zhao"].id)))
    assert (moved.owner, moved.department) == (scene.people["zhao"].id, scene.people["zhao"].department_id)
    assert not moved.can.update  # it now belongs to somebody else
    assert isinstance(run(scene.refusal(scene.change(lead, "wang", name="二"))), NotFound)
    assert run(scene.change(lead, "zhao", name="二")).title == "二"


def test_reach_decides_who_changes(scene: Scene, run: Run) -> None:
    customer = run(scene.add("customer", "wang", name="甲"))
    assert run(scene.read(customer, "lina")).can.update is False
    error = run(scene.refusal(scene.change(customer, "lina", region="浙江")))
    assert isinstance(error, Denied)
    assert error.code == "access.denied.update"
    assert isinstance(run(scene.refusal(scene.change(customer, "zhao", region="浙江"))), NotFound)
    assert isinstance(
        run(scene.refusal(service.update_record(scene.ctx(), "lead", uuid4(), Update(values={})))), NotFound
    )


def test_a_freeze_holds_to_the_minute(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", "wang", name="一", amount=5))
    run(scene.rows("UPDATE r_lead SET frozen_until = $1", scene.now + timedelta(hours=24)))
    scene.later(hours=23, minutes=59)
    error = run(scene.refusal(scene.change(lead, "wang", amount=6)))
    assert isinstance(error, Conflict)
    assert error.code == "record.frozen"
    assert (error.params["hours"], error.params["minutes"]) == (0, 1)
    assert run(scene.refusal(service.delete_record(scene.ctx("wang"), "lead", lead.id))).code == "record.frozen"
    scene.later(minutes=1)
    assert run(scene.change(lead, "wang", amount=6)).values["amount"] == "6.00"


def test_fields_that_the_stage_closes(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", "wang", name="一", amount=5, reason="急"))
    run(scene.rows("UPDATE r_lead SET stage = 'won'"))
    error = run(scene.refusal(scene.change(lead, "wang", amount=6)))
    assert isinstance(error, Invalid)
    assert codes(error) == {"values.amount": "process.field_closed"}
    hidden = run(scene.refusal(scene.change(lead, "wang", reason="x")))
    assert codes(hidden) == {"values.reason": "field.unknown"}
    assert "reason" not in run(scene.read(lead, "wang")).values


def test_rules_hold_for_changes(scene: Scene, run: Run) -> None:
    there = run(scene.add("customer", name="甲"))
    other = run(scene.add("customer", name="乙"))
    lead = run(scene.add("lead", name="一", amount=5))
    for values, expected in (
        ({"amount": "x"}, {"values.amount": "field.expected_number"}),
        ({"limit": 0.31}, {"values.limit": "rule.failed"}),
        ({"due": "2001-01-01"}, {"values": "rule.failed"}),
        ({"level": "old"}, {"values.level": "choice.retired"}),
        ({"level": "a"}, {"values.level": "choice.not_now", "values.reason": "field.required"}),
        ({"customer": str(uuid4())}, {"values.customer": "reference.unavailable"}),
        ({"expected": 1}, {"values.expected": "field.computed"}),
        ({"nothing": 1}, {"values.nothing": "field.unknown"}),
    ):
        assert codes(run(scene.refusal(scene.change(lead, **values)))) == expected
    assert codes(run(scene.refusal(scene.change(other, name="甲")))) == {"values.name": "value.taken"}
    assert run(scene.change(there, name="甲")).version == 1


@pytest.mark.parametrize("seen", [1, None])
def test_a_deleted_record_is_gone(scene: Scene, run: Run, seen: int | None) -> None:
    lead = run(scene.add("lead", name="一"))
    run(service.delete_record(scene.ctx(), "lead", lead.id, version=seen))
    run(scene.uow.finish())
    assert isinstance(run(scene.refusal(scene.change(lead, name="二", version=seen))), NotFound)


def test_the_time_line_tells_with_whom_a_record_was_shared(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", "wang", name="一"))
    partner = scene.people["lina"].id
    run(share_record(scene.ctx("wang"), "lead", lead.id, ShareTarget(member_id=partner), access="read"))
    told = run(service.read_history(scene.ctx("wang"), "lead", lead.id)).events[0]
    (member,) = run(scene.rows("SELECT name FROM member WHERE id = $1", partner))
    assert (told.kind, told.subject, told.changes) == ("record.shared", member["name"], [])
