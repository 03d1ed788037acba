"""Controlled options: retired ones stay readable and cannot be chosen anew; required means what the type says."""

from typing import Any

import pytest

from tests.metadata.fields.cases import NAMES
from tests.metadata.spoken import assert_spoken
from xiaolu.kit.i18n import Label, describe
from xiaolu.metadata.fields.nearest import nearest
from xiaolu.metadata.fields.registry import field_type
from xiaolu.metadata.model.entity import Field


def field(kind: str, **options: Any) -> Field:
    return Field(key="probe", label=Label("样例"), type=kind, options=options)


@pytest.mark.parametrize(("kind", "value"), [("single_select", "gone"), ("multi_select", ["new", "gone"])])
def test_a_retired_option_is_shown_but_not_chosen(kind: str, value: Any) -> None:
    probe = field(kind, set="grade")
    of_kind = field_type(kind)
    assert of_kind.parse(value, probe, NAMES).value == value
    assert "流失" in of_kind.display(value, probe, NAMES, "zh")
    check = of_kind.checker(probe)
    assert check is not None
    found = check(value, NAMES)
    assert found is not None
    assert (found.code, found.params["value"]) == ("choice.retired", ["流失"])
    assert_spoken([found])
    assert check("new" if kind == "single_select" else ["new"], NAMES) is None


def test_an_unknown_option_suggests_the_near_ones() -> None:
    found = field_type("single_select").read_cell("回头客", field("single_select", set="grade"), NAMES).problems
    assert found[0].params["near"] == ["老客、回头客"]
    [typo] = field_type("single_select").read_cell("Returnin", field("single_select", set="grade"), NAMES).problems
    assert describe(typo, "en") == "There is no option “Returnin”; did you mean: Returning"
    assert describe(typo, "zh").endswith("老客、回头客")


def test_what_may_be_chosen_is_named_in_the_readers_language() -> None:
    [found] = field_type("single_select").parse("qqq", field("single_select", set="grade"), NAMES).problems
    assert describe(found, "en").endswith("choose from: New, Returning")


def test_an_unknown_set_has_no_options() -> None:
    probe = field("single_select", set="nothing")
    assert field_type("single_select").parse("new", probe, NAMES).problems[0].code == "choice.unknown"
    assert field_type("single_select").display("new", probe, NAMES, "zh") == "new"


ITEMS = [
    {"key": "a", "label": {"zh": "合同"}},
    {"key": "b", "label": {"zh": "发票"}},
    {"key": "c", "label": {"zh": "旧项"}, "retired": True},
]


@pytest.mark.parametrize(
    ("kind", "options", "value", "is_missing"),
    [
        ("checklist", {"options": ITEMS}, ["a"], True),
        ("checklist", {"options": ITEMS}, ["a", "b"], False),
        ("checklist", {"options": ITEMS, "minimum": 1}, ["a"], False),
        ("switch", {}, False, False),
        ("switch", {"must_be_on": True}, False, True),
        ("switch", {"must_be_on": True}, True, False),
        ("switch", {}, None, True),
        ("text", {}, "x", False),
    ],
)
def test_required_means_what_the_type_says(kind: str, options: dict[str, Any], value: Any, is_missing: bool) -> None:
    found = field_type(kind).missing(value, field(kind, **options))
    assert (found is not None) == is_missing
    assert_spoken([found] if found else [])


@pytest.mark.parametrize(
    ("kind", "options", "path", "code"),
    [
        ("text", {"max_length": 0}, "max_length", "options.out_of_range"),
        ("text", {"min_length": 9, "max_length": 3}, "min_length", "options.out_of_range"),
        ("text", {"pattern": "("}, "pattern", "options.bad_pattern"),
        ("money", {"currency": "ABC"}, "currency", "options.unknown_currency"),
        ("decimal", {"scale": 99}, "scale", "options.out_of_range"),
        ("decimal", {"min": 2, "max": 1}, "min", "options.min_above_max"),
        ("date", {"min": "2026-02-01", "max": "2026-01-01"}, "min", "options.min_above_max"),
        ("date_time", {"min": "2026-02-01T00:00:00"}, "min", "options.needs_offset"),
        ("single_select", {}, "options", "options.no_choices"),
        ("single_select", {"set": "x", "options": ITEMS}, "options", "options.set_and_options"),
        ("multi_select", {"set": "x", "minimum": 3, "maximum": 2}, "minimum", "options.min_above_max"),
        ("rating", {"maximum": 1}, "maximum", "options.out_of_range"),
        ("file", {"content_types": ["pdf"]}, "content_types.0", "options.content_type"),
        ("image", {"content_types": ["application/pdf"]}, "content_types.0", "options.content_type_never"),
        ("file", {"max_megabytes": 0}, "max_megabytes", "options.out_of_range"),
        ("formula", {"formula": "1", "result": "file"}, "result", "options.unknown_result"),
        ("formula", {"formula": "1", "result": "money", "format": {"scale": 99}}, "format.scale", "options.out_of_range"),
        ("rollup", {"children": "x", "aggregate": "median"}, "aggregate", "definition.not_allowed"),
        ("relation", {}, "target", "definition.missing_key"),
        ("keyword_list", {"max_length": 0}, "max_length", "options.out_of_range"),
        ("duration", {"min": 5, "max": 1}, "min", "options.min_above_max"),
    ],
)  # fmt: skip
def test_settings_that_make_no_sense_are_refused(kind: str, options: dict[str, Any], path: str, code: str) -> None:
    found = field_type(kind).check_definition(field(kind, **options))
    assert (f"options.{path}", code) in [(".".join(map(str, each.path)), each.code) for each in found]
    assert_spoken(found)


def test_a_pattern_speaks_in_its_author_s_words() -> None:
    probe = field("text", pattern=r"\p{Han}{2,4}", pattern_message={"zh": "请写中文姓名", "en": "Write a Chinese name"})
    found = field_type("text").parse("abc", probe, NAMES).problems
    assert found[0].params == {"message": "请写中文姓名", "message_en": "Write a Chinese name"}
    assert field_type("text").parse("张三丰", probe, NAMES).problems == ()


def test_a_malicious_pattern_takes_no_time() -> None:
    probe = field("text", pattern="(a+)+$")
    assert field_type("text").parse("a" * 400 + "!", probe, NAMES).problems[0].code == "field.pattern"


def test_names_are_found_whatever_their_case() -> None:
    assert [*NAMES.find("member", " 王芳 ")] == [*NAMES.find("member", "王芳")]
    assert NAMES.find("member", "王") == ()
    assert NAMES.suggest("member", "王方") == ["王芳"]


def test_a_name_cut_short_is_offered_before_a_misspelt_one() -> None:
    names = ["汽贸", "新能源汽车", "汽车零部件", "火车", "机械"]
    assert nearest("汽车", names)[:2] == ["汽车零部件", "新能源汽车"]
    assert nearest("Auto", ["Auro", "Automotive parts"])[0] == "Automotive parts"
    assert nearest("al", ["Metals and alloys", "Ale"])[0] == "Ale"  # two letters are in many names


def test_an_ambiguous_or_unknown_name_says_so() -> None:
    probe = field("relation", target="customer")
    found = field_type("relation").read_cell("甲公", probe, NAMES).problems
    assert found[0].code == "reference.not_found_near"
    assert str(found[0].params["near"]).startswith("['甲公司'")
    assert field_type("relation").read_cell("qqq", probe, NAMES).problems[0].code == "reference.not_found"
