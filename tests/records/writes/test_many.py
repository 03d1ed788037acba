"""Many records at once, sub-tables and pairs; and that no way in skips a rule."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.records.writes.scene import Scene, codes
from xiaolu.kit.errors import Conflict, Invalid
from xiaolu.kit.problems import Problem
from xiaolu.metadata.model.view import Condition
from xiaolu.records import service
from xiaolu.records.model import BulkResult, Draft, Record, Update

Run = Callable[..., Any]


def named(problems: list[Problem]) -> dict[str, str]:
    return {".".join(map(str, each.path)): each.code for each in problems}


async def create(scene: Scene, entity: str, *values: Mapping[str, Any], dry: bool = False) -> list[Any]:
    made = await service.create_many(scene.ctx(), entity, [Draft(values=each) for each in values], is_dry_run=dry)
    await scene.uow.finish()
    return [each if isinstance(each, UUID) else named(each) for each in made]


async def bulk(scene: Scene, entity: str, ids: Any, who: str = "admin", **values: Any) -> BulkResult:
    result = await service.bulk_update(scene.ctx(who), entity, ids, values)
    await scene.uow.finish()
    return result


def test_many_are_made_and_each_failure_is_named(scene: Scene, run: Run) -> None:
    customer = run(scene.add("customer", name="甲", region="浙江"))
    there = str(customer.id)
    made = run(
        create(
            scene,
            "lead",
            {"name": "一", "amount": 10, "customer": there},
            {"name": "", "amount": -1},
            {"name": "三", "customer": str(uuid4())},
            {"name": "四", "amount": 30, "customer": there, "keywords": ['a"b', "c\\d", "空 格"]},
        )
    )
    assert made[1] == {"values.name": "field.required", "values.amount": "field.too_small"}
    assert made[2] == {"values.customer": "reference.unavailable"}
    rows = run(scene.rows("SELECT name, no, expected, region, keywords, share FROM r_lead ORDER BY no"))
    assert [(each["name"], each["no"][-4:], str(each["expected"])) for each in rows] == [
        ("一", "0001", "1.00"),
        ("四", "0002", "3.00"),
    ]
    assert rows[1]["keywords"] == ['a"b', "c\\d", "空 格"]
    assert [each["region"] for each in rows] == ["浙江", "浙江"]
    assert [str(each["share"]) for each in rows] == ["0.2500", "0.7500"]
    assert run(scene.read(customer)).values["lead_total"] == "40.00"
    events = run(scene.rows("SELECT count(*) AS n FROM event WHERE kind = 'record.created' AND entity = 'lead'"))
    assert events[0]["n"] == 2


def test_unique_values_within_a_batch(scene: Scene, run: Run) -> None:
    run(scene.add("customer", name="甲"))
    made = run(create(scene, "customer", {"name": "甲"}, {"name": "乙"}, {"name": "乙"}))
    assert (made[0], made[2]) == ({"values.name": "value.taken"}, {"values.name": "value.repeated"})
    assert isinstance(made[1], UUID)


def test_a_dry_run_writes_nothing(scene: Scene, run: Run) -> None:
    made = run(create(scene, "lead", {"name": "一"}, {"amount": 1}, dry=True))
    assert made[1] == {"values.name": "field.required"}
    assert run(scene.rows("SELECT 1 FROM r_lead")) == []
    assert run(scene.rows("SELECT 1 FROM numbering_counter")) == []


def test_bulk_changes_list_their_failures(scene: Scene, run: Run) -> None:
    ids = run(create(scene, "lead", {"name": "一", "amount": 500}, {"name": "二", "amount": 50}, {"name": "三"}))
    run(scene.rows("UPDATE r_lead SET frozen_until = $1 WHERE name = '三'", scene.now.replace(year=2027)))
    result = run(bulk(scene, "lead", [*ids, uuid4()], level="a", reason="急"))
    assert result.changed == 1
    assert [named(each.problems) for each in result.failed] == [
        {"values.level": "choice.not_now"},
        {"values.level": "choice.not_now", "record": "record.frozen"},
        {"": "record.not_found"},
    ]
    rows = run(scene.rows('SELECT name, level, version FROM r_lead ORDER BY name COLLATE "C"'))
    assert {each["name"]: (each["level"], each["version"]) for each in rows} == {
        "一": ("a", 2), "二": (None, 1), "三": (None, 1)
    }  # fmt: skip
    events = run(scene.rows("SELECT record_id FROM event WHERE kind = 'record.updated'"))
    assert [each["record_id"] for each in events] == [ids[0]]


def test_bulk_by_filter_and_count(scene: Scene, run: Run) -> None:
    run(create(scene, "lead", *({"name": f"线索{number}", "amount": number} for number in range(10))))
    large = Condition(field="amount", op="ge", value="5")
    with pytest.raises(Conflict, match="count_changed"):
        run(service.bulk_update(scene.ctx(), "lead", large, {"due": "2026-05-01"}, expect_count=4))
    result = run(service.bulk_update(scene.ctx(), "lead", large, {"due": "2026-05-01"}, expect_count=5))
    run(scene.uow.finish())
    assert (result.changed, result.failed) == (5, [])
    assert len(run(scene.rows("SELECT 1 FROM r_lead WHERE due IS NOT NULL"))) == 5


def test_bulk_respects_reach(scene: Scene, run: Run) -> None:
    mine = run(scene.add("customer", "wang", name="我的"))
    ours = run(scene.add("customer", "lina", name="她的"))
    theirs = run(scene.add("customer", "zhao", name="别人的"))
    result = run(bulk(scene, "customer", [mine.id, ours.id, theirs.id], "wang", region="浙江"))
    assert result.changed == 1
    assert [(each.id, each.problems[0].code) for each in result.failed] == [
        (ours.id, "access.denied.update"),
        (theirs.id, "record.not_found"),
    ]
    gone = run(service.bulk_delete(scene.ctx("wang"), "customer", [mine.id, ours.id, theirs.id]))
    run(scene.uow.finish())
    assert gone.changed == 1
    assert [each.problems[0].code for each in gone.failed] == ["access.denied.delete", "record.not_found"]


def test_giving_leads_to_somebody_else(scene: Scene, run: Run) -> None:
    ids = run(create(scene, "lead", {"name": "一"}, {"name": "二"}))
    run(bulk(scene, "lead", ids, owner=str(scene.people["zhao"].id)))
    zhao = scene.people["zhao"]
    rows = run(scene.rows("SELECT owner, department FROM r_lead"))
    assert {(each["owner"], each["department"]) for each in rows} == {(zhao.id, zhao.department_id)}


def test_one_unique_value_for_many_records(scene: Scene, run: Run) -> None:
    ids = run(create(scene, "customer", {"name": "甲"}, {"name": "乙"}))
    result = run(bulk(scene, "customer", ids, name="丙"))
    assert result.changed == 1
    assert named(result.failed[0].problems) == {"values.name": "value.repeated"}


INVALID: tuple[tuple[dict[str, Any], dict[str, str]], ...] = (
    ({"amount": "x"}, {"values.amount": "field.expected_number"}),
    ({"amount": -5}, {"values.amount": "field.too_small"}),
    ({"limit": 0.9}, {"values.limit": "rule.failed"}),
    ({"due": "2001-01-01"}, {"values": "rule.failed"}),
    ({"level": "old"}, {"values.level": "choice.retired"}),
    ({"level": "zz"}, {"values.level": "choice.unknown"}),
    ({"customer": "00000000-0000-7000-8000-000000000000"}, {"values.customer": "reference.unavailable"}),
    ({"products": ["00000000-0000-7000-8000-000000000000"]}, {"values.products": "reference.unavailable"}),
    ({"owner": "00000000-0000-7000-8000-000000000000"}, {"values.owner": "reference.unavailable"}),
    ({"expected": 1}, {"values.expected": "field.computed"}),
    ({"nothing": 1}, {"values.nothing": "field.unknown"}),
    (
        {"items": [{"quantity": 0}]},
        {"values.items.0.quantity": "field.too_small", "values.items.0.product": "field.required"},
    ),
    ({"items": 3}, {"values.items": "field.expected_rows"}),
)


@pytest.mark.parametrize(
    ("values", "expected"), INVALID, ids=[next(iter(each[0])) + str(n) for n, each in enumerate(INVALID)]
)
def test_no_way_in_skips_a_rule(scene: Scene, run: Run, values: dict[str, Any], expected: dict[str, str]) -> None:
    good = {"name": "一", "amount": 5}
    lead = run(scene.add("lead", **good))
    assert codes(run(scene.refusal(scene.add("lead", **{**good, **values})))) == expected
    assert codes(run(scene.refusal(scene.change(lead, **values)))) == expected
    assert run(create(scene, "lead", {**good, **values})) == [expected]
    result = run(bulk(scene, "lead", [lead.id], **values))
    assert [named(each.problems) for each in result.failed] == [expected]
    (changed,) = run(service.update_many(scene.ctx(), "lead", [(lead.id, values)], is_dry_run=True))
    assert named(changed) == expected


async def _lead_with_items(scene: Scene) -> tuple[Record, Record, Record]:
    pump = await scene.add("product", name="泵", price=100)
    valve = await scene.add("product", name="阀", price=7)
    items = [{"product": str(pump.id), "quantity": 2}, {"product": str(valve.id), "quantity": 10}]
    return await scene.add("lead", name="一", items=items), pump, valve


def test_rows_are_written_with_their_record(scene: Scene, run: Run) -> None:
    lead, pump, valve = run(_lead_with_items(scene))
    assert lead.values["item_total"] == "270.00"
    items = run(scene.read(lead)).values["items"]
    assert [(each["quantity"], each["amount"], each["$display"]["product"]) for each in items] == [
        (2, "200.00", "泵"),
        (10, "70.00", "阀"),
    ]
    assert run(scene.read(valve)).values["sold"] == 10
    second = {**items[1], "quantity": 1}
    changed = run(scene.change(lead, version=1, items=[second, {"product": str(pump.id), "quantity": 1}]))
    assert changed.values["item_total"] == "107.00"
    again = run(scene.read(lead)).values["items"]
    assert [(each["id"] == items[1]["id"], each["quantity"]) for each in again] == [(True, 1), (False, 1)]
    assert run(scene.read(pump)).values["sold"] == 1
    assert run(scene.read(valve)).values["sold"] == 1
    assert run(scene.change(lead, items=again)).version == 2  # nothing changed


def test_prices_reach_rows_and_their_record(scene: Scene, run: Run) -> None:
    lead, pump, _ = run(_lead_with_items(scene))
    run(scene.change(pump, price=1))
    assert run(scene.read(lead)).values["item_total"] == "72.00"


def test_problems_of_rows_are_at_the_row(scene: Scene, run: Run) -> None:
    lead, pump, _ = run(_lead_with_items(scene))
    error = run(
        scene.refusal(
            scene.change(
                lead,
                items=[
                    {"id": str(uuid4()), "quantity": 3},
                    {"product": str(uuid4()), "quantity": 3},
                    {"product": str(pump.id), "quantity": "viele", "colour": "red"},
                ],
            )
        )
    )
    assert isinstance(error, Invalid)
    assert codes(error) == {
        "values.items.0.id": "rows.unknown_row",
        "values.items.1.product": "reference.unavailable",
        "values.items.2.quantity": "field.expected_integer",
        "values.items.2.colour": "field.unknown",
    }


def test_pairs_keep_their_order(scene: Scene, run: Run) -> None:
    first, second, third = run(create(scene, "product", {"name": "一"}, {"name": "二"}, {"name": "三"}))
    lead = run(scene.add("lead", name="一", products=[str(third), str(first)]))
    assert lead.values["products"] == [str(third), str(first)]
    assert lead.display["products"] == "三、一"
    changed = run(scene.change(lead, products=[str(second), str(third)]))
    assert run(scene.read(changed)).values["products"] == [str(second), str(third)]
    assert run(scene.change(changed, products=[str(second), str(third)])).version == 2
    assert run(scene.change(changed, products=[])).values["products"] is None


def test_rows_are_not_written_behind_their_records_back(scene: Scene, run: Run) -> None:
    lead, pump, _ = run(_lead_with_items(scene))
    row = UUID(run(scene.read(lead)).values["items"][0]["id"])
    for work in (
        scene.add("item", product=str(pump.id), quantity=1),
        service.update_record(scene.ctx(), "item", row, Update(values={"quantity": 9})),
        service.delete_record(scene.ctx(), "item", row),
        service.bulk_update(scene.ctx(), "item", [row], {"quantity": 9}),
        service.create_many(scene.ctx(), "item", [Draft(values={"quantity": 1})]),
    ):
        assert run(scene.refusal(work)).code == "record.written_with_parent"


def test_rows_go_into_the_bin_with_records_that_are_deleted_together(scene: Scene, run: Run) -> None:
    product = run(scene.add("product", name="泵", price=5))
    lead = run(scene.add("lead", name="一", items=[{"product": str(product.id), "quantity": 3}]))
    assert run(scene.read(product)).values["sold"] == 3
    assert run(service.bulk_delete(scene.ctx(), "lead", [lead.id])).changed == 1
    run(scene.uow.finish())
    assert not run(scene.read(product)).values["sold"]
    run(service.restore_record(scene.ctx(), "lead", lead.id))
    run(scene.uow.finish())
    assert run(scene.read(product)).values["sold"] == 3
