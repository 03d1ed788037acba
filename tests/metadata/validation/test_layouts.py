"""Layouts of forms: a sound one passes and survives YAML, each defect is found at its place, changes are told in words."""

import pytest

from tests.metadata.sample import SAMPLE
from tests.metadata.spoken import assert_spoken
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.planner.describing import describe_step
from xiaolu.metadata.planner.plan import plan_change
from xiaolu.metadata.planner.usages import usages
from xiaolu.metadata.validation import check_definitions
from xiaolu.metadata.yamlform import decode_definitions, encode_definitions

HEAD = "  - key: lead\n    label: 线索\n    title: number\n"
LAYOUT = """    layout:
      tabs:
        - key: main
          label: 基本
          groups:
            - key: base
              label: {zh: 客户, en: Customer}
              columns: 3
              fold: closed
              fields:
                - {key: number}
                - {key: customer, width: 2}
        - key: more
          label: 其他
          groups:
            - key: rest
              fields: [{key: level}]
      hidden: [rate]
"""
HERE = "entities.lead.layout"


def read(text: str) -> Definitions:
    definitions = decode_definitions(text)
    assert isinstance(definitions, Definitions), definitions
    return definitions


def laid_out() -> str:
    assert HEAD in SAMPLE
    return SAMPLE.replace(HEAD, HEAD + LAYOUT)


def test_a_layout_is_sound_and_survives() -> None:
    definitions = read(laid_out())
    assert check_definitions(definitions) == []
    assert read(encode_definitions(definitions)) == definitions


BREAKS = [
    ("{key: number}", "{key: numbr}", f"{HERE}.tabs.main.groups.base.fields.numbr", "reference.field_near"),
    ("{key: number}", "{key: level}", f"{HERE}.tabs.more.groups.rest.fields.level", "layout.placed_twice"),
    ("{key: number}", "{key: rate}", f"{HERE}.hidden.0", "layout.placed_twice"),
    ("hidden: [rate]", "hidden: [amount, amout]", f"{HERE}.hidden.1", "reference.field_near"),
    ("{key: customer, width: 2}", "{key: zzz}", f"{HERE}.tabs.main.groups.base.fields.zzz", "reference.field"),
    ("label: 其他", "label: ' '", f"{HERE}.tabs.more.label", "layout.tab_needs_name"),
    ("label: {zh: 客户, en: Customer}", "label: ''", f"{HERE}.tabs.main.groups.base.label", "layout.fold_needs_name"),
    ("key: more", "key: main", f"{HERE}.tabs.main.key", "key.repeated"),
    ("key: rest", "key: base", f"{HERE}.tabs.more.groups.base.key", "key.repeated"),
    ("key: rest", "key: Rest", f"{HERE}.tabs.more.groups.Rest.key", "key.pattern"),
]


@pytest.mark.parametrize(("old", "new", "path", "code"), BREAKS)
def test_each_defect_is_found(old: str, new: str, path: str, code: str) -> None:
    text = laid_out()
    assert text.count(old) >= 1
    head, layout, rest = text.partition(LAYOUT)
    problems = check_definitions(read(head + layout.replace(old, new) + rest))
    assert_spoken(problems)
    assert (path, code) in [(".".join(map(str, each.path)), each.code) for each in problems]


def test_what_must_be_filled_in_is_not_taken_off_the_form() -> None:
    text = laid_out().replace("                - {key: customer, width: 2}\n", "").replace("[rate]", "[customer]")
    assert [each.code for each in check_definitions(read(text))] == ["layout.hides_required"]


def test_impossible_columns_are_no_layout() -> None:
    problems = decode_definitions(laid_out().replace("columns: 3", "columns: 4"))
    assert isinstance(problems, list)
    assert [each.code for each in problems] == ["definition.not_allowed"]


def test_a_change_is_told_and_its_fields_are_used() -> None:
    before, after = read(SAMPLE), read(laid_out())
    steps = plan_change(before, after).steps
    assert [describe_step(each, "zh") for each in steps] == ["表单“线索”的设置改变：表单布局。"]
    assert "layout" in describe_step(steps[0], "en")
    for key in ("customer", "rate"):
        assert "layout" in {each.aspect for each in usages(after, "lead", key)}
