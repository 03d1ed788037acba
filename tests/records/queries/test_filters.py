"""Filters of every kind find what they say, to the boundary."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.records.queries.scene import Scene, both, either, where
from xiaolu.kit.errors import Invalid
from xiaolu.metadata.model.view import Condition

Run = Callable[..., Any]


def test_text_filters(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await scene.add("lead", name="华东机械", note="要 100% 不锈钢")
        await scene.add("lead", name="Acme_one")
        await scene.add("lead", name="ACME two")
        assert await scene.names(where("name", "contains", "机械")) == ["华东机械"]
        assert await scene.names(where("name", "contains", "acme")) == ["ACME two", "Acme_one"]
        assert await scene.names(where("name", "contains", "e_o")) == ["Acme_one"]
        assert await scene.names(where("note", "contains", "100%")) == ["华东机械"]
        assert await scene.names(where("note", "not_contains", "不锈钢")) == ["ACME two", "Acme_one"]
        assert await scene.names(where("name", "starts_with", "华东")) == ["华东机械"]
        assert await scene.names(where("name", "in", ["华东机械", "ACME two"])) == ["ACME two", "华东机械"]
        assert await scene.names(where("note", "empty")) == ["ACME two", "Acme_one"]
        assert await scene.names(where("note", "not_empty")) == ["华东机械"]

    run(scenario())


def test_number_and_money_filters(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        for name, amount, score in (("a", "100.00", 1), ("b", "250.50", 2), ("c", None, None)):
            await scene.add("lead", name=name, amount=amount, score=score)
        assert await scene.names(where("amount", "ge", "100")) == ["a", "b"]
        assert await scene.names(where("amount", "gt", 100)) == ["b"]
        assert await scene.names(where("amount", "between", [100, "250.50"])) == ["a", "b"]
        assert await scene.names(where("amount", "between", [None, 200])) == ["a"]
        assert await scene.names(where("amount", "ne", 100)) == ["b", "c"]
        assert await scene.names(where("score", "in", [2, 3])) == ["b"]
        assert await scene.names(where("score", "not_in", [2])) == ["a", "c"]
        assert await scene.names(where("amount", "empty")) == ["c"]
        assert await scene.names(where("double", "eq", "501")) == ["b"]

    run(scenario())


def test_choice_and_list_filters(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await scene.add("lead", name="a", level="high", tags=["show", "web"], words=["贵", "慢"], hot=True)
        await scene.add("lead", name="b", level="middle", tags=["web"], words=["贵"])
        await scene.add("lead", name="c")
        assert await scene.names(where("level", "eq", "high")) == ["a"]
        assert await scene.names(where("level", "ne", "high")) == ["b", "c"]
        assert await scene.names(where("level", "eq", "low")) == []  # retired options can still be asked for
        assert await scene.names(where("tags", "has_any", ["show", "friend"])) == ["a"]
        assert await scene.names(where("tags", "has_all", ["show", "web"])) == ["a"]
        assert await scene.names(where("tags", "has_none", ["show"])) == ["b", "c"]
        assert await scene.names(where("tags", "empty")) == ["c"]
        assert await scene.names(where("words", "has_all", ["贵"])) == ["a", "b"]
        assert await scene.names(where("hot", "eq", value=True)) == ["a"]
        assert await scene.names(where("stage", "eq", "new")) == ["a", "b", "c"]

    run(scenario())


def test_days_are_those_of_the_workspace(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        before, first, last, after = (
            datetime(2026, 3, 16, 15, 59, 59, 999999, tzinfo=UTC),
            datetime(2026, 3, 16, 16, 0, tzinfo=UTC),
            datetime(2026, 3, 17, 15, 59, 59, 999999, tzinfo=UTC),
            datetime(2026, 3, 17, 16, 0, tzinfo=UTC),
        )
        for name, at in (("before", before), ("first", first), ("last", last), ("today", after)):
            await scene.add("lead", name=name, visited=at.isoformat())
        yesterday = {"relative": "yesterday"}
        assert await scene.names(where("visited", "within", yesterday)) == ["first", "last"]
        assert await scene.names(where("visited", "eq", "2026-03-17")) == ["first", "last"]
        assert await scene.names(where("visited", "ne", "2026-03-17")) == ["before", "today"]
        assert await scene.names(where("visited", "lt", yesterday)) == ["before"]
        assert await scene.names(where("visited", "le", yesterday)) == ["before", "first", "last"]
        assert await scene.names(where("visited", "gt", yesterday)) == ["today"]
        assert await scene.names(where("visited", "ge", yesterday)) == ["first", "last", "today"]
        assert await scene.names(where("visited", "between", ["2026-03-17", "2026-03-17"])) == ["first", "last"]
        assert await scene.names(where("visited", "eq", first.isoformat())) == ["first"]
        assert await scene.names(where("visited", "between", [first.isoformat(), last.isoformat()])) == [
            "first",
            "last",
        ]
        assert (
            await scene.names(where("visited", "lt", {"last": 12, "unit": "hour"})) == ["before", "first", "last"][:2]
        )

    run(scenario())


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ({"relative": "today"}, ["03-18"]),
        ({"relative": "tomorrow"}, ["03-19"]),
        ({"relative": "this_week"}, ["03-16", "03-18", "03-19", "03-22"]),
        ({"relative": "last_week"}, ["03-12", "03-15"]),
        ({"relative": "next_week"}, ["03-23"]),
        ({"relative": "last_month"}, ["02-28"]),
        ({"relative": "this_quarter"}, ["02-28", "03-12", "03-15", "03-16", "03-18", "03-19", "03-22", "03-23"]),
        ({"relative": "next_quarter"}, ["04-01"]),
        ({"last": 7, "unit": "day"}, ["03-12", "03-15", "03-16", "03-18"]),
        ({"next": 5}, ["03-18", "03-19", "03-22"]),
        ({"next": 1, "unit": "month"}, ["03-18", "03-19", "03-22", "03-23", "04-01"]),
    ],
)
def test_relative_periods(scene: Scene, run: Run, period: dict[str, Any], found: list[str]) -> None:
    async def scenario() -> None:
        for day in ("02-28", "03-12", "03-15", "03-16", "03-18", "03-19", "03-22", "03-23", "04-01"):
            await scene.add("lead", name=day, due=f"2026-{day}")
        assert await scene.names(where("due", "within", period)) == found

    run(scenario())


def test_mine_and_my_departments(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await scene.department("华东")
        await scene.department("宁波", parent="华东")
        await scene.department("华北")
        for login, place in (("ann", "华东"), ("bo", "宁波"), ("cai", "华北")):
            await scene.member(login, "boss", department=place)
            await scene.add("lead", who=login, name=f"of {login}", watchers=[str(scene.people["ann"].id)])
        assert await scene.names(where("owner", "eq", {"me": True}), who="bo") == ["of bo"]
        assert await scene.names(where("watchers", "has_any", {"me": True}), who="ann") == ["of ann", "of bo", "of cai"]
        assert await scene.names(where("watchers", "has_any", {"me": True}), who="bo") == []
        mine = {"my_department": True}
        assert await scene.names(where("department", "eq", mine), who="ann") == ["of ann"]
        assert await scene.names(where("department", "eq", {**mine, "below": True}), who="ann") == ["of ann", "of bo"]
        assert await scene.names(where("department", "under", mine), who="ann") == ["of ann", "of bo"]
        assert await scene.names(where("department", "under", str(scene.departments["华东"]))) == ["of ann", "of bo"]
        assert await scene.names(where("owner.department", "eq", str(scene.departments["华北"]))) == ["of cai"]
        assert await scene.names(where("owner.name", "contains", "an")) == ["of ann"]
        assert await scene.names(where("owner", "eq", {"me": True})) == []  # the platform itself is nobody

    run(scenario())


def test_groups_and_relations(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        ningbo = await scene.add("customer", name="甬江", city="宁波", level="high")
        hefei = await scene.add("customer", name="皖中", city="合肥")
        await scene.add("lead", name="a", customer=ningbo, amount=10, others=[hefei])
        await scene.add("lead", name="b", customer=hefei, amount=20, others=[ningbo, hefei])
        await scene.add("lead", name="c", amount=30)
        assert await scene.names(where("customer.city", "eq", "宁波")) == ["a"]
        assert await scene.names(where("customer.city", "ne", "宁波")) == ["b", "c"]
        assert await scene.names(where("customer.city", "empty")) == ["c"]
        assert await scene.names(where("customer", "in", [ningbo])) == ["a"]
        assert await scene.names(where("others", "has_any", [ningbo])) == ["b"]
        assert await scene.names(where("others", "has_all", [ningbo, hefei])) == ["b"]
        assert await scene.names(where("others", "has_none", [ningbo])) == ["a", "c"]
        assert await scene.names(where("others", "empty")) == ["c"]
        chosen = either(
            both(where("amount", "gt", 5), where("customer.level", "eq", "high")), where("amount", "eq", 30)
        )
        assert await scene.names(chosen) == ["a", "c"]
        assert await scene.names(both()) == ["a", "b", "c"]
        assert await scene.names(either()) == ["a", "b", "c"]

    run(scenario())


def test_formula_conditions(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        city = await scene.add("customer", name="甬江", city="宁波")
        await scene.add("lead", name="a", amount=10, cost=9, customer=city)
        await scene.add("lead", name="b", amount=10, cost=2)
        await scene.add("lead", name="c")
        assert await scene.names(Condition(formula="{金额} - {成本} > 5")) == ["b"]
        assert await scene.names(Condition(formula='{客户.城市} = "宁波"')) == ["a"]
        assert await scene.names(both(Condition(formula="{金额} > 1"), where("name", "eq", "a"))) == ["a"]

    run(scenario())


def test_every_defect_is_named(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        condition = both(
            where("nothing", "eq", 1),
            where("amount", "contains", "1"),
            where("amount", "gt", "many"),
            where("level", "eq", "huge"),
            where("due", "within", {"relative": "someday"}),
            where("customer.nothing", "eq", 1),
            where("level", "in", ["high", "huge"]),
            Condition(formula="{金额} +"),
            Condition(),
        )
        with pytest.raises(Invalid) as caught:
            await scene.names(condition)
        found = [
            (each.path[:3], each.code, each.params.get("field"), each.params.get("operator"))
            for each in caught.value.problems
        ]
        assert [each[0] for each in found] == [("filter", "and", at) for at in range(9)]
        assert found[0][1:] == ("query.unknown_field", "nothing", None)
        assert found[1][1:] == ("query.operator_unknown", "amount", "contains")
        assert found[2][2:] == ("amount", "gt")
        assert found[4][1:] == ("query.value_invalid", "due", "within")
        assert caught.value.problems[6].path == ("filter", "and", 6, "value", 1)
        assert found[8][1] == "query.condition_shape"

    run(scenario())


@pytest.mark.parametrize(
    "value", ["2026-13-01", {"last": 0}, {"last": 10**9, "unit": "year"}, {"last": True}, [], "9999-12-31T23:59:59"]
)
def test_no_date_breaks_the_query(scene: Scene, run: Run, value: Any) -> None:
    async def scenario() -> None:
        for op in ("eq", "lt", "within", "between"):
            for path in ("due", "visited", "created_at"):
                try:
                    await scene.names(where(path, op, value))
                except Invalid:
                    await scene.uow.abandon()

    run(scenario())
