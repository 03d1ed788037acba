"""Colours by condition, windows of calendars, maps and the looks of saved views."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from tests.records.queries.scene import CUSTOMER, LEAD, Scene, both, by, either, make, open_scene, where
from tests.records.queries.web import client_of
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.errors import Invalid
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.view import CalendarSettings, ColourRule, Condition, GroupLevel, MapSettings, View
from xiaolu.metadata.planner.indexes import entity_indexes
from xiaolu.records.queries.model import Box, ListQuery, MapQuery, Selection, WindowQuery
from xiaolu.records.queries.service import create_view, map_records, query_records, read_window, update_view
from xiaolu.records.queries.views import ViewDraft

Run = Callable[..., Any]
CALENDAR = View(
    key="days",
    label=Label("日程"),
    entity="lead",
    kind="calendar",
    calendar=CalendarSettings(start="due", end="visited"),
)


@pytest.fixture
def placed(uow: UnitOfWork, run: Run) -> Scene:
    """A workspace in which customers have a place."""
    customer = msgspec.structs.replace(CUSTOMER, fields=(*CUSTOMER.fields, make("place", "location", "位置")))
    made: Scene = run(open_scene(uow, entities=(customer, LEAD), views=(CALENDAR,)))
    return made


def test_rows_say_which_conditions_hold_for_them(scene: Scene, run: Run) -> None:
    async def scenario() -> None:
        await scene.member("rep", "rep")
        for at in range(4):
            await scene.add("lead", who="rep", name=f"{at}", amount=at, level="high" if at > 2 else "middle")
        marks = (where("amount", "ge", 2), Condition(formula='{level} = "high"'), where("customer.city", "eq", "宁波"))
        page = await query_records(scene.ctx("rep"), "lead", ListQuery(sort=(by("name"),), marks=marks))
        assert [each.marks for each in page.rows] == [[], [], [0], [0, 1]]
        window = await read_window(scene.ctx("rep"), "lead", WindowQuery(sort=(by("name"),), marks=marks, offset=2))
        assert [each.marks for each in window.rows] == [[0], [0, 1]]
        with pytest.raises(Invalid) as refused:
            await query_records(scene.ctx("rep"), "lead", ListQuery(marks=(where("cost", "ge", 1),)))
        assert refused.value.problems[0].path == ("marks", 0, "filter", "field")

    run(scenario())


def test_a_month_asks_for_its_window_alone_and_finds_it_by_an_index(placed: Scene, run: Run) -> None:
    async def scenario() -> None:
        for month in range(1, 7):
            await placed.add("lead", name=f"{month}", due=f"2026-{month:02}-15")
        await placed.add("lead", name="long", due="2026-01-20", visited="2026-03-02T09:00:00+08:00")
        window = both(
            where("due", "lt", "2026-04-01"),
            either(where("due", "ge", "2026-03-01"), where("visited", "ge", "2026-03-01")),
        )
        assert await placed.names(window) == ["3", "long"]
        lead = next(each for each in placed.snapshot.definitions.entities if each.key == "lead")
        indexed = {index.columns[0] for index in entity_indexes(placed.snapshot.definitions, lead)}
        assert {"due", "visited"} <= indexed

    run(scenario())


def test_places_are_gathered_into_spots(placed: Scene, run: Run) -> None:
    async def scenario() -> None:
        await placed.member("ann", "boss")
        near = [{"lat": 29.86, "lng": 121.54}, {"lat": 29.88, "lng": 121.55}]
        for at, spot in enumerate([*near, {"lat": 39.9, "lng": 116.4}]):
            await placed.add("customer", who="ann", name=f"{at}", place=spot, level=("high", "high", "middle")[at])
        await placed.add("customer", who="ann", name="nowhere")
        query = MapQuery(place="place", box=Box(73, 3, 136, 54), cells=20)
        found = await map_records(placed.ctx("ann"), "customer", query)
        assert [(each.count, round(each.lat, 2), each.id is not None) for each in found.spots] == [
            (2, 29.87, False),
            (1, 39.9, True),
        ]
        assert (found.placed, found.missing) == (3, 1)
        assert found.bounds == Box(116.4, 29.86, 121.55, 39.9)
        tinted = await map_records(placed.ctx("ann"), "customer", replace(query, colour="level"))
        assert [each.value for each in tinted.spots] == ["high", "middle"]
        with pytest.raises(Invalid):
            await map_records(placed.ctx("ann"), "customer", replace(query, colour="name"))
        close = await map_records(placed.ctx("ann"), "customer", MapQuery(place="place", box=Box(121, 29, 122, 30)))
        assert [each.count for each in close.spots] == [1, 1]
        only = Selection(filter=where("name", "eq", "2"))
        assert len((await map_records(placed.ctx("ann"), "customer", MapQuery(selection=only, place="place", box=Box(-180, -90, 180, 90)))).spots) == 1  # fmt: skip
        for place, box, cells in (("name", Box(0, 0, 1, 1), 9), ("place", Box(1, 0, 0, 1), 9), ("place", Box(0, 0, 1, 1), 0)):  # fmt: skip
            with pytest.raises(Invalid):
                await map_records(placed.ctx("ann"), "customer", MapQuery(place=place, box=box, cells=cells))
        async with client_of(placed, "ann") as client:
            answer = await client.post("/api/records/customer/map", json={"place": "place", "cells": 10})
            assert (answer.status_code, answer.json()["placed"]) == (200, 3)

    run(scenario())


def test_a_saved_view_keeps_its_looks_and_is_checked_for_its_author(placed: Scene, run: Run) -> None:
    async def scenario() -> None:
        await placed.member("rep", "rep")
        draft = ViewDraft(
            label="日历",
            kind="calendar",
            columns=("name", "amount"),
            widths={"name": 300},
            frozen=2,
            groups=(GroupLevel(field="due", unit="month"), GroupLevel(field="level")),
            summary={"amount": "avg"},
            colours=(ColourRule(when=where("amount", "ge", 5), colour="red"),),
            calendar=CalendarSettings(start="due", end="visited"),
        )
        saved = await create_view(placed.ctx("rep"), "lead", draft)
        changed = await update_view(placed.ctx("rep"), saved.view.key, {"kind": "grid", "frozen": 0})
        assert changed.view == msgspec.structs.replace(saved.view, kind="grid", frozen=0)
        bad = msgspec.structs.replace(
            draft,
            kind="chart",
            map=MapSettings(place="name"),
            summary={"cost": "sum"},
            colours=(ColourRule(when=where("cost", "ge", 5), colour="blood"),),
        )
        with pytest.raises(Invalid) as refused:
            await create_view(placed.ctx("rep"), "lead", bad)
        assert {".".join(map(str, each.path)) for each in refused.value.problems} == {
            "kind",
            "map.place",
            "summary.cost",
            "colours.0.colour",
            "marks.0.filter.field",
        }

    run(scenario())
