"""Three-way merge: one side's change is taken, both sides' different changes are a disagreement."""

from typing import Any

import msgspec
from hypothesis import given, settings

from tests.metadata.planner.building import definitions, entity, field, view
from tests.metadata.planner.random_definitions import workspaces
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.access import Grant, Role, Scope
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.packages.merging import merge_package
from xiaolu.metadata.packages.model import ABSENT

SHIPPED = definitions(
    entity("lead", field("amount", "money", label="金额"), field("city", label="城市")), views=(view("lead"),)
)


def _lead(given_: Definitions, **changes: Any) -> Definitions:
    """Change fields of the lead: ``amount={...}`` replaces aspects, ``amount=None`` deletes."""
    lead = given_.entities[0]
    fields = []
    for each in lead.fields:
        change = changes.pop(each.key, {})
        if change is not None:
            fields.append(msgspec.structs.replace(each, **change))
    fields.extend(field(key, **settings_) for key, settings_ in changes.items())
    return msgspec.structs.replace(given_, entities=(msgspec.structs.replace(lead, fields=tuple(fields)),))


def _keys(given_: Definitions) -> list[str]:
    return [each.key for each in given_.entities[0].fields]


@settings(max_examples=60, deadline=None)
@given(workspaces(), workspaces())
def test_a_package_that_did_not_change_leaves_you_alone(shipped: Definitions, yours: Definitions) -> None:
    merged = merge_package(shipped, shipped, yours, {})
    assert (merged.definitions, merged.disagreements) == (yours, ())


@settings(max_examples=60, deadline=None)
@given(workspaces(), workspaces())
def test_who_changed_nothing_gets_what_is_shipped(then: Definitions, now: Definitions) -> None:
    merged = merge_package(then, now, then, {})
    assert (merged.definitions, merged.disagreements) == (now, ())


@settings(max_examples=60, deadline=None)
@given(workspaces())
def test_a_first_installation_brings_everything(package: Definitions) -> None:
    assert merge_package(None, package, definitions(), {}).definitions == package


@settings(max_examples=60, deadline=None)
@given(workspaces(), workspaces(), workspaces())
def test_resolutions_settle_every_disagreement(then: Definitions, now: Definitions, yours: Definitions) -> None:
    open_ = merge_package(then, now, yours, {}).disagreements
    settled = merge_package(then, now, yours, {each.place: "theirs" for each in open_})
    assert (settled.disagreements, settled.unknown) == ((), ())


def test_different_changes_of_different_settings_go_together() -> None:
    now = _lead(SHIPPED, amount={"required": True}, phone={})
    yours = _lead(SHIPPED, amount={"label": Label("预计金额")}, wechat={})
    merged = merge_package(SHIPPED, now, yours, {})
    amount = merged.definitions.entities[0].field("amount")
    assert amount is not None
    assert (amount.required, amount.label.zh, merged.disagreements) == (True, "预计金额", ())
    assert set(_keys(merged.definitions)) == {"name", "amount", "city", "phone", "wechat"}


def test_the_same_setting_changed_twice_is_shown_with_all_three_sides() -> None:
    now = _lead(SHIPPED, amount={"label": Label("合同金额")})
    yours = _lead(SHIPPED, amount={"label": Label("预计金额")})
    found = merge_package(SHIPPED, now, yours, {}).disagreements
    assert [each.place for each in found] == ["entities/lead/fields/amount/label/zh"]
    assert (found[0].shipped_then, found[0].shipped_now, found[0].yours) == ("金额", "合同金额", "预计金额")
    mine = merge_package(SHIPPED, now, yours, {found[0].place: "mine"})
    theirs = merge_package(SHIPPED, now, yours, {found[0].place: "theirs"})
    labels = [each.definitions.entities[0].fields[1].label.zh for each in (mine, theirs)]
    assert labels == ["预计金额", "合同金额"]


def test_what_you_deleted_stays_deleted_unless_the_package_changed_it() -> None:
    yours = _lead(SHIPPED, city=None)
    assert "city" not in _keys(merge_package(SHIPPED, _lead(SHIPPED, phone={}), yours, {}).definitions)
    found = merge_package(SHIPPED, _lead(SHIPPED, city={"required": True}), yours, {}).disagreements
    assert [(each.place, each.yours) for each in found] == [("entities/lead/fields/city", ABSENT)]


def test_what_the_package_dropped_goes_unless_you_changed_it() -> None:
    now = _lead(SHIPPED, city=None)
    assert "city" not in _keys(merge_package(SHIPPED, now, SHIPPED, {}).definitions)
    found = merge_package(SHIPPED, now, _lead(SHIPPED, city={"required": True}), {}).disagreements
    assert [(each.place, each.shipped_now) for each in found] == [("entities/lead/fields/city", ABSENT)]


def test_two_apps_add_grants_to_one_role() -> None:
    def role(entity_key: str) -> Role:
        return Role(key="rep", label=Label("销售"), grants=(Grant(entity=entity_key, read=Scope.OWN),))

    merged = merge_package(None, definitions(roles=(role("lead"),)), definitions(roles=(role("order"),)), {})
    assert merged.disagreements == ()
    assert {each.entity for each in merged.definitions.roles[0].grants} == {"lead", "order"}


def test_a_new_field_stands_where_the_package_put_it() -> None:
    now = msgspec.structs.replace(
        SHIPPED,
        entities=(entity("lead", field("name", label="名称"), field("first"), *SHIPPED.entities[0].fields[1:]),),
    )
    merged = merge_package(SHIPPED, now, _lead(SHIPPED, mine={}), {})
    assert _keys(merged.definitions) == ["name", "first", "amount", "city", "mine"]


def test_your_order_is_kept() -> None:
    name, amount, city = SHIPPED.entities[0].fields
    yours = msgspec.structs.replace(SHIPPED, entities=(entity("lead", name, city, amount),))
    merged = merge_package(SHIPPED, _lead(SHIPPED, phone={}), yours, {})
    assert _keys(merged.definitions) == ["name", "city", "phone", "amount"]


def test_a_resolution_of_nothing_is_told() -> None:
    assert merge_package(SHIPPED, SHIPPED, SHIPPED, {"entities/deal": "mine"}).unknown == ("entities/deal",)
