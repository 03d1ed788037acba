"""Random definitions that hang together."""

from hypothesis import strategies as st

from tests.metadata.planner.building import definitions, entity, field, formula, process, view
from xiaolu.metadata.model.entity import Entity, Field
from xiaolu.metadata.model.view import View
from xiaolu.metadata.model.workspace import Definitions

ENTITIES = ("alpha", "beta", "gamma")
OPTIONS = [{"key": "a", "label": {"zh": "甲"}}, {"key": "b", "label": {"zh": "乙"}}]

_PLAIN: tuple[Field, ...] = (
    field("x", "text"),
    field("x", "long_text"),
    field("x", "integer"),
    field("x", "decimal", scale=2),
    field("x", "decimal", scale=4),
    field("x", "money"),
    field("x", "date"),
    field("x", "switch"),
    field("x", "single_select", options={"options": OPTIONS}),
    field("x", "multi_select", options={"options": OPTIONS}),
    field("x", "user"),
    field("x", "department"),
    field("x", "email"),
    field("x", "keyword_list"),
    field("x", "image"),
)


@st.composite
def workspaces(draw: st.DrawFn) -> Definitions:
    """A few entities with a few fields, some related, some computed, some with a process and views."""
    keys = draw(st.lists(st.sampled_from(ENTITIES), unique=True, max_size=3))
    entities = tuple(_entity(draw, key, keys) for key in keys)
    flows = tuple(process(key, "new", "won") for key in keys if draw(st.booleans()))
    views = tuple(_view(draw, each) for each in entities if draw(st.booleans()))
    return definitions(*entities, processes=flows, views=views)


def _entity(draw: st.DrawFn, key: str, keys: list[str]) -> Entity:
    chosen = draw(st.lists(st.sampled_from(["f1", "f2", "f3", "f4"]), unique=True, max_size=4))
    fields = [_field(draw, each, keys) for each in chosen]
    numbers = [each.key for each in fields if each.type in ("integer", "decimal", "money")]
    has_formula: bool = draw(st.booleans())
    if numbers and has_formula:
        fields.append(formula("computed", f"{{{draw(st.sampled_from(numbers))}}} * 2"))
    is_unique: bool = draw(st.booleans())
    return entity(key, field("name", label="名称", unique=is_unique), *fields)


def _field(draw: st.DrawFn, name: str, keys: list[str]) -> Field:
    pattern = draw(st.sampled_from(_PLAIN))
    kind = draw(st.sampled_from(["plain", "plain", "plain", "relation", "many_to_many"]))
    if kind != "plain":
        return field(name, kind, target=draw(st.sampled_from(keys)))
    return field(name, pattern.type, options=pattern.options, searchable=pattern.type == "text" and draw(st.booleans()))


def _view(draw: st.DrawFn, each: Entity) -> View:
    sortable = [one.key for one in each.fields if one.type in ("text", "integer", "decimal", "money", "date")]
    chosen = draw(st.sampled_from(sortable))
    return view(each.key, sort=[draw(st.sampled_from(["", "-"])) + chosen], filter=[(chosen, "not_empty", None)])
