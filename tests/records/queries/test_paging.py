"""Pages, windows and orders: complete, without repetition, the same whichever way they are read."""

import asyncio
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.records.queries.scene import Scene, by, titles, where
from xiaolu.kit.errors import Invalid
from xiaolu.records.queries.model import Selection, WindowQuery
from xiaolu.records.queries.service import read_window
from xiaolu.records.queries.store import anchors

Run = Callable[..., Any]
NAMES = ["张三", "李四", "王五", "阿尔法", "Bravo", "charlie", "重庆", "12"]


async def fill(scene: Scene) -> None:
    customers = [await scene.add("customer", name=name) for name in ("乙公司", "甲公司")]
    for at in range(24):
        await scene.add(
            "lead",
            name=NAMES[at % len(NAMES)],
            amount=None if at % 5 == 0 else at % 4,
            level=[None, "high", "middle"][at % 3],
            due=None if at % 7 == 0 else f"2026-03-{at % 6 + 1:02}",
            customer=[None, *customers][at % 3],
            score=at,
        )


async def read_all(scene: Scene, limit: int, **more: Any) -> list[str]:
    found: list[str] = []
    cursor = None
    while True:
        page = await scene.page(limit=limit, cursor=cursor, **more)
        found.extend(str(row.id) for row in page.rows)
        cursor = page.next
        if cursor is None:
            return found
        assert len(page.rows) == limit


SORTS = st.lists(
    st.builds(
        by,
        st.sampled_from(["name", "amount", "level", "due", "customer", "score", "owner", "id"]),
        descending=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda each: each.field,
)


def test_pages_make_up_the_whole_list_in_order(scene: Scene, runner: asyncio.Runner) -> None:
    runner.run(fill(scene))

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(SORTS, st.integers(1, 9))
    def check(sort: list[Any], limit: int) -> None:
        whole = runner.run(read_all(scene, 100, sort=tuple(sort)))
        assert len(set(whole)) == len(whole) == 24
        assert runner.run(read_all(scene, limit, sort=tuple(sort))) == whole

    check()


def test_order_is_what_people_expect(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await fill(scene)
        page = await scene.page(sort=(by("name"), by("score")), limit=100)
        assert list(dict.fromkeys(titles(page))) == ["12", "阿尔法", "Bravo", "charlie", "重庆", "李四", "王五", "张三"]
        page = await scene.page(sort=(by("amount", descending=True), by("score")), limit=100)
        amounts = [row.values["amount"] and Decimal(row.values["amount"]) for row in page.rows]
        assert amounts == sorted([each for each in amounts if each is not None], reverse=True) + [None] * 5
        page = await scene.page(sort=(by("level"),), limit=100)
        assert [row.values["level"] for row in page.rows] == ["high"] * 8 + ["middle"] * 8 + [None] * 8
        page = await scene.page(sort=(by("customer"),), limit=100)
        assert [row.display.get("customer") for row in page.rows][::8] == ["甲公司", "乙公司", None]

    run(scenario())


def test_new_rows_never_shift_a_page(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await fill(scene)
        sort = (by("score"),)
        first = await scene.page(sort=sort, limit=10)
        await scene.add("lead", name="早", score=-1)
        await scene.add("lead", name="中", score=15)
        second = await scene.page(sort=sort, limit=100, cursor=first.next)
        assert [row.values["score"] for row in second.rows] == [10, 11, 12, 13, 14, 15, 15, *range(16, 24)]

    run(scenario())


def test_a_cursor_of_another_order_or_a_forged_one_is_refused(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await fill(scene)
        cursor = (await scene.page(limit=3)).next
        assert cursor is not None
        for broken, sort in ((cursor, by("amount")), (cursor[:-3], by("name")), ("x", by("name")), ("🙂", by("name"))):
            with pytest.raises(Invalid) as caught:
                await scene.page(limit=3, cursor=broken, sort=(sort,))
            assert caught.value.problems[0].code == "query.cursor_invalid"
        for limit in (0, 501):
            with pytest.raises(Invalid):
                await scene.page(limit=limit)

    run(scenario())


def test_count_is_exact(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await fill(scene)
        page = await scene.page(where("amount", "not_empty"), limit=2, is_counted=True)
        assert page.count == 19
        assert (await scene.page(limit=2)).count is None

    run(scenario())


@pytest.mark.parametrize("sort", [(by("amount"),), (by("amount", descending=True), by("name")), (by("score"),), ()])
def test_windows_show_the_list_at_any_offset(
    scene: Scene, run: Run, monkeypatch: pytest.MonkeyPatch, sort: tuple[Any, ...]
) -> None:
    for module in ("xiaolu.records.queries.listing", "xiaolu.records.queries.store.anchors"):
        monkeypatch.setattr(f"{module}.STEP", 4)

    async def scenario() -> None:
        await fill(scene)
        whole = [str(row.id) for row in (await scene.page(sort=sort, limit=100)).rows]
        for offset in range(26):
            page = await read_window(scene.ctx(), "lead", WindowQuery(sort=sort, offset=offset, limit=7))
            assert [str(row.id) for row in page.rows] == whole[offset : offset + 7]
            assert page.count == 24
        kept = anchors._kept[scene.snapshot]
        assert len(kept) == 1
        await scene.add("lead", name="新", score=100)
        scene.later(seconds=5)
        await read_window(scene.ctx(), "lead", WindowQuery(sort=sort, offset=20, limit=7))
        assert next(iter(kept.values())).count == 25

    run(scenario())


def test_a_window_may_be_filtered_and_searched(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await fill(scene)
        selection = Selection(filter=where("score", "lt", 8), search="张三")
        page = await read_window(scene.ctx(), "lead", WindowQuery(selection=selection))
        assert (titles(page), page.count) == (["张三"], 1)

    run(scenario())


def test_order_by_an_index_that_is_read_backwards(scene: Scene, run: Run) -> None:
    """A view that sorts by amount downwards makes an index; the other direction reads filled and empty values apart."""
    from xiaolu.kit.i18n import Label
    from xiaolu.metadata.model.view import View

    view = View(key="big", label=Label("大单"), entity="lead", sort=(by("amount", descending=True),))

    async def scenario() -> None:
        from tests.records.queries.scene import definitions
        from xiaolu.metadata.publishing.service import install_definitions, load_snapshot

        await fill(scene)
        plain = await read_all(scene, 100, sort=(by("amount"),))
        await install_definitions(scene.uow, definitions(views=(view,)))
        await scene.uow.finish()
        scene.snapshot = await load_snapshot(scene.uow)
        for limit in (3, 100):
            assert await read_all(scene, limit, sort=(by("amount"),)) == plain
        for offset in (0, 18, 19, 21):
            page = await read_window(scene.ctx(), "lead", WindowQuery(sort=(by("amount"),), offset=offset, limit=5))
            assert [str(row.id) for row in page.rows] == plain[offset : offset + 5]

    run(scenario())


def test_dates_travel_through_cursors(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await fill(scene)
        found = []
        cursor = None
        while True:
            page = await scene.page(sort=(by("due", descending=True),), limit=2, cursor=cursor)
            found += [row.values["due"] for row in page.rows]
            cursor = page.next
            if cursor is None:
                break
        days = [each for each in found if each]
        assert days == sorted(days, reverse=True)
        assert found[len(days) :] == [None] * 4
        assert date.fromisoformat(days[0]) == date(2026, 3, 6)

    run(scenario())
