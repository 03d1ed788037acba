"""Creation: what it writes, what it answers, what it refuses and how."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.records.writes.scene import Scene, codes
from xiaolu.kit.errors import Denied, Invalid, NotFound
from xiaolu.records import service
from xiaolu.records.queries.finding import search_records

Run = Callable[..., Any]


def test_a_record_comes_back_whole(scene: Scene, run: Run) -> None:
    customer = run(scene.add("customer", name="宁波机械", region="浙江"))
    wang = scene.people["wang"]
    lead = run(scene.add("lead", name="压力机", amount="1000.5", customer=str(customer.id), helper=str(wang.id)))
    assert lead.title == "压力机"
    assert lead.version == 1
    assert lead.values["amount"] == "1000.50"
    assert lead.values["rate"] == "0.1000"  # the default, 10 %
    assert lead.values["expected"] == "100.05"
    assert lead.values["no"] == "XS202603-0001"
    assert lead.values["region"] == "浙江"
    assert lead.values["share"] == "1.0000"
    assert lead.values["secret"] is None
    assert lead.display["customer"] == "宁波机械"
    assert lead.display["helper"] == "王芳"
    assert lead.display["stage"] == "新建"
    assert (lead.stage, lead.stage_since) == ("new", scene.now)
    assert lead.owner == scene.people["admin"].id
    assert lead.can.update
    assert lead.can.delete
    assert lead.can.move


def test_creation_and_reading_agree(scene: Scene, run: Run) -> None:
    customer = run(scene.add("customer", name="甲", region="浙江"))
    product = run(scene.add("product", name="泵", price=3))
    lead = run(
        scene.add(
            "lead",
            "admin",
            name="压力机",
            customer=str(customer.id),
            amount=10,
            keywords=["慢", "贵", "漏"],
            products=[str(product.id)],
            due="2026-04-01",
        )
    )
    again = run(scene.read(lead))
    assert again.values.pop("items") == []
    lead.values.pop("items", None)
    assert again == lead


def test_the_event_is_written_with_the_record(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", "wang", name="压力机", amount=5))
    (event,) = run(scene.rows("SELECT * FROM event WHERE record_id = $1", lead.id))
    after = json.loads(event["after"])
    assert (event["kind"], event["version"], event["actor_id"]) == ("record.created", 1, scene.people["wang"].id)
    assert after["name"] == "压力机"
    assert after["amount"] == "5.00"
    assert after["no"] == lead.values["no"]
    assert after["stage"] == "new"
    assert after["owner"] == str(scene.people["wang"].id)


def test_owner_brings_the_department(scene: Scene, run: Run) -> None:
    mine = run(scene.add("lead", "wang", name="一"))
    given = run(scene.add("lead", "wang", name="二", owner=str(scene.people["zhao"].id)))
    assert mine.department == scene.people["wang"].department_id
    assert given.department == scene.people["zhao"].department_id
    assert given.display["owner"] == "赵强"
    nobody = run(scene.refusal(scene.add("lead", name="三", owner=str(uuid4()))))
    assert codes(nobody) == {"values.owner": "reference.unavailable"}


def test_every_problem_is_named_at_once(scene: Scene, run: Run) -> None:
    error = run(
        scene.refusal(
            scene.add(
                "lead",
                amount=-1,
                level="zz",
                customer=str(uuid4())[:-1],
                bogus=1,
                expected=3,
                limit=0.5,
                due="2019-01-01",
            )
        )
    )
    assert isinstance(error, Invalid)
    assert error.code == "record.invalid"
    assert codes(error) == {
        "values.name": "field.required",
        "values.amount": "field.too_small",
        "values.level": "choice.unknown",
        "values.customer": "field.expected_reference",
        "values.bogus": "field.unknown",
        "values.expected": "field.computed",
        "values.limit": "rule.failed",
        "values": "rule.failed",
    }
    said = {each.params["message"] for each in error.problems if each.code == "rule.failed"}
    assert said == {"折扣不能超过三成", "截止日期太早"}


def test_conditions_of_fields(scene: Scene, run: Run) -> None:
    demanded = run(scene.refusal(scene.add("lead", name="一", amount=200, level="a")))
    assert codes(demanded) == {"values.reason": "field.required"}
    forbidden = run(scene.refusal(scene.add("lead", name="一", amount=50, level="a", reason="急")))
    assert codes(forbidden) == {"values.level": "choice.not_now"}
    unseen = run(scene.refusal(scene.add("lead", name="一", level="a")))
    assert codes(unseen) == {"values.level": "choice.not_now"}  # the reason is hidden without an amount
    assert run(scene.add("lead", name="一", amount=200, level="a", reason="急")).values["level"] == "a"


def test_retired_options_cannot_be_chosen(scene: Scene, run: Run) -> None:
    assert codes(run(scene.refusal(scene.add("lead", name="一", level="old")))) == {"values.level": "choice.retired"}


def test_references_must_lead_to_something_visible(scene: Scene, run: Run) -> None:
    theirs = run(scene.add("customer", "zhao", name="别人的"))
    for target in (theirs.id, uuid4()):
        error = run(scene.refusal(scene.add("lead", "wang", name="一", customer=str(target))))
        assert codes(error) == {"values.customer": "reference.unavailable"}
    gone = run(scene.add("customer", "wang", name="要删的"))
    run(service.delete_record(scene.ctx("wang"), "customer", gone.id))
    run(scene.uow.finish())
    error = run(scene.refusal(scene.add("lead", "wang", name="一", customer=str(gone.id))))
    assert codes(error) == {"values.customer": "reference.unavailable"}
    product = run(scene.refusal(scene.add("lead", "wang", name="一", products=[str(uuid4())])))
    assert codes(product) == {"values.products": "reference.unavailable"}


def test_unique_values_name_the_other_record(scene: Scene, run: Run) -> None:
    there = run(scene.add("customer", "wang", name="宁波机械"))
    error = run(scene.refusal(scene.add("customer", "lina", name="宁波机械")))
    assert codes(error) == {"values.name": "value.taken"}
    assert error.problems[0].params["title"] == "宁波机械"
    assert error.problems[0].params["record"] == str(there.id)
    hidden = run(scene.refusal(scene.add("customer", "zhao", name="宁波机械")))
    assert codes(hidden) == {"values.name": "value.taken_by_hidden"}
    assert "record" not in hidden.problems[0].params


def test_fields_beyond_reach(scene: Scene, run: Run) -> None:
    error = run(scene.refusal(scene.add("lead", "wang", name="一", secret=5, limit=0.1)))
    assert codes(error) == {"values.secret": "field.unknown", "values.limit": "field.read_only"}
    lead = run(scene.add("lead", "wang", name="一"))
    assert "secret" not in lead.values
    assert "limit" in lead.values


def test_nobody_creates_without_permission(scene: Scene, run: Run) -> None:
    assert isinstance(run(scene.refusal(scene.add("product", "wang", name="泵"))), Denied)
    assert isinstance(run(scene.refusal(scene.add("nothing", "wang", name="泵"))), NotFound)


def test_a_new_record_is_found_by_its_number_as_people_type_it(scene: Scene, run: Run) -> None:
    lead = run(scene.add("lead", name="压力机"))
    for typed in (lead.values["no"], "xs202603-0001", "XS202603", "0001"):
        (hit,) = run(search_records(scene.ctx(), typed, "lead"))
        assert hit.id == str(lead.id)


def test_a_form_with_many_matches_does_not_hide_the_one_of_another(scene: Scene, run: Run) -> None:
    customer = run(scene.add("customer", name="浙江宁波机械", region="浙江"))
    for number in range(4):
        run(scene.add("lead", name=f"宁波机械压力机{number}"))
    hits = run(search_records(scene.ctx(), "宁波机械"))
    assert [each.entity for each in hits] == ["lead", "customer", "lead", "lead", "lead"]
    assert hits[1].id == str(customer.id)


def test_numbers_count_by_month_without_gaps_after_refusals(scene: Scene, run: Run) -> None:
    first = run(scene.add("lead", name="一"))
    run(scene.refusal(scene.add("lead", name="二", customer=str(uuid4()))))
    second = run(scene.add("lead", name="三"))
    scene.later(days=40)
    third = run(scene.add("lead", name="四"))
    assert [each.values["no"] for each in (first, second, third)] == ["XS202603-0001", "XS202603-0002", "XS202604-0001"]


def test_stale_definitions_are_noticed(scene: Scene, run: Run) -> None:
    run(scene.rows("UPDATE state SET definitions = definitions + 1"))
    error = run(scene.refusal(scene.add("lead", name="一")))
    assert error.code == "definitions.changed"
    assert run(scene.rows("SELECT 1 FROM r_lead")) == []


@pytest.mark.parametrize("entity", ["holding", "lead"])
def test_alone_and_in_a_transaction_write_the_same(scene: Scene, run: Run, entity: str) -> None:
    async def both() -> None:
        one = await service.create_record(scene.ctx(), entity, {"name": "一"}, alone=True)
        assert not scene.uow.in_transaction or entity == "lead" or one.values["total"] == "0.00"
        await scene.uow.finish()
        await service.create_record(scene.ctx(), entity, {"name": "二"})
        assert scene.uow.in_transaction
        await scene.uow.abandon()
        assert [each["name"] for each in await scene.rows(f"SELECT name FROM r_{entity}")] == ["一"]

    run(both())
