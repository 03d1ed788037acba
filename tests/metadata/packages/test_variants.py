"""A general template fitted to an industry."""

from pathlib import Path

import msgspec
import pytest

from xiaolu.kit.errors import Invalid
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.workspace import Definitions, by_key
from xiaolu.metadata.packages.folder import read_industry, read_packages
from xiaolu.metadata.packages.industry import Industry
from xiaolu.metadata.packages.variants import fit
from xiaolu.metadata.validation.check import check_definitions
from xiaolu.metadata.yamlform import decode_definitions, decode_yaml

TEMPLATE = """
apps: [{key: visit, label: {zh: 门店拜访, en: Store visits}, icon: phone, version: 1.2.0, menu: [{key: all, view: visit_all, label: 全部拜访}]}]
option_sets: [{key: visit_kind, label: 类型, options: [{key: call, label: 电话}, {key: talk, label: 面谈}]}]
entities:
  - key: visit
    label: {zh: 门店拜访, en: Store visit}
    title: store
    layout: {tabs: [{key: main, groups: [{key: base, fields: [{key: store}, {key: kind}]}]}]}
    fields:
      - {key: store, type: text, label: {zh: 门店, en: Store}, required: true}
      - {key: kind, type: single_select, label: 类型, options: {set: visit_kind}, default: '"call"'}
      - {key: note, type: long_text, label: 备注}
processes:
  - key: visit_flow
    label: 流程
    entity: visit
    initial: open
    background: [store, note]
    on_create: [{do: notify, to: "role:visitor", title: 新的拜访}]
    stages: [{key: open, label: 进行中, limit: {hours: 24}}, {key: done, label: 完成, kind: won}]
    transitions: [{key: end, label: 结束, source: [open], target: done, roles: [visitor]}]
views:
  - {key: visit_all, label: 全部, entity: visit, columns: [store, note, kind], filter: {field: kind, op: ne, value: talk}}
  - {key: visit_board, label: 看板, entity: visit, kind: board, group: stage, card: [store], roles: [visitor]}
numbers: [{key: visits_open, label: 进行中, entity: visit, measure: {do: count}}]
roles: [{key: visitor, label: 拜访人, grants: [{entity: visit, read: all, move: all}]}]
"""

VARIANT = """
industry: chemicals
label: {zh: 化工, en: Chemicals}
variants:
  visit:
    label: {zh: 仓库巡检, en: Warehouse rounds}
    description: {zh: 看储罐, en: Looks at tanks}
    words: {zh: {门店: 仓库, 仓库: 门店}, en: {Store: Warehouse}}
    labels: {entities.visit.fields.kind: {zh: 方式, en: Way}}
    options: {visit_kind: [{key: call, label: 远程}, {key: talk, label: 现场}]}
    option_sets: [{key: tank, label: 储罐, options: [{key: acid, label: 酸}]}]
    fields:
      visit:
        - {after: store, key: tank, type: single_select, label: 储罐, options: {set: tank}}
        - {after: store, key: level, type: integer, label: 液位}
    dropped: {visit: [note]}
    stages: {visit_flow: {open: {limit: {hours: 4, escalate: ["role:visitor"]}, required: [level]}}}
    settings: {visit: {level: {options: {max: 900}, required: true}, store: {options: {max_length: 80}, help: 仓库全名}}}
    moves: {visit_flow: {end: {label: 封罐, guard: '{level} <= 900', guard_message: 液位过高}}}
    figures: {visits_open: {label: 未封罐, filter: {field: level, op: gt, value: 900}}}
    columns: {visit_all: [tank], visit_board: [level]}
"""


def _read(text: str = VARIANT) -> tuple[Definitions, Industry]:
    template, industry = decode_definitions(TEMPLATE), decode_yaml(text, Industry)
    assert isinstance(template, Definitions), template
    assert isinstance(industry, Industry), industry
    return template, industry


def _fitted() -> Definitions:
    found = fit(*_read())
    assert isinstance(found, Definitions), found
    return found


def test_a_variant_stands_beside_the_general_template_and_other_variants() -> None:
    template, industry = _read()
    again = msgspec.structs.replace(industry, industry="paint")
    packages = [template, fit(template, industry), fit(template, again)]
    names = ("apps", "option_sets", "entities", "processes", "views", "numbers", "roles")
    together = msgspec.structs.replace(
        template, **{name: tuple(each for package in packages for each in getattr(package, name)) for name in names}
    )
    assert check_definitions(together) == []
    assert len({role.key for role in together.roles}) == len(packages)


