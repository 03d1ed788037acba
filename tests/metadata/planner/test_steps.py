"""Plans in words: every kind of step has its sentence in both languages."""

import re
from pathlib import Path

import msgspec

import xiaolu.metadata.planner as planner
from tests.metadata.planner.building import definitions, entity, field, formula, process, view
from xiaolu.kit.i18n import LANGUAGES, Label, catalogue
from xiaolu.metadata.model.entity import Field, FieldRule, Option, OptionSet
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
            "field_required", "field_created", "field_deleted", "entity_deleted", "option_set_changed", "view_changed",
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
             for verb in ("created", "changed", "deleted")}  # fmt: skip
    aspects = {
        f"aspect.{name}"
        for name in Field.__struct_fields__
        if name not in ("key", "label", "type", "required", "unique")
    }
    probes = {f"rows.{kind}" for kind in msgspec.inspect.type_info(Probe).fields[0].type.values}  # type: ignore[attr-defined]
    for language in LANGUAGES:
        missing = {f"planner.{each}" for each in kinds | named | aspects | probes} - set(catalogue(language))
        assert missing == set()
