"""Views and pages: each kind's settings, colours, groups and blocks are checked at their place; YAML keeps them all."""

import msgspec
import pytest

from tests.metadata.sample import sample
from tests.metadata.spoken import assert_spoken
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.page import Block, Page, Shortcut
from xiaolu.metadata.model.view import (
    CalendarSettings,
    ColourRule,
    Condition,
    GallerySettings,
    GroupLevel,
    MapSettings,
    Measure,
    TimelineSettings,
    View,
)
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.packages.collecting import export_app
from xiaolu.metadata.planner.other_steps import other_steps
from xiaolu.metadata.planner.usages import usages
from xiaolu.metadata.validation import check_definitions
from xiaolu.metadata.yamlform import decode_definitions, encode_definitions

VIEW = View(
    key="plan",
    label=Label("排期", "Plan"),
    entity="lead",
    kind="timeline",
    columns=("number", "amount"),
    widths={"number": 240},
    frozen=2,
    groups=(GroupLevel(field="owner"), GroupLevel(field="created_at", unit="month")),
    summary={"amount": "sum"},
    card=("amount",),
    colours=(
        ColourRule(when=Condition(formula="HOURSBETWEEN({created_at}, NOW()) > 72"), colour="red"),
        ColourRule(when=Condition(field="amount", op="ge", value=100), colour="gold", field="amount"),
    ),
    calendar=CalendarSettings(start="created_at", end="updated_at", title="number", colour="stage"),
    gallery=GallerySettings(),
    timeline=TimelineSettings(start="created_at", end="updated_at", scale="month"),
)
PAGE = Page(
    key="start",
    label=Label("开始", "Start"),
    home=True,
    blocks=(
        Block(key="todo", kind="tasks", width=8),
        Block(key="list", kind="view", view="plan", width=4),
        Block(key="sum", kind="figures", entity="lead", group="stage", measure=Measure(do="sum", field="amount")),
        Block(key="go", kind="shortcuts", links=(Shortcut(label=Label("新建"), create="lead"),)),
        Block(key="text", kind="text", text=Label("早上好")),
    ),
)


def with_view(**changes: object) -> Definitions:
    view = msgspec.structs.replace(VIEW, **changes)
    base = sample()
    return msgspec.structs.replace(base, views=(*base.views, view), pages=(PAGE,))


def with_block(**settings: object) -> Definitions:
    block = msgspec.structs.replace(Block(key="one", kind="tasks"), **settings)
    page = msgspec.structs.replace(PAGE, blocks=(block,))
    return msgspec.structs.replace(with_view(), pages=(page,))


def found_in(definitions: Definitions) -> list[tuple[str, str]]:
    problems = check_definitions(definitions)
    assert_spoken(problems)
    return [(".".join(map(str, each.path)), each.code) for each in problems]


def test_every_setting_is_kept_by_the_yaml_form() -> None:
    whole = with_view()
    assert check_definitions(whole) == []
    assert decode_definitions(encode_definitions(whole)) == whole


