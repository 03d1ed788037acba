"""Applying the difference of two layouts to the first gives the second."""

from hypothesis import given, settings

from tests.metadata.planner.applying import apply_operations
from tests.metadata.planner.building import definitions, entity, field, view
from tests.metadata.planner.random_definitions import workspaces
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.planner.difference import Surroundings, compare
from xiaolu.metadata.planner.layout import layout
from xiaolu.metadata.planner.model import CastColumn, CreateIndex, SetColumnAside
from xiaolu.metadata.planner.plan import plan_change
from xiaolu.metadata.validation import check_definitions


@settings(max_examples=200, deadline=None)
@given(workspaces(), workspaces())
def test_applying_the_difference_gives_what_is_wanted(before: Definitions, after: Definitions) -> None:
    assert check_definitions(before) == []
    plan = plan_change(before, after)
    assert apply_operations(layout(before), plan.operations) == layout(after)
    spoken_of = [operation for step in plan.steps for operation in step.operations]
    assert len(spoken_of) == len(plan.operations)
    assert all(operation in plan.operations for operation in spoken_of)


@settings(max_examples=50, deadline=None)
@given(workspaces())
def test_nothing_changes_between_equal_definitions(same: Definitions) -> None:
    plan = plan_change(same, same)
    assert plan.steps == ()
    assert plan.operations == ()
    assert compare(layout(same), layout(same), Surroundings(1)) == []


def test_a_new_label_touches_no_table() -> None:
    before = definitions(entity("lead", field("amount", "money", label="金额")))
    after = definitions(entity("lead", field("amount", "money", label="预计金额")))
    plan = plan_change(before, after)
    assert [step.kind for step in plan.steps] == ["field_renamed"]
    assert plan.operations == ()


def test_another_type_is_a_cast_where_values_can_be_kept() -> None:
    before = definitions(entity("lead", field("size", "text")))
    plan = plan_change(before, definitions(entity("lead", field("size", "integer"))))
    cast = next(each for each in plan.operations if isinstance(each, CastColumn))
    assert (cast.old.type, cast.new.type, cast.aside) == ("text", "bigint", "_1_size")
    assert [step.kind for step in plan.steps] == ["field_cast"]


def test_a_type_that_keeps_nothing_starts_empty_and_says_so() -> None:
    before = definitions(entity("lead", field("place", "location")))
    plan = plan_change(before, definitions(entity("lead", field("place", "date"))))
    assert [step.kind for step in plan.steps] == ["field_replaced"]
    assert any(isinstance(each, SetColumnAside) for each in plan.operations)


def test_views_bring_the_indexes_that_they_need() -> None:
    plain = definitions(entity("lead", field("amount", "money"), field("city", "text")))
    plan = plan_change(
        plain,
        definitions(*plain.entities, views=(view("lead", sort=["-amount"], filter=[("city", "eq", "宁波")]),)),
    )
    keys = [each.index.keys for each in plan.operations if isinstance(each, CreateIndex)]
    assert ('"amount" DESC NULLS LAST', '"id" DESC') in keys
    assert ('"city"',) in keys


def test_names_fit_into_postgresql_and_tell_tables_apart() -> None:
    long = "a" * 40
    tables = layout(
        definitions(
            entity("a_b", field("c", "many_to_many", target="a_b")),
            entity("a", field("b_c", "many_to_many", target="a")),
            entity(long, field(long, "many_to_many", target=long), field("b" * 40, unique=True)),
        )
    ).tables
    assert len(tables) == 6
    names = [*tables, *(index for table in tables.values() for index in table.indexes)]
    assert len(set(names)) == len(names)
    assert max(len(each) for each in names) <= 56