def test_it_has_its_own_words_choices_fields_and_demands() -> None:
    found = _fitted()
    app, entity, process = found.apps[0], found.entities[0], found.processes[0]
    assert (app.key, app.label.zh, app.icon, app.version) == ("visit_chemicals", "仓库巡检", "phone", "1.2.0")
    assert entity.label == Label("仓库拜访", "Warehouse visit")
    assert [each.key for each in entity.fields] == ["store", "tank", "level", "kind"]
    assert entity.layout is not None
    assert entity.layout.placed() == ["store", "tank", "level", "kind"]
    assert [each.label.zh for each in entity.fields] == ["仓库", "储罐", "液位", "方式"]
    assert [each.label.zh for each in found.option_sets[0].options] == ["远程", "现场"]
    assert process.background == ("store",)
    stage = process.stages[0]
    assert stage.limit is not None
    assert (stage.label.zh, stage.limit.hours, stage.required) == ("进行中", 4, ("level",))
    assert [each.columns or each.card for each in found.views] == [("store", "kind", "tank"), ("store", "level")]


def test_its_figures_and_guards_are_its_own() -> None:
    found = _fitted()
    level, store = found.entities[0].field("level"), found.entities[0].field("store")
    assert level is not None
    assert store is not None
    assert (level.options, level.required) == ({"max": 900}, True)
    assert (store.options, store.required, store.help) == ({"max_length": 80}, True, Label("仓库全名"))
    move, number = found.processes[0].transitions[0], found.numbers[0]
    assert (move.label.zh, move.guard, move.guard_message) == ("封罐", "{level} <= 900", Label("液位过高"))
    assert number.filter is not None
    assert (number.label.zh, number.filter.value, number.entity) == ("未封罐", 900, found.entities[0].key)


def test_roles_get_keys_of_their_own_wherever_they_are_named() -> None:
    found = _fitted()
    role, process = found.roles[0], found.processes[0]
    assert role.key == "visit_chemicals_visitor"
    assert role.grants[0].entity == "visit_chemicals"
    assert process.transitions[0].roles == (role.key,)
    assert process.on_create[0].to == f"role:{role.key}"
    assert process.stages[0].limit is not None
    assert process.stages[0].limit.escalate == (f"role:{role.key}",)
    board = by_key(found.views, "visit_chemicals_board")
    assert board is not None
    assert board.roles == (role.key,)


def test_everything_that_does_not_fit_is_told_at_once() -> None:
    text = """
industry: chemicals
label: 化工
variants:
  visit:
    label: 巡检
    description: 看
    labels: {entities.visit.fields.stoer: 仓库, entities.visit.fields: 字段}
    options: {visit_kinds: []}
    fields: {visit: [{after: shop, key: tank, type: text, label: 罐}, {key: note, type: text, label: 注}]}
    dropped: {visits: [note], visit: [notes]}
    stages: {visit_flow: {opened: {colour: red}}, flow: {open: {colour: red}}}
    settings: {visit: {shop: {required: true}}}
    moves: {visit_flow: {ends: {guard: 'TRUE'}}}
    figures: {visits: {label: 数}}
    columns: {visit_al: [store]}
"""
    found = fit(*_read(text))
    assert isinstance(found, list)
    at = [".".join(map(str, each.path)).removeprefix("variants.visit.") for each in found]
    assert at == [
        "labels.entities.visit.fields.stoer",
        "labels.entities.visit.fields",
        "options.visit_kinds",
        "dropped.visits",
        "dropped.visit.notes",
        "fields.visit.tank.after",
        "fields.visit.note",
        "settings.visit.shop",
        "stages.visit_flow.opened",
        "stages.flow",
        "moves.visit_flow.ends",
        "figures.visits",
        "columns.visit_al",
    ]


def test_a_file_of_an_industry_is_no_package(tmp_path: Path) -> None:
    for folder, name, text in (("visit", "app", TEMPLATE), ("industries", "chemicals", VARIANT)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.yaml").write_text(text, "utf-8")
    assert [each.apps[0].key for each in read_packages(tmp_path)] == ["visit"]
    file = tmp_path / "industries" / "chemicals.yaml"
    assert read_industry(file).industry == "chemicals"
    file.write_text("industry: chemicals\nlabel: 化工\nvariants: {visit: {label: 巡检, field: {}}}", "utf-8")
    with pytest.raises(Invalid) as raised:
        read_industry(file)
    assert [(each.code, *each.path) for each in raised.value.problems] == [
        ("definition.unknown_key_near", "chemicals.yaml", "variants", "visit", "field"),
        ("definition.missing_key", "chemicals.yaml", "variants", "visit", "description"),
    ]
