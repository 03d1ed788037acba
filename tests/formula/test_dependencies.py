"""What a formula reads, which rows a change concerns, and in which order formulas are computed."""

from dataclasses import replace

import pytest

from tests.formula.conftest import Oracle, compiled
from tests.formula.world import CATALOGUE, Entities
from xiaolu.formula import (
    Compiled,
    FieldRef,
    ValueType,
    compile_formula,
    find_references,
    order_formulas,
    rows_to_recompute,
    with_keys,
    with_labels,
)
from xiaolu.kit.problems import Problem
from xiaolu.kit.sql import param


def reads(text: str, **options: bool) -> set[str]:
    return {
        " ".join([*(f"{step.kind[0]}:{step.field}" for step in each.path), f"{each.entity}.{each.field}"])
        for each in compiled(text, **options).dependencies
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 1", set()),
        ("{金额} * {金额}", {"order.amount"}),
        ("{客户.名称}", {"order.customer", "f:customer customer.deleted_at", "f:customer customer.name"}),
        (
            "{客户.区域.系数}",
            {"order.customer", "f:customer customer.deleted_at", "f:customer customer.region",
             "f:customer f:region region.deleted_at", "f:customer f:region region.factor"},
        ),
        ("SUM({明细.单价})", {"c:items item.parent_id", "c:items item.deleted_at", "c:items item.price"}),
        (
            "COUNTIF({明细}, {明细.产地.系数} > {金额})",
            {"order.amount", "c:items item.parent_id", "c:items item.deleted_at", "c:items item.origin",
             "c:items f:origin region.deleted_at", "c:items f:origin region.factor"},
        ),
        ("COUNT({客户.订单})",
         {"order.customer", "f:customer customer.deleted_at", "f:customer c:orders order.customer",
          "f:customer c:orders order.deleted_at"}),
        ("AVERAGE({伙伴.折扣})", {"order.partners", "c:partners customer.deleted_at", "c:partners customer.discount"}),
        ("CHANGED({金额})", {"order.amount"}),
    ],
)  # fmt: skip
def test_dependencies(text: str, expected: set[str]) -> None:
    assert reads(text, changed_allowed=True) == expected


def test_what_is_read_besides_fields() -> None:
    assert compiled("IF({金额} > 1, TODAY(), NOW())").reads == {"clock"}
    assert compiled("{负责人} = ME()").is_volatile
    assert compiled("WORKDAY({日期}, 3)").reads == {"calendar"}
    assert not compiled("WORKDAY({日期}, 3)").is_volatile
    assert compiled("PREVIOUS({金额})", changed_allowed=True).reads == {"previous"}


def test_a_many_to_many_field_is_known_from_its_far_side() -> None:
    found = compile_formula("COUNT({合作订单})", entity="customer", catalogue=CATALOGUE)
    assert isinstance(found, Compiled)
    assert {(each.entity, each.field) for each in found.dependencies} == {
        ("order", "l_order_partners"),
        ("order", "deleted_at"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "{客户.区域.系数}",
        "SUM({明细.单价})",
        "SUM({明细.产地.系数})",
        "AVERAGE({伙伴.折扣})",
        "SUM({客户.订单.金额})",
        "{金额}",
    ],
)
def test_rows_are_found_again(oracle: Oracle, text: str) -> None:
    """Changing a value at the far end changes only the orders that are named, and some of them."""
    formula = compiled(text)
    last = formula.dependencies[-1]
    table = CATALOGUE[last.entity].table
    ids = [row["id"] for row in oracle.runner.run(oracle.connection.fetch(f"SELECT id FROM {table}"))]
    before = oracle.sql(formula)
    moved = 0
    for identifier in ids[:12]:
        query, params = rows_to_recompute(last, param([identifier], "uuid[]")).render()
        named = {row["id"] for row in oracle.runner.run(oracle.connection.fetch(query, *params))}
        after = oracle.runner.run(changed(oracle, table, last.field, identifier, formula))
        different = {key for key in before if before[key] != after[key]}
        assert different <= named
        moved += len(different)
    assert moved


