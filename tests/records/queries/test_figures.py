"""Aggregates, numbers, search and saved views."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from tests.records.queries.scene import Scene, by, titles, where
from xiaolu.kit.errors import Denied, Invalid, NotFound
from xiaolu.metadata.model.view import Condition, Measure
from xiaolu.records.queries.model import AggregateQuery, GroupBy, Selection
from xiaolu.records.queries.service import (
    aggregate_records,
    count_records,
    create_view,
    delete_view,
    find_view,
    list_views,
    read_numbers,
    search_records,
    update_view,
)
from xiaolu.records.queries.views import ViewDraft

Run = Callable[..., Any]


async def groups(
    scene: Scene, *group: GroupBy, measures: tuple[Measure, ...] = (Measure(do="count"),), **more: Any
) -> Any:
    query = AggregateQuery(group=group, measures=measures, **more)
    return [
        (each.keys, each.labels, each.values) for each in (await aggregate_records(scene.ctx(), "lead", query)).groups
    ]


def test_a_board_counts_and_sums_its_columns(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        for at in range(5):
            made = await scene.add("lead", name=f"{at}", amount=f"{at}.50")
            if at > 2:
                await scene.put("lead", made, stage="talk")
        found = await groups(
            scene, GroupBy(field="stage"), measures=(Measure(do="count"), Measure(do="sum", field="amount"))
        )
        assert found == [(["new"], ["新建"], [3, "4.5"]), (["talk"], ["洽谈"], [2, "8"])]

    run(scenario())


def test_groups_by_every_kind_of_field(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await scene.member("ann", "boss", name="安娜")
        yi, jia = await scene.add("customer", name="乙"), await scene.add("customer", name="甲")
        await scene.add(
            "lead",
            who="ann",
            name="a",
            customer=yi,
            tags=["web", "show"],
            due="2026-02-27",
            level="middle",
            others=[yi, jia],
        )
        await scene.add("lead", who="ann", name="b", customer=jia, tags=["web"], due="2026-03-02", level="high")
        await scene.add("lead", name="c", visited="2026-01-31T16:30:00Z", score=7)
        assert await groups(scene, GroupBy(field="customer")) == [
            ([jia], ["甲"], [1]),
            ([yi], ["乙"], [1]),
            ([None], [""], [1]),
        ]
        assert [each[1:] for each in await groups(scene, GroupBy(field="tags"))] == [
            (["展会"], [1]),
            (["官网"], [2]),
            ([""], [1]),
        ]
        assert [each[0] for each in await groups(scene, GroupBy(field="level"))] == [["high"], ["middle"], [None]]
        assert [each[1] for each in await groups(scene, GroupBy(field="due", unit="week"))] == [
            ["2026 年第 9 周"],
            ["2026 年第 10 周"],
            [""],
        ]
        assert [each[0] for each in await groups(scene, GroupBy(field="due", unit="month"))] == [
            ["2026-02-01"],
            ["2026-03-01"],
            [None],
        ]
        assert (await groups(scene, GroupBy(field="visited")))[0][:2] == (["2026-02-01"], ["2026-02-01"])
        assert [each[1] for each in await groups(scene, GroupBy(field="owner"))] == [["安娜"], [""]]
        assert [each[2] for each in await groups(scene, GroupBy(field="others"))] == [[1], [1], [2]]
        assert [each[0] for each in await groups(scene, GroupBy(field="score"))] == [[7], [None]]
        assert next(
            each[0] for each in await groups(scene, GroupBy(field="customer.name"), GroupBy(field="level"))
        ) == ["甲", "high"]

    run(scenario())


def test_measures(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        for name, amount, due in (("a", 1, "2026-01-01"), ("b", 2, "2026-01-03"), ("c", None, None)):
            await scene.add("lead", name=name, amount=amount, due=due)
        measures = tuple(
            Measure(do=do, field=path)
            for do, path in (
                ("count", "amount"), ("sum", "amount"), ("avg", "amount"), ("min", "due"), ("max", "due"), ("count_distinct", "name"),
            )
        )  # fmt: skip
        assert await groups(scene, measures=measures) == [([], [], [2, "3", "1.5", "2026-01-01", "2026-01-03", 3])]
        nothing = await groups(scene, measures=measures[1:2], selection=Selection(filter=where("name", "eq", "x")))
        assert nothing == [([], [], [None])]

    run(scenario())


def test_senseless_groups_and_measures_are_named(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        query = AggregateQuery(
            group=(GroupBy(field="name", unit="month"), GroupBy(field="due", unit="hour")),
            measures=(Measure(do="sum", field="name"), Measure(do="median"), Measure(do="sum")),
        )
        with pytest.raises(Invalid) as caught:
            await aggregate_records(scene.ctx(), "lead", query)
        assert [each.code for each in caught.value.problems] == [
            "query.unit_unknown", "query.unit_unknown", "query.not_measurable", "query.measure_unknown", "query.measure_needs_field",
        ]  # fmt: skip

    run(scenario())


def test_numbers_count_and_share(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        for at, level in enumerate(("high", "middle", "middle", None)):
            await scene.add("lead", name=str(at), level=level, hot=at < 2)
        found = {each.number.key: each for each in await read_numbers(scene.ctx())}
        assert found["hot"].value == 2
        assert found["share"].value == "0.3333"
        assert await count_records(scene.ctx(), "lead", Selection(filter=found["share"].filter)) == 1

    run(scenario())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("机械", ["华东机械有限公司"]),
        ("hdjx", ["华东机械有限公司"]),
        ("huadong", ["华东机械有限公司"]),
        ("acm", ["Acme Trading"]),
        ("trading acme", ["Acme Trading"]),
        ("5678", ["Acme Trading"]),
        ("13912345678", ["Acme Trading"]),
        ("+86 139-1234-5678", ["Acme Trading"]),
        ("057487654321", ["华东机械有限公司"]),
        ("华东 acme", []),
        ("!!", []),
        ("'; drop", []),
        ("a' | b & !c:*", []),
    ],
)
def test_search_finds_words_sounds_and_fragments(scene: Scene, run: Run, text: str, found: list[str]) -> None:
    async def scenario() -> None:
        await scene.add("lead", name="华东机械有限公司", phone="0574-87654321")
        await scene.add("lead", name="Acme Trading", phone="13912345678")
        assert titles(await scene.page(search=text)) == found
        assert [hit.title for hit in await search_records(scene.ctx(), text)] == found

    run(scenario())


def test_search_over_everything_puts_titles_first(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await scene.member("ann", "boss", name="安娜")
        await scene.add("lead", who="ann", name="其他", note="谈到宁波")
        await scene.add("customer", name="老宁波客户")
        await scene.add("lead", who="ann", name="宁波港")
        hits = await search_records(scene.ctx("ann"), "宁波")
        assert [(hit.entity, hit.title) for hit in hits] == [
            ("lead", "宁波港"),
            ("customer", "老宁波客户"),
            ("lead", "其他"),
        ]
        assert hits[0].subtitle == "线索 · 新建 · 安娜"
        assert [hit.title for hit in await search_records(scene.ctx("ann"), "宁波", "customer")] == ["老宁波客户"]
        assert await search_records(scene.ctx("ann"), "宁波", "nothing") == []

    run(scenario())


def test_views_are_kept_shared_and_protected(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await scene.member("ann", "boss")
        await scene.member("bo", "rep")
        ann, bo = scene.ctx("ann"), scene.ctx("bo")
        draft = ViewDraft(
            label="大单", columns=("name", "amount"), filter=where("amount", "gt", 5), sort=(by("amount"),)
        )
        saved = await create_view(ann, "lead", draft)
        assert [each.view.label.zh for each in await list_views(ann)] == ["大单"]
        assert await list_views(bo) == []
        with pytest.raises(NotFound):
            await find_view(bo, saved.view.key)
        await update_view(ann, saved.view.key, {"label": "大单们"}, is_shared=True)
        found = await find_view(bo, saved.view.key)
        assert (found.label.zh, found.filter, found.columns) == ("大单们", where("amount", "gt", 5), ("name", "amount"))
        with pytest.raises(Denied):
            await delete_view(bo, saved.view.key)
        await delete_view(ann, saved.view.key)
        assert await list_views(ann) == []

    run(scenario())


def test_a_view_must_make_sense_to_its_author(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await scene.member("bo", "rep")
        with pytest.raises(Invalid) as caught:
            await create_view(
                scene.ctx("bo"),
                "lead",
                ViewDraft(label=" ", columns=("name", "cost"), sort=(by("nothing"),), kind="pie"),
            )
        assert [(each.code, each.path) for each in caught.value.problems] == [
            ("view.label", ("label",)), ("view.kind", ("kind",)), ("query.unknown_field", ("columns", 1)), ("query.unknown_field", ("sort", 0)),
        ]  # fmt: skip
        with pytest.raises(Invalid):
            await create_view(scene.ctx("bo"), "lead", ViewDraft(label="x", filter=Condition(formula="{成本} > 1")))
        with pytest.raises(NotFound):
            await find_view(scene.ctx("bo"), str(UUID(int=1)))

    run(scenario())
