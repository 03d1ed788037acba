"""Usages of everything that is defined, records by option, and the numbers that come next."""

import msgspec

from tests.access.http import Browser
from tests.conftest import Database, Run
from tests.metadata.planner.building import field
from tests.studio.shop import SHOP, play_shop
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.access import FieldAccess, Grant, Role
from xiaolu.metadata.model.entity import Option, OptionSet
from xiaolu.metadata.model.view import Condition, Measure, View
from xiaolu.metadata.model.workspace import App, Definitions, MenuItem, Number
from xiaolu.metadata.planner.named_usages import named_usages


def _places(definitions: Definitions, kind: str, key: str, owner: str = "") -> set[tuple[str, str, str]]:
    return {(each.kind, each.key, each.aspect) for each in named_usages(definitions, kind, key, owner)}  # type: ignore[arg-type]


def test_every_definition_is_found_where_it_is_used() -> None:
    customer = msgspec.structs.replace(
        SHOP.entities[0],
        fields=(
            *SHOP.entities[0].fields,
            field("bonus", "switch", visible_if='{等级} = "重点"'),
            field("other", "multi_select", set="grade", options_if={"b": '{区域} = "一般"'}),
        ),
    )
    used = msgspec.structs.replace(
        SHOP,
        entities=(customer, SHOP.entities[1]),
        option_sets=(
            *SHOP.option_sets,
            OptionSet(key="size", label=Label("规模"), options=(Option(key="big", label=Label("大"), parent="a"),)),
        ),
        views=(
            View(
                key="key_ones",
                label=Label("重点"),
                entity="deal",
                group="stage",
                roles=("rep",),
                filter=Condition(field="customer.grade", op="in", value=["a"]),
            ),
        ),
        roles=(
            *SHOP.roles,
            Role(
                key="aide",
                label=Label("助理"),
                grants=(Grant(entity="deal", stages={"won": {"amount": FieldAccess.READ}}),),
            ),
        ),
        numbers=(
            Number(
                key="won",
                label=Label("成交"),
                entity="deal",
                measure=Measure(do="count"),
                filter=Condition(formula='{阶段} = "won"'),
                view="key_ones",
            ),
        ),
        apps=(
            App(key="sales", label=Label("销售"), menu=(MenuItem(key="k", label=Label("重点"), view="key_ones"),)),
            App(key="more", label=Label("更多"), depends=("sales",)),
        ),
    )
    assert _places(used, "option_set", "grade") == {("field", "grade", "choices"), ("field", "other", "choices")}
    assert _places(used, "option", "a", "grade") == {
        ("option_set", "size", "parent_option"),
        ("field", "bonus", "visible_if"),
        ("view", "key_ones", "filter"),
    }
    assert _places(used, "option", "b", "grade") == {("field", "other", "options_if")}
    assert _places(used, "stage", "won", "deal_flow") == {
        ("process", "deal_flow", "transition"),
        ("role", "aide", "grant"),
        ("number", "won", "filter"),
    }
    assert _places(used, "numbering", "deal_number") == {("field", "number", "numbering")}
    assert _places(used, "process", "deal_flow") == {
        ("role", "aide", "grant"),
        ("view", "key_ones", "group"),
        ("number", "won", "filter"),
    }
    assert _places(used, "view", "key_ones") == {("app", "sales", "menu"), ("number", "won", "opens")}
    assert _places(used, "role", "rep") == {("view", "key_ones", "shown_to")}
    assert _places(used, "app", "sales") == {("app", "more", "depends")}


def test_usages_and_counts_over_http(uow: UnitOfWork, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        for name, grade in (("甲", "a"), ("乙", "a"), ("丙", "b"), ("丁", None)):
            values = {"name": name, "grade": grade}
            assert (await browser.send("POST", "/records/customer", {"values": values})).status_code == 201
        counts = (await browser.send("GET", "/studio/choices/grade/counts")).json()
        assert counts == {"counts": {"a": 2, "b": 1}}
        assert (await browser.send("GET", "/studio/model/counts")).json()["counts"] == {"customer": 4, "deal": 0}
        uses = (await browser.send("GET", "/studio/usages?kind=option_set&key=grade")).json()
        assert [(each["kind_label"], each["label"], each["aspect_label"]) for each in uses] == [
            ("字段", "等级", "可选项")
        ]
        roles = (await browser.send("GET", "/studio/usages?kind=role&key=rep")).json()
        assert [(each["kind"], each["label"]) for each in roles] == [("member", "1 位成员")]
        lost = await browser.send("GET", "/studio/usages?kind=option&entity=grade&key=zzz")
        assert lost.status_code == 404

    run(play_shop(uow, database, story))


def test_the_next_numbers_go_on_from_where_counting_is(uow: UnitOfWork, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        body = {"key": "deal_number", "pattern": "SJ{yyyy}-{seq:3}", "reset": "year"}
        first = (await browser.send("POST", "/studio/numberings/preview", body)).json()["numbers"]
        made = (await browser.send("POST", "/records/deal", {"values": {"name": "单"}})).json()
        assert made["values"]["number"] == first[0]
        after = (await browser.send("POST", "/studio/numberings/preview", body)).json()["numbers"]
        assert after[0] == first[1]
        wrong = await browser.send("POST", "/studio/numberings/preview", {**body, "pattern": "SJ-{seq}"})
        assert [each["code"] for each in wrong.json()["problems"]] == ["numbering.reset_repeats"]

    run(play_shop(uow, database, story))


def test_places_on_the_picture_are_kept_for_all_builders(uow: UnitOfWork, database: Database, run: Run) -> None:
    async def story(browser: Browser) -> None:
        both = {"places": {"deal": {"x": 10, "y": -20}, "customer": {"x": 0, "y": 5}}}
        assert (await browser.send("PUT", "/studio/model/places", both)).status_code == 204
        moved = {"places": {"deal": {"x": 11, "y": 0}}}
        await browser.send("PUT", "/studio/model/places", moved)
        found = (await browser.send("GET", "/studio/model/places")).json()["places"]
        assert found == {"deal": {"x": 11, "y": 0}, "customer": {"x": 0, "y": 5}}
        await browser.send("PUT", "/studio/model/places", {**moved, "keep": False})
        assert list((await browser.send("GET", "/studio/model/places")).json()["places"]) == ["deal"]

    run(play_shop(uow, database, story))