AT = "views.plan"
BAD_VIEWS = [
    ({"kind": "chart"}, f"{AT}.kind", "definition.not_allowed"),
    ({"kind": "calendar", "calendar": None}, f"{AT}.calendar", "view.needs_settings"),
    ({"kind": "map"}, f"{AT}.map", "view.needs_settings"),
    ({"map": MapSettings(place="number")}, f"{AT}.map.place", "view.wrong_field"),
    ({"calendar": CalendarSettings(start="amount")}, f"{AT}.calendar.start", "view.wrong_field"),
    ({"timeline": TimelineSettings(start="creatd_at")}, f"{AT}.timeline.start", "reference.field_near"),
    ({"timeline": TimelineSettings(start="created_at", scale="hour")}, f"{AT}.timeline.scale", "definition.not_allowed"),
    ({"gallery": GallerySettings(picture="number")}, f"{AT}.gallery.picture", "view.wrong_field"),
    ({"widths": {"number": 4}}, f"{AT}.widths.number", "view.width"),
    ({"widths": {"nmae": 100}}, f"{AT}.widths.nmae", "reference.field_near"),
    ({"frozen": 3}, f"{AT}.frozen", "view.frozen"),
    ({"group": "owner"}, f"{AT}.groups", "view.group_twice"),
    ({"groups": tuple(GroupLevel(field="owner") for _ in range(4))}, f"{AT}.groups", "view.too_many_groups"),
    ({"groups": (GroupLevel(field="created_at", unit="hour"),)}, f"{AT}.groups.0.unit", "definition.not_allowed"),
    ({"summary": {"number": "sum"}}, f"{AT}.summary.number.field", "view.cannot_measure"),
    ({"colours": (ColourRule(when=Condition(field="amount", op="ge", value=1), colour="pale"),)}, f"{AT}.colours.0.colour", "definition.not_allowed"),
    ({"colours": (ColourRule(when=Condition(formula="{金额} +"), colour="red"),)}, f"{AT}.colours.0.when.formula", "formula.ends_early"),
    ({"colours": (ColourRule(when=Condition(field="amont", op="ge", value=1), colour="red"),)}, f"{AT}.colours.0.when.field", "reference.field_near"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "place", "code"), BAD_VIEWS, ids=[each[1] + str(at) for at, each in enumerate(BAD_VIEWS)])  # fmt: skip
def test_a_view_that_makes_no_sense_is_named(changes: dict[str, object], place: str, code: str) -> None:
    assert found_in(with_view(**changes)) == [(place, code)]


BLOCK = "pages.start.blocks.one"
BAD_BLOCKS = [
    ({"kind": "chart"}, f"{BLOCK}.kind", "definition.not_allowed"),
    ({"width": 5}, f"{BLOCK}.width", "definition.not_allowed"),
    ({"limit": 0}, f"{BLOCK}.limit", "page.out_of_range"),
    ({"kind": "view"}, f"{BLOCK}.view", "page.block_needs"),
    ({"kind": "view", "view": "pln"}, f"{BLOCK}.view", "reference.view_near"),
    ({"kind": "numbers", "numbers": ("none",)}, f"{BLOCK}.numbers.0", "reference.number"),
    ({"kind": "stalled", "process": "jurney"}, f"{BLOCK}.process", "reference.process_near"),
    ({"kind": "text"}, f"{BLOCK}.text", "page.block_needs"),
    ({"kind": "shortcuts", "links": (Shortcut(label=Label("去")),)}, f"{BLOCK}.links.0", "page.link_one_way"),
    ({"kind": "shortcuts", "links": (Shortcut(label=Label("去"), url="ftp:x"),)}, f"{BLOCK}.links.0.url", "page.link_address"),
    ({"kind": "figures", "entity": "lead", "group": "stge"}, f"{BLOCK}.group", "reference.field_near"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "place", "code"), BAD_BLOCKS, ids=[each[1] + str(at) for at, each in enumerate(BAD_BLOCKS)])  # fmt: skip
def test_a_block_that_makes_no_sense_is_named(changes: dict[str, object], place: str, code: str) -> None:
    assert found_in(with_block(**changes)) == [(place, code)]


def test_pages_are_planned_found_and_packed() -> None:
    before, after = sample(), with_view()
    steps = [each.code for each in other_steps(before, after)]
    assert steps == ["planner.view_created", "planner.page_created"]
    aspects = {(each.kind, each.key, each.aspect) for each in usages(after, "lead", "amount")}
    assert {("view", "plan", "summary"), ("view", "plan", "colour"), ("page", "start", "measure")} <= aspects
    assert ("view", "plan", "layout") in {
        (each.kind, each.key, each.aspect) for each in usages(after, "lead", "created_at")
    }
    app = msgspec.structs.replace(after.apps[0], menu=())
    packed = export_app(after, app, msgspec.structs.replace(Definitions(), pages=(PAGE,)), ())
    assert [each.key for each in packed.pages] == ["start"]
    assert "plan" in {each.key for each in packed.views}
