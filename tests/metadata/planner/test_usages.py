"""Where is this used: every place is found, and a change says which it touches."""

from tests.metadata.planner.building import definitions, entity, field, formula, process, view, with_fields
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.access import FieldAccess, Grant, Role, Scope
from xiaolu.metadata.model.entity import FieldRule
from xiaolu.metadata.model.process import Effect, Process, Stage, Transition
from xiaolu.metadata.model.view import Condition, Measure
from xiaolu.metadata.model.workspace import App, MenuItem, Number
from xiaolu.metadata.planner.describing import describe_step, describe_touch
from xiaolu.metadata.planner.plan import plan_change
from xiaolu.metadata.planner.usages import usages
from xiaolu.metadata.validation import check_definitions

FLOW = Process(
    key="flow",
    label=Label("流程"),
    entity="lead",
    initial="new",
    stages=(
        Stage(key="new", label=Label("新"), readonly=("amount",)),
        Stage(key="won", label=Label("赢"), required=("amount",)),
    ),
    transitions=(
        Transition(
            key="win",
            label=Label("赢单"),
            source=("new",),
            target="won",
            guard="{amount} > 0",
            effects=(Effect(do="set", values={"amount": "{amount} + 1"}),),
        ),
    ),
)
EVERYWHERE = definitions(
    entity("customer", field("level", "integer")),
    entity(
        "lead",
        field(
            "amount",
            "money",
            rules=(FieldRule(check="{amount} > {customer.level}", message=Label("太小")),),
        ),
        field("customer", "relation", target="customer"),
        formula("twice", "{amount} * 2", "money"),
        field("note", visible_if="{amount} > 5", default='"约" & {amount}'),
        duplicates=(("name", "amount"),),
    ),
    processes=(FLOW,),
    views=(view("lead", columns=("amount", "customer.level"), sort=["amount"], filter=[("amount", "gt", 1)]),),
    numbers=(
        Number(
            key="sum",
            label=Label("合计"),
            entity="lead",
            measure=Measure(do="sum", field="amount"),
            filter=Condition(formula="{amount} > 3"),
        ),
    ),
    roles=(
        Role(
            key="rep",
            label=Label("销售"),
            grants=(
                Grant(entity="lead", read=Scope.FORMULA, formula="{amount} < 9", fields={"amount": FieldAccess.READ}),
            ),
        ),
    ),
    apps=(App(key="sales", label=Label("销售"), menu=(MenuItem(key="a", label=Label("全部"), view="lead_all"),)),),
)


def test_every_place_is_found() -> None:
    assert check_definitions(EVERYWHERE) == []
    found = {(each.kind, each.key, each.aspect) for each in usages(EVERYWHERE, "lead", "amount")}
    assert found == {
        ("rule", "amount", "rule"),
        ("field", "twice", "formula"),
        ("field", "note", "visible_if"),
        ("field", "note", "default"),
        ("entity", "lead", "duplicates"),
        ("process", "flow", "readonly"),
        ("process", "flow", "required"),
        ("process", "flow", "guard"),
        ("process", "flow", "effect"),
        ("view", "lead_all", "column"),
        ("view", "lead_all", "sort"),
        ("view", "lead_all", "filter"),
        ("number", "sum", "measure"),
        ("number", "sum", "filter"),
        ("role", "rep", "scope"),
        ("role", "rep", "grant"),
    }


def test_a_field_is_also_used_through_relations() -> None:
    found = {(each.kind, each.key, each.aspect) for each in usages(EVERYWHERE, "customer", "level")}
    assert found == {("rule", "amount", "rule"), ("view", "lead_all", "column")}


def test_what_narrows_a_relation_is_used_and_told() -> None:
    narrowed = field(
        "contact", "relation", label="联系人", target="contact", narrow={"field": "customer", "by": "customer"}
    )
    firm = field("customer", "relation", label="客户", target="customer")
    free = field("contact", "relation", label="联系人", target="contact")
    before = definitions(entity("customer"), entity("contact", firm), entity("lead", firm, free))
    after = with_fields(before, "lead", firm, narrowed)
    assert check_definitions(after) == []
    for owner in ("lead", "contact"):
        found = {(each.key, each.entity, each.aspect) for each in usages(after, owner, "customer")}
        assert ("contact", "lead", "narrow") in found
    (step,) = plan_change(before, after).steps
    assert describe_step(step, "zh") == "字段“联系人”（“lead”）以后只能选“客户”与“客户”相同的contact。"
    assert step.probe is not None
    assert step.probe.formula == "OR(ISBLANK({contact}), ISBLANK({customer}), {contact.customer} = {customer})"
    assert [each.kind for each in plan_change(after, before).steps] == ["relation_widened"]


def test_an_entity_is_used_by_what_points_to_it() -> None:
    found = {(each.kind, each.key, each.aspect) for each in usages(EVERYWHERE, "customer")}
    assert ("field", "customer", "target") in found
    assert ("app", "sales", "menu") in {(each.kind, each.key, each.aspect) for each in usages(EVERYWHERE, "lead")}


def test_a_plan_says_what_it_touches_in_both_languages() -> None:
    before = definitions(
        entity("lead", field("size"), formula("long", "LEN({size})")), processes=(process("lead", "a"),)
    )
    after = with_fields(before, "lead", field("size", "integer"), formula("long", "{size}"))
    touches = plan_change(before, after).touches
    assert [(each.field, each.usage.key, each.usage.aspect) for each in touches] == [("size", "long", "formula")]
    assert describe_touch(touches[0], "zh") == "字段“long”（公式）"
    assert describe_touch(touches[0], "en") == "Field “long” (formula)"
