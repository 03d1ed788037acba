"""What changes in entities as a whole. Pure."""

from collections.abc import Iterator
from typing import Any

from xiaolu.metadata.model.entity import Entity
from xiaolu.metadata.model.workspace import Definitions, table_of
from xiaolu.metadata.planner import field_steps
from xiaolu.metadata.planner.model import (
    BringTableBack,
    CreateIndex,
    DropIndex,
    FillField,
    FillText,
    MoveStages,
    Operation,
    Probe,
    Risk,
    Step,
)
from xiaolu.metadata.planner.pool import Pool

_ASPECTS = ("title", "icon", "rules", "duplicates", "description", "layout", "owners")


def entity_steps(before: Definitions, after: Definitions, pool: Pool) -> Iterator[Step]:
    """Return the steps that concern entities and their fields."""
    was = {each.key: each for each in before.entities}
    becomes = {each.key: each for each in after.entities}
    for key, entity in becomes.items():
        if key not in was:
            yield _created(entity, pool)
    for key, entity in becomes.items():
        if key in was:
            yield from _changed(before, after, was[key], entity, pool)
    for key, entity in was.items():
        if key not in becomes:
            probe = Probe("records", table_of(key))
            yield _step("entity_deleted", entity, pool.take(key), risk=Risk.LOSS, probe=probe)


def leftover_steps(after: Definitions, pool: Pool) -> Iterator[Step]:
    """Return steps for the operations that follow from elsewhere: indexes, values worked out anew, search words."""
    labels = {each.key: each for each in after.entities}
    for key in pool.entities():
        entity = labels[key]
        moves = pool.take(key, only=lambda each: isinstance(each, MoveStages))
        if moves:
            yield _step("stages_moved", entity, moves, risk=Risk.ROWS)
        for field in entity.fields:
            filled = pool.take(key, field.key, only=lambda each: isinstance(each, FillField))
            if filled:
                yield _step("field_recomputed", entity, filled, field=field.key, label=field.label, risk=Risk.ROWS)
        texts = pool.take(key, only=lambda each: isinstance(each, FillText))
        if texts:
            yield _step("texts_rebuilt", entity, texts, risk=Risk.ROWS)
        indexes = pool.take(key, only=lambda each: isinstance(each, (CreateIndex, DropIndex)))
        if indexes:
            yield _step("indexes_changed", entity, indexes, risk=_index_risk(indexes))
        rest = pool.take(key)
        if rest:
            yield _step("entity_adjusted", entity, rest)


def _created(entity: Entity, pool: Pool) -> Step:
    operations = pool.take(entity.key)
    is_back = any(isinstance(each, BringTableBack) for each in operations)
    return _step("entity_restored" if is_back else "entity_created", entity, operations, fields=len(entity.fields))


def _changed(before: Definitions, after: Definitions, old: Entity, new: Entity, pool: Pool) -> Iterator[Step]:
    if old.label != new.label:
        yield _step("entity_renamed", new, before=old.label)
    if old.parent != new.parent:
        probe = Probe("records", table_of(new.key))
        yield _step("entity_replaced", new, pool.take(new.key), risk=Risk.LOSS, probe=probe)
    different = [f"@planner.aspect.{name}" for name in _ASPECTS if getattr(old, name) != getattr(new, name)]
    if different:
        yield _step("entity_changed", new, what=different)
    was = {each.key: each for each in old.fields}
    for field in new.fields:
        if field.key not in was:
            yield field_steps.created(new, field, pool)
        elif field != was[field.key] or _may_narrow(before, after):
            yield from field_steps.changed(field_steps.Change(before, after, new, was[field.key], field, pool))
    left = {each.key for each in new.fields}
    for field in old.fields:
        if field.key not in left:
            yield field_steps.deleted(new, field, pool)
    order = [each.key for each in old.fields if each.key in left]
    if order != [each.key for each in new.fields if each.key in was]:
        yield _step("fields_reordered", new)


def _may_narrow(before: Definitions, after: Definitions) -> bool:
    return before.option_sets != after.option_sets


def _index_risk(operations: tuple[Operation, ...]) -> Risk:
    return Risk.LOCK if any(isinstance(each, CreateIndex) for each in operations) else Risk.NONE


def _step(kind: str, entity: Entity, operations: tuple[Operation, ...] = (), **given: Any) -> Step:
    risk = given.pop("risk", Risk.NONE)
    probe = given.pop("probe", None)
    field = given.pop("field", None)
    return Step(
        kind=kind,
        code=f"planner.{kind}",
        entity=entity.key,
        field=field,
        params={"entity": entity.label, **given},
        risk=risk,
        probe=probe,
        operations=operations,
    )
