"""Conditions, defaults and results that reach beyond the record, and results that take another form in their column."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.conftest import Database
from tests.records.writes.scene import Scene, codes, open_scene
from tests.records.writes.test_formulas import wrong_values
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.yamlform import decode_definitions
from xiaolu.records import service
from xiaolu.records.model import Draft
from xiaolu.records.queries.finding import search_records

Run = Callable[..., Any]

WORLD = """
format: 1
numberings:
  - {key: order_no, label: 单号, pattern: 'D{yy}{mm}{dd}{seq:3}X', reset: day}
entities:
  - key: customer
    label: 客户
    title: name
    fields:
      - {key: name, label: 名称, type: text, required: true}
      - {key: credit, label: 信用额度, type: money}
      - {key: is_strict, label: 严格, type: switch}
      - {key: owed, label: 欠款, type: rollup, options: {children: order, aggregate: sum, field: amount, result: money}}
      - {key: above, label: 上级, type: relation, options: {target: customer}}
      - {key: chain, label: 上级链, type: formula, options: {formula: '{上级.名称} & "/" & {名称}', result: text}}
  - key: order
    label: 订单
    title: no
    fields:
      - {key: no, label: 单号, type: auto_number, options: {numbering: order_no}}
      - {key: code, label: 编码, type: formula, options: {formula: '"#" & {单号}', result: text}}
      - {key: customer, label: 客户, type: relation, options: {target: customer}, required: true}
      - {key: amount, label: 金额, type: money, default: '{客户.信用额度} / 10'}
      - {key: contract, label: 合同号, type: text, searchable: true, required_if: '{客户.严格}'}
      - {key: note, label: 说明, type: text, required: true, visible_if: '{客户.严格}'}
      - {key: whole, label: 整数, type: formula, options: {formula: '{金额} / 3', result: integer}}
      - {key: huge, label: 大数, type: formula, options: {formula: '{金额} * 1000000000000', result: money}}
    rules:
      - {check: '{客户.欠款} <= {客户.信用额度}', message: {zh: 超过客户的信用额度, en: Over the credit limit}}
      - {check: 'OR(NOT(CHANGED({客户})), ISBLANK(PREVIOUS({客户})))', message: {zh: 不能换客户, en: The customer stays}}
roles:
  - {key: rep, label: 销售}
"""


@pytest.fixture
def scene(database: Database, run: Run) -> Iterator[Scene]:
    definitions = decode_definitions(WORLD)
    assert isinstance(definitions, Definitions), definitions
    made: Scene = run(open_scene(database, definitions))
    yield made
    run(made.uow.abandon())
    run(made.uow.connection.close())


def test_rules_over_other_records_hold_for_every_way_in(scene: Scene, run: Run) -> None:
    customer = run(scene.add("customer", name="甲", credit=100))
    order = run(scene.add("order", customer=str(customer.id), amount=60))
    over = {"customer": str(customer.id), "amount": 41}
    refused = run(scene.refusal(scene.add("order", **over)))
    assert [each.params["message"] for each in refused.problems] == ["超过客户的信用额度"]
    made = run(service.create_many(scene.ctx(), "order", [Draft(values=over), Draft(values={**over, "amount": 40})]))
    run(scene.uow.finish())
    assert isinstance(made[0], list)
    assert made[0][0].code == "rule.failed"
    assert len(run(scene.rows("SELECT 1 FROM r_order"))) == 2
    assert run(scene.read(customer)).values["owed"] == "100.00"
    assert codes(run(scene.refusal(scene.change(order, amount=61)))) == {"values": "rule.failed"}
    result = run(service.bulk_update(scene.ctx(), "order", [order.id], {"amount": 61}))
    run(scene.uow.finish())
    assert (result.changed, result.failed[0].problems[0].code) == (0, "rule.failed")
    assert run(scene.change(order, amount=59)).values["amount"] == "59.00"
    assert run(wrong_values(scene)) == []


def test_conditions_over_other_records(scene: Scene, run: Run) -> None:
    strict = run(scene.add("customer", name="甲", credit=1000, is_strict=True))
    lax = run(scene.add("customer", name="乙", credit=1000))
    error = run(scene.refusal(scene.add("order", customer=str(strict.id), amount=1)))
    assert codes(error) == {"values.contract": "field.required", "values.note": "field.required"}
    assert run(scene.add("order", customer=str(lax.id), amount=1)).values["contract"] is None
    form = run(service.evaluate_form(scene.ctx(), "order", {"customer": str(strict.id)}))
    assert (form.required, form.visible) == ({"contract": True}, {"note": True})


def test_a_default_from_another_record(scene: Scene, run: Run) -> None:
    customer = run(scene.add("customer", name="甲", credit=1000))
    assert run(scene.add("order", customer=str(customer.id))).values["amount"] == "100.00"


def test_rules_that_look_back(scene: Scene, run: Run) -> None:
    first, second = (run(scene.add("customer", name=each, credit=1000)) for each in "甲乙")
    order = run(scene.add("order", customer=str(first.id), amount=1))
    error = run(scene.refusal(scene.change(order, customer=str(second.id))))
    assert [each.params["message"] for each in error.problems] == ["不能换客户"]


def test_what_reads_an_automatic_number(scene: Scene, run: Run) -> None:
    customer = run(scene.add("customer", name="甲", credit=1000))
    order = run(scene.add("order", customer=str(customer.id), amount=1))
    assert (order.title, order.values["code"]) == ("D260302001X", "#D260302001X")
    found = run(scene.rows("SELECT 1 FROM r_order WHERE search @@ '''d260302001x'''::tsquery"))
    assert len(found) == 1


def test_the_count_of_a_number_finds_the_record_however_it_was_written(scene: Scene, run: Run) -> None:
    customer = run(scene.add("customer", name="甲", credit=1000))
    values = {"customer": str(customer.id), "amount": 1}
    one = run(scene.add("order", **values))
    two, three = run(service.create_many(scene.ctx(), "order", [Draft(values=values)] * 2))
    run(scene.uow.finish())
    run(scene.change(one, contract="HT9"))
    run(scene.change(run(service.read_record(scene.ctx(), "order", three)), contract="HT8"))
    for typed, wanted in (("001", one.id), ("002", two), ("003", three)):
        assert [hit.id for hit in run(search_records(scene.ctx(), typed, "order"))] == [str(wanted)]


def test_results_take_the_form_of_their_column(scene: Scene, run: Run) -> None:
    customer = run(scene.add("customer", name="甲", credit=1000))
    order = run(scene.add("order", customer=str(customer.id), amount=5))
    assert order.values["whole"] == 2  # 1.67, rounded
    assert run(wrong_values(scene)) == []
    too_large = run(scene.refusal(scene.change(order, amount="900000000")))
    assert codes(too_large) == {"values.huge": "formula.too_large"}


def test_records_of_one_entity_that_lead_to_each_other(scene: Scene, run: Run) -> None:
    top = run(scene.add("customer", name="集团"))
    child = run(scene.add("customer", name="公司", above=str(top.id)))
    assert child.values["chain"] == "集团/公司"
    run(scene.change(top, name="新集团"))
    assert run(scene.read(child)).values["chain"] == "新集团/公司"
    run(scene.change(top, above=str(child.id)))  # a circle of records is no circle of formulas
    assert run(scene.read(top)).values["chain"] == "公司/新集团"
    assert run(wrong_values(scene)) == []
