"""What formulas see of the entities."""

import msgspec

from tests.metadata.sample import SAMPLE, sample
from xiaolu.formula.types import FieldRef, ValueType
from xiaolu.kit.i18n import Label
from xiaolu.metadata.catalogue import build_catalogue
from xiaolu.metadata.fields.system import SYSTEM_FIELD_MODELS
from xiaolu.metadata.model.entity import SYSTEM_FIELDS, Field
from xiaolu.metadata.model.workspace import Definitions, link_table_of
from xiaolu.metadata.snapshot import Snapshot
from xiaolu.metadata.yamlform import decode_definitions


def refs(entity: str, definitions: Definitions | None = None) -> dict[str, FieldRef]:
    found = build_catalogue(definitions or sample()).entity(entity)
    assert found is not None
    return {each.key: each for each in found.fields}


def test_fields_have_their_types_and_scales() -> None:
    lead = refs("lead")
    assert (lead["amount"].type, lead["amount"].scale, lead["amount"].column) == (ValueType.NUMBER, 2, "amount")
    assert lead["rate"].scale == 4
    assert lead["customer"].target == "customer"
    assert lead["grade"].choices == (("new", "新客"), ("old", "老客"), ("gone", "流失"))
    assert lead["stage"].choices == (("won_over", "线索获取"), ("understood", "需求确认"), ("lost", "丢单"))
    assert lead["helpers"].type == ValueType.RECORD_LIST
    assert "site" not in lead, "formulas cannot use places"
    assert "id" not in lead
    assert lead["papers"].target is None


def test_collections_lead_both_ways() -> None:
    lead, customer = refs("lead"), refs("customer")
    assert (lead["lines"].target, lead["lines"].link_column, lead["lines"].order_column) == (
        "lead_line",
        "parent_id",
        "position",
    )
    pairs = link_table_of("lead", "partners")
    assert (lead["partners"].link_table, lead["partners"].link_column) == (pairs, "source")
    assert customer["lead"].link_column == "customer"
    assert customer["lead"].is_children
    assert (customer["lead__partners"].link_table, customer["lead__partners"].link_column) == (pairs, "target")
    assert customer["lead__partners"].label == "线索（伙伴）"
    assert "lead__customer" in customer["lead"].aliases
    assert refs("lead_line")["parent"].target == "lead"


def test_a_second_relation_does_not_rename_the_first() -> None:
    definitions = decode_definitions(
        SAMPLE.replace(
            "- {key: adviser",
            "- {key: payer, label: 付款方, type: relation, options: {target: customer, reverse: 代付线索}}\n      - {key: adviser",
        )
    )
    assert isinstance(definitions, Definitions)
    customer = refs("customer", definitions)
    assert customer["lead"].link_column == "customer"
    assert (customer["lead__payer"].label, customer["lead__payer"].link_column) == ("代付线索", "payer")


def test_people_are_entities_too() -> None:
    assert refs("member")["department"].target == "department"
    assert refs("department")["manager"].target == "member"


def test_unsound_fields_are_left_out() -> None:
    broken = sample()
    lead = broken.entities[1]
    fields = (
        *lead.fields,
        Field(key="x", label=Label("坏"), type="nonsense"),
        Field(key="y", label=Label("坏2"), type="relation"),
    )
    entities = (broken.entities[0], msgspec.structs.replace(lead, fields=fields))
    assert {"x", "y"}.isdisjoint(refs("lead", msgspec.structs.replace(broken, entities=entities)))


def test_system_columns_are_fields() -> None:
    assert tuple(SYSTEM_FIELD_MODELS) == SYSTEM_FIELDS
    lead = Snapshot(1, sample()).entities["lead"]
    stage = lead.find("stage")
    assert stage is not None
    assert stage.type.check_definition(stage.definition) == []
    assert lead.find("owner") is SYSTEM_FIELD_MODELS["owner"]
    assert lead.find("nothing") is None