async def changed(
    oracle: Oracle, table: str, column: str, identifier: object, formula: Compiled
) -> dict[object, object]:
    from tests.formula.conftest import NOW
    from xiaolu.formula import SqlEnv, to_sql

    transaction = oracle.connection.transaction()
    await transaction.start()
    await oracle.connection.execute(f"UPDATE {table} SET {column} = 4321 WHERE id = $1", identifier)
    text, params = to_sql(formula, alias="r", env=SqlEnv(NOW, NOW.date(), "UTC")).render()
    rows = await oracle.connection.fetch(f"SELECT r.id, {text} AS value FROM r_order AS r", *params)
    await transaction.rollback()
    return {row["id"]: row["value"] for row in rows}


def formulas(**texts: str) -> dict[tuple[str, str], Compiled]:
    world = Entities(CATALOGUE)
    named = {tuple(key.split("__")): text for key, text in texts.items()}
    for entity, field in named:
        own = world[entity]
        more = FieldRef(field, f"算{field}", ValueType.NUMBER, column=field)
        world[entity] = replace(own, fields=(*own.fields, more))
    found: dict[tuple[str, str], Compiled] = {}
    for (entity, field), text in named.items():
        one = compile_formula(text, entity=entity, catalogue=world)
        assert isinstance(one, Compiled), one
        found[entity, field] = one
    return found


def test_formulas_are_ordered_across_entities() -> None:
    found = order_formulas(
        formulas(
            order__share="{总额} / 2".replace("总额", "算total"),
            order__total="SUM({明细.算line})",
            customer__volume="SUM({订单.算total})",
            item__line="{单价} * {数量}",
        ),
        CATALOGUE,
    )
    assert [key for key in found if isinstance(key, tuple)] == [
        ("item", "line"), ("order", "total"), ("order", "share"), ("customer", "volume"),
    ]  # fmt: skip


def test_a_circle_is_spelled_out() -> None:
    found = order_formulas(
        formulas(order__total="SUM({明细.算share})", item__share="{单价} / {订单.算total}", item__fine="{单价}"),
        CATALOGUE,
    )
    (problem,) = found
    assert isinstance(problem, Problem)
    assert problem.code == "formula.cycle"
    assert problem.params["fields"] == ["item.share", "order.total"]
    assert problem.params["path"] == "明细.share → 订单.total → 明细.share"


def test_a_formula_that_reads_itself_is_a_circle() -> None:
    found = order_formulas(formulas(order__total="{算total} + 1"), CATALOGUE)
    assert [each.params["fields"] for each in found if isinstance(each, Problem)] == [["order.total"]]


def test_a_long_chain_is_ordered() -> None:
    texts = {"order__f0": "{金额}"} | {f"order__f{number}": f"{{算f{number - 1}}} + 1" for number in range(1, 900)}
    found = order_formulas(formulas(**dict(reversed(texts.items()))), CATALOGUE)
    assert found == [("order", f"f{number}") for number in range(900)]


def test_equal_meaning_is_equal() -> None:
    assert compiled("{金额} * 2").node == compiled("= {amount}*2").node
    assert compiled("{金额} * 2").node != compiled("{金额} * 3").node
    assert compiled('LABEL({等级}) & "x"').node == compiled('LABEL({level}) & "x"').node


TEXT = 'IF({客户.区域.名称} = "宁波", SUM({ 明细.单价 }), {amount}) & "{金额}" & {没有}'


def test_references_have_their_places() -> None:
    found = find_references(TEXT, entity="order", catalogue=CATALOGUE)
    assert [(TEXT[each.position : each.position + each.length], each.entity, each.field) for each in found] == [
        ("客户", "order", "customer"), ("区域", "customer", "region"), ("名称", "region", "name"),
        ("明细", "order", "items"), ("单价", "item", "price"), ("amount", "order", "amount"),
    ]  # fmt: skip


def test_texts_survive_renaming() -> None:
    keyed = with_keys(TEXT, entity="order", catalogue=CATALOGUE)
    assert keyed == 'IF({customer.region.name} = "宁波", SUM({ items.price }), {amount}) & "{金额}" & {没有}'
    assert with_labels(keyed, entity="order", catalogue=CATALOGUE) == TEXT.replace("amount", "金额")
    assert with_labels("1 + '", entity="order", catalogue=CATALOGUE) == "1 + '"
