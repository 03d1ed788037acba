"""What a person may not see never shows: not in rows, and not through filters, orders, groups, figures or searches.

The property test asks random questions, changes everything that is hidden from the person, and asks again: the answers
must not differ.
"""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.records.queries.scene import Scene, both, by, either, titles, where
from xiaolu.kit.errors import Invalid, NotFound
from xiaolu.kit.pinyin import search_tokens, sort_key
from xiaolu.metadata.model.view import Condition, Measure
from xiaolu.records.queries.model import AggregateQuery, GroupBy, ListQuery, Selection, WindowQuery
from xiaolu.records.queries.service import (
    aggregate_records,
    query_records,
    read_numbers,
    read_window,
    readable_ids,
    search_records,
)

Run = Callable[..., Any]


async def people(scene: Scene) -> dict[str, str]:
    """A rep with leads of their own, one of them won; customers of theirs and of somebody else."""
    await scene.department("华东")
    await scene.member("rep", "rep", department="华东")
    await scene.member("boss", "boss", department="华东")
    ids: dict[str, str] = {}
    rep, boss = str(scene.people["rep"].id), str(scene.people["boss"].id)
    for name, owner in (("mine", rep), ("theirs", boss)):
        made = await scene.add("customer", name=f"{name} 公司", city="宁波", secret="暗号", turnover=5, owner=owner)
        ids[name] = made
    for at, (name, customer) in enumerate((("甲", "mine"), ("乙", "theirs"), ("丙", None))):
        ids[name] = await scene.add(
            "lead",
            name=name,
            amount=at + 1,
            cost=at,
            note="秘密",
            score=at,
            owner=rep,
            customer=ids.get(customer or ""),
        )
    ids["other"] = await scene.add("lead", name="别人", amount=9, owner=boss)
    await scene.put("lead", ids["丙"], stage="won")
    return ids


async def disturb(scene: Scene, ids: dict[str, str], seed: int) -> None:
    """Give other values to everything that the rep may not see."""
    run = scene.uow.connection.execute
    text = f"变{seed}"
    await run(
        "UPDATE r_lead SET cost = $1, note = $2, search = array_to_tsvector(array_remove($3::text[], name))",
        seed,
        text,
        search_tokens([text]),
    )
    for name in ("甲", "乙", "丙"):
        await run(
            "UPDATE r_lead SET search = array_to_tsvector($2::text[]) WHERE id = $1",
            UUID(ids[name]), search_tokens([name, text]),
        )  # fmt: skip
    await run("UPDATE r_lead SET amount = $2 WHERE id = $1", UUID(ids["丙"]), seed)
    await run("UPDATE r_lead SET amount = $2, name = $3 WHERE id = $1", UUID(ids["other"]), seed, text)
    await run("UPDATE r_customer SET secret = $1, turnover = $2", text, seed)
    await run(
        "UPDATE r_customer SET name = $2, name__sort = $3, city = $4, level = $5 WHERE id = $1",
        UUID(ids["theirs"]), text, sort_key(text), text, "high" if seed % 2 else "middle",
    )  # fmt: skip


SHOWN_IN_PART = ["amount", "customer", "customer.name", "customer.city", "customer.level"]
"""Fields of which the person sees some values and not others: where a leak would be."""
PATHS = [
    *SHOWN_IN_PART, *SHOWN_IN_PART, "name", "cost", "note", "score", "customer.secret", "customer.turnover",
    "customer.owner.name", "stage", "owner", "double", "level", "due",
]  # fmt: skip
TELLING = [
    where("amount", "eq", 1), where("amount", "gt", 1), where("amount", "between", [2, 2]), where("amount", "not_empty"),
    where("amount", "in", [1, 9]), where("customer.city", "eq", "变1"), where("customer.city", "ne", "变1"),
    where("customer.city", "contains", "变"), where("customer.city", "empty"), where("customer.name", "starts_with", "变1"),
    where("customer.name", "not_contains", "变1"), where("customer.level", "eq", "high"), where("customer.level", "in", ["high"]),
    where("cost", "gt", 1), where("note", "contains", "1"), where("customer.secret", "eq", "变1"),
]  # fmt: skip
VALUES = st.sampled_from([0, 1, 2, "1", "甲", "变1", "宁波", "high", "won", None, {"me": True}, [1], ["high"], [0, 5]])
OPERATORS = st.sampled_from(
    ["eq", "ne", "lt", "ge", "contains", "not_contains", "in", "between", "empty", "not_empty", "starts_with"]
)
FORMULAS = st.sampled_from(
    [
        "{成本} > 1", '{客户.内部备注} = "变1"', '{客户.城市} = "变1"', '{客户.名称} = "变1"', "{金额} > 1", "ISBLANK({客户.城市})",
        '{客户.等级} = "high"', "{评分} > 0", "{客户.营业额} > 1",
    ]
)  # fmt: skip
LEAVES = st.one_of(
    st.sampled_from(TELLING),
    st.builds(where, st.sampled_from(PATHS), OPERATORS, VALUES),
    st.builds(lambda text: Condition(formula=text), FORMULAS),
)
GROUPS = st.lists(LEAVES, min_size=1, max_size=3).flatmap(lambda found: st.sampled_from([both(*found), either(*found)]))
SELECTIONS = st.builds(
    lambda condition, text: Selection(filter=condition, search=text),
    st.none() | LEAVES | GROUPS,
    st.sampled_from([None, None, None, "甲", "秘密", "变1", "bian"]),
)
MEASURES = st.builds(
    lambda do, path: Measure(do=do, field=path),
    st.sampled_from(["sum", "min", "count", "count_distinct"]),
    st.sampled_from(PATHS),
)
QUESTIONS = st.one_of(
    st.builds(
        lambda selection, path, down: ListQuery(selection=selection, sort=(by(path, descending=down), by("name")), is_counted=True),
        SELECTIONS, st.sampled_from(PATHS), st.booleans(),
    ),
    st.builds(lambda selection, path: WindowQuery(selection=selection, sort=(by(path),)), SELECTIONS, st.sampled_from(PATHS)),
    st.builds(
        lambda selection, group, measure: AggregateQuery(
            selection=selection, group=tuple(GroupBy(field=each) for each in group), measures=(Measure(do="count"), measure)
        ),
        SELECTIONS, st.lists(st.sampled_from(PATHS), max_size=1), MEASURES,
    ),
    st.sampled_from(["甲", "秘密", "变1", "bian", "公司", "mine", "theirs", "别人"]),
)  # fmt: skip


