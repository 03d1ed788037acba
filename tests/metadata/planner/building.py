"""Short ways to write definitions in tests."""

from itertools import pairwise
from typing import Any

import msgspec

from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.entity import Entity, Field
from xiaolu.metadata.model.process import Process, Stage, Transition
from xiaolu.metadata.model.view import Condition, Sort, View
from xiaolu.metadata.model.workspace import Definitions


def field(key: str, kind: str = "text", label: str = "", **settings: Any) -> Field:
    aspects = {name: settings.pop(name) for name in list(settings) if name in Field.__struct_fields__}
    return Field(
        key=key, label=Label(label or key), type=kind, options={**aspects.pop("options", {}), **settings}, **aspects
    )


def formula(key: str, text: str, result: str = "decimal", **settings: Any) -> Field:
    return field(key, "formula", options={"formula": text, "result": result}, **settings)


def entity(key: str, *fields: Field, **settings: Any) -> Entity:
    named = fields if any(each.key == "name" for each in fields) else (field("name", label="名称"), *fields)
    return Entity(key=key, label=settings.pop("label", Label(key)), title="name", fields=tuple(named), **settings)


def process(entity_key: str, *stages: str) -> Process:
    return Process(
        key=f"{entity_key}_flow",
        label=Label("流程"),
        entity=entity_key,
        stages=tuple(Stage(key=each, label=Label(each)) for each in stages),
        transitions=tuple(
            Transition(key=f"to_{after}", label=Label(f"到{after}"), source=(before,), target=after)
            for before, after in pairwise(stages)
        ),
        initial=stages[0],
    )


def view(entity_key: str, key: str = "all", **settings: Any) -> View:
    sort = tuple(Sort(field=each.lstrip("-"), descending=each.startswith("-")) for each in settings.pop("sort", ()))
    where = settings.pop("filter", None)
    condition = (
        Condition(all_=tuple(Condition(field=name, op=op, value=value) for name, op, value in where)) if where else None
    )
    return View(key=f"{entity_key}_{key}", label=Label(key), entity=entity_key, sort=sort, filter=condition, **settings)


def definitions(*entities: Entity, **settings: Any) -> Definitions:
    return Definitions(entities=entities, **settings)


def with_fields(given: Definitions, entity_key: str, *fields: Field) -> Definitions:
    """Replace the fields of an entity (its name stays)."""
    return msgspec.structs.replace(
        given,
        entities=tuple(
            msgspec.structs.replace(each, fields=(each.fields[0], *fields)) if each.key == entity_key else each
            for each in given.entities
        ),
    )
