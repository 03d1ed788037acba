"""Definitions as YAML: nothing lost, nothing let through, every defect named with its line."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.metadata.fields.cases import CASES
from tests.metadata.sample import SAMPLE, sample
from tests.metadata.spoken import assert_spoken
from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import Problem
from xiaolu.metadata.canonical import canonical
from xiaolu.metadata.model.entity import Entity, Field, FieldRule
from xiaolu.metadata.model.view import Condition, View
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.yamlform import decode_definitions, encode_definitions

TEXT = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ["no", "true", "null", "~", "12", "1.5", "1e5", "0x1f", "2026-01-05", "12:30", "- a", "a: b", "# x", "多行\n文本", " x ", "'", '"', "{a}", "\n\n", "a\n b\n"]
)  # fmt: skip
LABELS = st.builds(Label, TEXT, TEXT)


def problems_of(text: str) -> list[Problem]:
    found = decode_definitions(text)
    assert isinstance(found, list)
    assert_spoken(found)
    return found


def test_the_sample_survives() -> None:
    text = encode_definitions(sample())
    assert decode_definitions(text) == sample()
    assert encode_definitions(sample()) == text


def test_it_reads_well() -> None:
    text = encode_definitions(sample())
    assert "      - {key: phone, label: 电话, type: phone}\n" in text
    assert "\\u" not in text
    assert text.startswith("format: 1\napps:\n  - key: sales\n    label: {zh: 销售, en: Sales}\n")
    assert "hidden" not in text.replace("weighted: hidden", ""), "defaults are left out"


@settings(max_examples=150)
@given(LABELS, TEXT, TEXT, st.dictionaries(TEXT, LABELS, max_size=3), st.sampled_from(sorted(CASES)))
def test_any_text_survives(label: Label, formula: str, condition: str, tips: dict[str, Label], kind: str) -> None:
    field = Field(
        key="a", label=label, type=kind, options=dict(CASES[kind].options), default=formula, help=label, tip_if=tips,
        rules=(FieldRule(check=condition, message=label),),
    )  # fmt: skip
    view = View(
        key="v",
        label=label,
        entity="e",
        filter=Condition(any_=(Condition(field="a", op="eq", value=[formula, 1, True, None, 2.5]),)),
    )
    wanted = canonical(Definitions(entities=(Entity(key="e", label=label, title="a", fields=(field,)),), views=(view,)))
    assert decode_definitions(encode_definitions(wanted)) == wanted


@pytest.mark.parametrize("kind", sorted(CASES))
def test_settings_have_one_form(kind: str) -> None:
    field = Field(key="a", label=Label("甲"), type=kind, options=dict(CASES[kind].options))
    once = canonical(Definitions(entities=(Entity(key="e", label=Label("乙"), title="a", fields=(field,)),)))
    assert canonical(once) == once
    assert msgspec.json.decode(msgspec.json.encode(once), type=Definitions) == once
    assert msgspec.json.encode(once.entities[0].fields[0].options) == msgspec.json.encode(
        msgspec.json.decode(msgspec.json.encode(once.entities[0].fields[0].options))
    )


def test_every_defect_is_named_with_path_and_line() -> None:
    text = """format: 1
entities:
  - key: lead
    lable: 线索
    title: name
    fields:
      - {key: name, label: 名称, type: text, requierd: true}
      - {key: 3, label: [1], required: yes}
      - just text
option_sets: {}
views:
  - {key: v, label: 视图, entity: lead, filter: {and: [{field: name, op: eq, valu: 1}]}}
roles:
  - key: rep
    label: 代表
    grants: [{entity: lead, read: everybody}]
"""
    found = {(".".join(map(str, each.path)), each.code, each.params["line"]) for each in problems_of(text)}
    assert found == {
        ("entities.lead.lable", "definition.unknown_key_near", 4),
        ("entities.lead.label", "definition.missing_key", 3),
        ("entities.lead.fields.name.requierd", "definition.unknown_key_near", 7),
        ("entities.lead.fields.1.label", "definition.expected_mapping", 8),
        ("entities.lead.fields.1.type", "definition.missing_key", 8),
        ("entities.lead.fields.1.required", "definition.expected_switch", 8),
        ("entities.lead.fields.2", "definition.expected_mapping", 9),
        ("option_sets", "definition.expected_list", 10),
        ("views.v.filter.and.0.valu", "definition.unknown_key_near", 12),
        ("roles.rep.grants.0.read", "definition.not_allowed", 16),
    }


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("entities: [\n", "yaml.malformed", 2),
        ("a: 1\n  b: 2", "yaml.malformed", 2),
        ("format: 1\nformat: 1", "yaml.repeated_key", 2),
        ("views: &x []\nroles: *x", "yaml.alias", 1),
        ("a: &x [*x]", "yaml.alias", 1),
        ("roles: !!python/object:os.system []", "yaml.tag", 1),
        ("[a]: 1", "yaml.bad_key", 1),
        ("\x07", "yaml.malformed", 1),
        ("entities: " + "[" * 500 + "]" * 500, "yaml.too_deep", 1),
    ],
)
def test_only_plain_yaml_is_taken(text: str, code: str, line: int) -> None:
    found = problems_of(text)
    assert code in {each.code for each in found}
    assert line in {each.params["line"] for each in found if each.code == code}


def test_an_unknown_format_is_refused() -> None:
    assert [each.code for each in problems_of("format: 2")] == ["yaml.unknown_format"]


def test_an_empty_file_defines_nothing() -> None:
    assert decode_definitions("") == Definitions()
    assert [each.code for each in problems_of("just text")] == ["definition.expected_mapping"]


def test_words_that_yaml_likes_to_change_stay() -> None:
    found = decode_definitions(
        SAMPLE.replace("label: 代表", "label: x").replace("XS{yyyy}{mm}-{seq:5}", "no").replace("新客", "2024")
    )
    assert isinstance(found, Definitions)
    assert found.numberings[0].pattern == "no"
    assert found.option_sets[0].options[0].label == Label("2024")


@settings(max_examples=200)
@given(st.text(max_size=200) | st.lists(st.sampled_from(SAMPLE.split("\n")), max_size=40).map("\n".join))
def test_junk_gives_problems(text: str) -> None:
    found = decode_definitions(text)
    assert isinstance(found, Definitions) or found