async def ask(scene: Scene, question: Any) -> Any:
    ctx = scene.ctx("rep")
    try:
        if isinstance(question, str):
            return await search_records(ctx, question)
        if isinstance(question, AggregateQuery):
            return (await aggregate_records(ctx, "lead", question)).groups
        read = read_window if isinstance(question, WindowQuery) else query_records
        page = await read(ctx, "lead", question)
        return [(row.id, row.title, row.values, row.display) for row in page.rows], page.count
    except Invalid as refused:
        return [(each.code, each.path, each.params) for each in refused.problems]


def test_no_answer_depends_on_what_is_hidden(scene: Scene, runner: asyncio.Runner) -> None:
    ids = runner.run(people(scene))
    runner.run(disturb(scene, ids, 0))

    @settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
    @given(QUESTIONS)
    def check(question: Any) -> None:
        runner.run(disturb(scene, ids, 1))
        first = runner.run(ask(scene, question))
        runner.run(disturb(scene, ids, 2))
        scene.later(minutes=2)
        assert runner.run(ask(scene, question)) == first

    check()


@pytest.mark.parametrize("path", ["cost", "note", "customer.secret", "customer.turnover", "nothing"])
def test_a_hidden_field_is_unknown_everywhere(scene: Scene, run: Run, path: str) -> None:
    async def scenario() -> None:
        await people(scene)
        ctx = scene.ctx("rep")
        tries: list[Any] = [
            query_records(ctx, "lead", ListQuery(selection=Selection(filter=where(path, "empty")))),
            query_records(ctx, "lead", ListQuery(sort=(by(path),))),
            aggregate_records(ctx, "lead", AggregateQuery(group=(GroupBy(field=path),))),
            aggregate_records(ctx, "lead", AggregateQuery(measures=(Measure(do="count", field=path),))),
        ]
        for attempt in tries:
            with pytest.raises(Invalid) as caught:
                await attempt
            assert [each.code for each in caught.value.problems] == ["query.unknown_field"]

    run(scenario())


def test_rows_hold_only_what_may_be_seen(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await people(scene)
        rows = {row.title: row for row in (await scene.page(who="rep")).rows}
        assert set(rows) == {"甲", "乙", "丙"}
        assert "cost" not in rows["甲"].values
        assert rows["甲"].values["amount"] == "1.00"
        assert "amount" not in rows["丙"].values
        assert rows["甲"].display["customer"] == "mine 公司"
        assert rows["乙"].display["customer"] == ""
        assert rows["甲"].can.update
        assert not rows["甲"].can.delete

    run(scenario())


def test_what_a_stage_hides_counts_as_empty(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await people(scene)
        assert await scene.names(where("amount", "gt", 0), who="rep") == ["甲", "乙"]
        assert await scene.names(where("amount", "empty"), who="rep") == ["丙"]
        assert await scene.names(where("amount", "gt", 0), who="boss") == ["别人", "丙", "甲", "乙"]
        assert await scene.names(where("customer.city", "empty"), who="rep") == ["丙", "乙"]

    run(scenario())


def test_search_does_not_tell_what_a_hidden_field_holds(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        ids = await people(scene)
        assert titles(await scene.page(who="rep", search="秘密")) == []
        assert len(titles(await scene.page(who="boss", search="秘密"))) == 3
        assert [hit.title for hit in await search_records(scene.ctx("rep"), "暗号")] == []
        assert [hit.title for hit in await search_records(scene.ctx("rep"), "公司")] == ["mine 公司"]
        assert [hit.entity for hit in await search_records(scene.ctx("boss"), "公司")] == ["customer", "customer"]
        assert await readable_ids(scene.ctx("rep"), "lead", {UUID(ids["甲"]), UUID(ids["other"])}) == {UUID(ids["甲"])}
        assert await readable_ids(scene.ctx("rep"), "nothing", {UUID(ids["甲"])}) == set()

    run(scenario())


def test_numbers_are_those_that_the_person_may_see(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await people(scene)
        assert [each.number.key for each in await read_numbers(scene.ctx("rep"))] == ["hot", "share"]
        assert [each.number.key for each in await read_numbers(scene.ctx("boss"))] == ["hot", "share", "cost", "boss"]

    run(scenario())


def test_entities_without_any_permission_do_not_exist(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await people(scene)
        await scene.member("odd", "stranger")
        with pytest.raises(NotFound):
            await scene.page(who="odd", entity="customer")
        with pytest.raises(Invalid):
            await scene.names(where("customer.city", "eq", "宁波"), who="odd")
        assert len(await scene.names(who="odd")) == 4
        assert {row.display.get("customer", "") for row in (await scene.page(who="odd")).rows} == {""}

    run(scenario())
