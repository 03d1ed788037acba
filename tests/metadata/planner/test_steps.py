"""Plans in words: every kind of step has its sentence in both languages."""

import re
from pathlib import Path

import msgspec
import pytest

import xiaolu.metadata.planner as planner
from tests.metadata.planner.building import definitions, entity, field, formula, process, view
from xiaolu.kit.i18n import LANGUAGES, Label, catalogue
from xiaolu.metadata.model.access import Role
from xiaolu.metadata.model.entity import Field, FieldRule, Option, OptionSet
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.planner.describing import describe_step
from xiaolu.metadata.planner.model import Probe
from xiaolu.metadata.planner.plan import plan_change

BEFORE = definitions(
    entity(
        "lead",
        field("size", "text", label="尺寸"),
        field("gone", label="旧"),
        field("code", required=True, unique=True),
        field("grade", "single_select", set="grade"),
        formula("total", "{number} * 2"),
        field("number", "integer"),
    ),
    entity("old"),
    option_sets=(
        OptionSet(
            key="grade",
            label=Label("等级"),
            options=(Option(key="a", label=Label("甲")), Option(key="b", label=Label("乙"))),
        ),
    ),
    processes=(process("lead", "new", "talk", "won"),),
    views=(view("lead"),),
)
AFTER = definitions(
    entity(
        "lead",
        field("size", "integer", label="大小"),
        field("code", rules=(FieldRule(check="LEN({code}) > 2", message=Label("太短", "Too short")),)),
        field("grade", "single_select", set="grade", help=Label("选一个")),
        formula("total", "{number} * 3"),
        field("number", "integer", unique=True, required=True),
        field("fresh", "date"),
        label=Label("线索", "Lead"),
        icon="star",
    ),
    entity("young"),
    option_sets=(OptionSet(key="grade", label=Label("等级"), options=(Option(key="a", label=Label("甲")),)),),
    processes=(process("lead", "new", "won"),),
    views=(view("lead", sort=["size"]),),
)


def test_each_change_is_one_step() -> None:
    kinds = [step.kind for step in plan_change(BEFORE, AFTER).steps]
    assert sorted(kinds) == sorted(
        [
            "entity_created", "entity_renamed", "entity_changed", "field_renamed", "field_cast", "field_not_unique",
            "field_optional", "rule_added", "options_narrowed", "field_changed", "formula_changed", "field_unique",
            "field_required", "field_created", "field_deleted", "entity_deleted", "options_dropped", "view_changed",
            "stage_deleted", "process_changed", "running_finish",
        ]
    )  # fmt: skip


def test_every_step_reads_well_in_both_languages() -> None:
    for step in plan_change(BEFORE, AFTER).steps:
        for language in LANGUAGES:
            text = describe_step(step, language)
            assert not re.search(r"[{}@]|planner\.", text), text


def test_every_word_that_plans_use_is_in_the_catalogue() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(planner.__path__[0]).glob("*.py"))
    kinds = set(re.findall(r'_step\(\s*"(\w+)"', sources)) | set(re.findall(r'"(\w+)" if is_back else "\w+"', sources))
    named = {f"{kind}_{verb}" for kind in ("app", "option_set", "numbering", "view", "role", "number")
             for verb in ("created", "renamed", "changed", "deleted")}  # fmt: skip
    aspects = {
        f"aspect.{name}"
        for name in Field.__struct_fields__
        if name not in ("key", "label", "type", "required", "unique")
    }
    probes = {f"rows.{kind}" for kind in msgspec.inspect.type_info(Probe).fields[0].type.values}  # type: ignore[attr-defined]
    for language in LANGUAGES:
        missing = {f"planner.{each}" for each in kinds | named | aspects | probes} - set(catalogue(language))
        assert missing == set()


def _grades(*options: Option, label: str = "等级") -> Definitions:
    return definitions(option_sets=(OptionSet(key="grade", label=Label(label, "Grade"), options=options),))


def _letters(text: str) -> tuple[Option, ...]:
    return tuple(Option(key=each, label=Label(each.upper())) for each in text)


@pytest.mark.parametrize(
    ("before", "after", "zh", "en"),
    [
        (
            _grades(*_letters("a")),
            _grades(*_letters("abcdefghijk")),
            "选项集“等级”新增 10 个选项：B、C、D、E、F、G、H、I、…。",
            "Option set “Grade” gets 10 more: B, C, D, E, F, G, H, I, ….",
        ),
        (
            _grades(*_letters("ab")),
            _grades(Option(key="a", label=Label("A"), retired=True), *_letters("b")),
            "选项集“等级”停用 1 个选项：A。已填写的仍可查看。",
            "Option set “Grade” retires 1: A. What was written stays readable.",
        ),
        (
            _grades(*_letters("a")),
            _grades(Option(key="a", label=Label("优"))),
            "选项集“等级”改动 1 个选项：优。",
            "Option set “Grade” changes 1: 优.",
        ),
        (
            _grades(*_letters("ab")),
            _grades(*_letters("ba")),
            "选项集“等级”调整了选项顺序。",
            "The options of “Grade” change their order.",
        ),
        (
            definitions(roles=(Role(key="rep", label=Label("销售", "Rep")),)),
            definitions(roles=(Role(key="rep", label=Label("销售代表", "Sales")),)),
            "角色“销售”改名为“销售代表”。",
            "Role “Rep” is renamed to “Sales”.",
        ),
    ],
)
def test_what_changes_is_told_and_nothing_else(before: Definitions, after: Definitions, zh: str, en: str) -> None:
    steps = plan_change(before, after).steps
    assert [describe_step(each, "zh") for each in steps] == [zh]
    assert [describe_step(each, "en") for each in steps] == [en]
