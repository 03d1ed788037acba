"""What changes in one field, step by step. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import Param
from xiaolu.metadata.catalogue import field_choices
from xiaolu.metadata.computed import COMPUTED
from xiaolu.metadata.fields.registry import field_type
from xiaolu.metadata.model.entity import Entity, Field
from xiaolu.metadata.model.workspace import Definitions, link_table_of, table_of
from xiaolu.metadata.planner.casting import SPOKEN
from xiaolu.metadata.planner.layout import is_link
from xiaolu.metadata.planner.model import (
    AddColumn,
    BringColumnBack,
    BringTableBack,
    CastColumn,
    CreateIndex,
    DropIndex,
    FillField,
    FillNumbers,
    Operation,
    Probe,
    Risk,
    Step,
)
from xiaolu.metadata.planner.pool import Pool

_NAMED_ASPECTS = frozenset({"key", "label", "type", "options", "unique", "required", "rules"})
"""Aspects of a field that have steps of their own."""


@dataclass(frozen=True, slots=True)
class Change:
    """Two versions of a field and their surroundings."""

    before: Definitions
    after: Definitions
    entity: Entity
    old: Field
    new: Field
    pool: Pool


def created(entity: Entity, field: Field, pool: Pool) -> Step:
    """Return the step that makes a field."""
    operations = pool.take(entity.key, field.key)
    is_back = any(isinstance(each, (BringColumnBack, BringTableBack)) for each in operations)
    is_numbered = any(isinstance(each, FillNumbers) for each in operations)
    probe = Probe("empty", table_of(entity.key)) if field.required and not is_back else None
    return _step(
        "field_restored" if is_back else "field_created",
        entity,
        field,
        operations,
        type=field_type(field.type).label,
        risk=Risk.ROWS if any(isinstance(each, (FillField, FillNumbers)) for each in operations) else Risk.NONE,
        probe=Probe("unnumbered", table_of(entity.key)) if is_numbered else probe,
    )


def deleted(entity: Entity, field: Field, pool: Pool) -> Step:
    """Return the step that sets a field aside."""
    return _step(
        "field_deleted", entity, field, pool.take(entity.key, field.key), risk=Risk.LOSS, probe=_values(entity, field)
    )


def changed(change: Change) -> Iterator[Step]:
    """Return the steps that lead from one version of a field to the next."""
    entity, old, new = change.entity, change.old, change.new
    if old.label != new.label:
        yield _step("field_renamed", entity, new, before=old.label)
    if old.type != new.type or change.pool.has(entity.key, new.key, CastColumn):
        yield _retyped(change)
    elif new.type in COMPUTED and old.options != new.options and not _is_reshaped(change):
        yield _step("formula_changed", entity, new, change.pool.take(entity.key, new.key), risk=Risk.ROWS)
    elif _without_narrow(old) != _without_narrow(new):
        yield _reshaped(change)
    elif gone := _lost_options(change):
        yield _step("options_narrowed", entity, new, risk=Risk.LOSS, probe=_options(entity, new, gone))
    yield from _rules(change)
    if new.options.get("narrow") != old.options.get("narrow") and old.type == new.type:
        yield _narrowed(change)
    aspects = [name for name in Field.__struct_fields__ if name not in _NAMED_ASPECTS]
    different = [f"@planner.aspect.{name}" for name in aspects if getattr(old, name) != getattr(new, name)]
    if different:
        yield _step("field_changed", entity, new, what=different)


def _without_narrow(field: Field) -> dict[str, Any]:
    return {key: value for key, value in field.options.items() if key != "narrow"}


def _narrowed(change: Change) -> Step:
    """Return the step that says which records a relation takes from now on, with how many lead elsewhere.

    Of relations to several records nobody counts: what is there stays.
    """
    entity, new = change.entity, change.new
    narrow = new.options.get("narrow")
    target = next((each for each in change.after.entities if each.key == new.options["target"]), None)
    own, other = (entity.field(narrow["field"]), target.field(narrow["by"])) if narrow and target else (None, None)
    if own is None or other is None or target is None:
        return _step("relation_widened", entity, new)
    said: dict[str, Any] = {"target": target.label, "own": own.label, "by": other.label}
    if new.type != "relation":
        return _step("relation_narrowed", entity, new, **said)
    check = f"OR(ISBLANK({{{new.key}}}), ISBLANK({{{own.key}}}), {{{new.key}.{other.key}}} = {{{own.key}}})"
    probe = Probe("outside", table_of(entity.key), formula=check)
    return _step("relation_narrowed", entity, new, probe=probe, **said)


def _is_reshaped(change: Change) -> bool:
    return change.pool.has(change.entity.key, change.new.key, AddColumn)


def _retyped(change: Change) -> Step:
    entity, old, new = change.entity, change.old, change.new
    operations = change.pool.take(entity.key, new.key, only=lambda each: not _is_unique_index(each))
    cast = next((each for each in operations if isinstance(each, CastColumn)), None)
    types: dict[str, Any] = {"before": field_type(old.type).label, "type": field_type(new.type).label}
    if cast is not None and cast.new.choices and cast.old.kind in SPOKEN:
        probe = Probe("unmatched", table_of(entity.key), cast.old.name, using=cast.using)
        return _step("field_matched", entity, new, operations, risk=Risk.LOSS, probe=probe, **types)
    if cast is not None:
        is_numeric = all(each.type.startswith(("numeric", "integer", "bigint")) for each in (cast.old, cast.new))
        probe = Probe("cast", table_of(entity.key), cast.old.name, using=cast.using, is_numeric=is_numeric)
        return _step("field_cast", entity, new, operations, risk=Risk.LOSS, probe=probe, **types)
    if not operations:
        return _step("field_retyped", entity, new, **types)
    return _step("field_replaced", entity, new, operations, risk=Risk.LOSS, probe=_values(entity, old), **types)


def _reshaped(change: Change) -> Step:
    entity, new = change.entity, change.new
    operations = change.pool.take(entity.key, new.key, only=lambda each: not _is_unique_index(each))
    if any(not isinstance(each, (CreateIndex, DropIndex, FillField)) for each in operations):
        kind = field_type(new.type).label
        probe = _values(entity, change.old)
        return _step("field_replaced", entity, new, operations, risk=Risk.LOSS, probe=probe, before=kind, type=kind)
    gone = _lost_options(change)
    if gone:
        return _step("options_narrowed", entity, new, operations, risk=Risk.LOSS, probe=_options(entity, new, gone))
    return _step("field_changed", entity, new, operations, what=["@planner.aspect.options"])


def _rules(change: Change) -> Iterator[Step]:
    entity, old, new, pool = change.entity, change.old, change.new, change.pool
    table = table_of(entity.key)
    if new.unique and not old.unique:
        operations = pool.take(entity.key, new.key, only=_is_unique_index)
        probe = Probe("duplicates", table, new.key)
        yield _step("field_unique", entity, new, operations, risk=Risk.LOCK, probe=probe)
    elif old.unique and not new.unique:
        yield _step("field_not_unique", entity, new, pool.take(entity.key, new.key, only=_is_unique_index))
    if new.required and not old.required:
        yield _step("field_required", entity, new, risk=Risk.NONE, probe=_empty(entity, new))
    elif old.required and not new.required:
        yield _step("field_optional", entity, new)
    for rule in new.rules:
        if all(rule.check != each.check for each in old.rules):
            probe = Probe("breaks", table, formula=rule.check)
            yield _step("rule_added", entity, new, risk=Risk.NONE, probe=probe, rule=rule.message)
    if any(rule.check not in {each.check for each in new.rules} for rule in old.rules):
        yield _step("rule_deleted", entity, new)


def _is_unique_index(operation: Operation) -> bool:
    return isinstance(operation, (CreateIndex, DropIndex)) and operation.index.is_unique


def _values(entity: Entity, field: Field) -> Probe | None:
    if is_link(field):
        return Probe("records", link_table_of(entity.key, field.key))
    return Probe("values", table_of(entity.key), field.key) if _is_stored(field) else None


def _empty(entity: Entity, field: Field) -> Probe | None:
    return Probe("empty", table_of(entity.key), field.key) if _is_stored(field) else None


def _is_stored(field: Field) -> bool:
    return field_type(field.type).storage(field) is not None


def _options(entity: Entity, field: Field, gone: tuple[str, ...]) -> Probe:
    return Probe("options", table_of(entity.key), field.key, values=gone)


def _lost_options(change: Change) -> tuple[str, ...]:
    left = _option_keys(change.after, change.new)
    return tuple(each for each in _option_keys(change.before, change.old) if each not in left)


def _option_keys(definitions: Definitions, field: Field) -> dict[str, None]:
    sets = {each.key: each.options for each in definitions.option_sets}
    return {each.key: None for each in field_choices(field, sets)}


def _step(kind: str, entity: Entity, field: Field, operations: tuple[Operation, ...] = (), **given: Any) -> Step:
    risk = given.pop("risk", Risk.NONE)
    probe = given.pop("probe", None)
    params: Mapping[str, Param | Label] = {"entity": entity.label, "label": field.label, **given}
    return Step(
        kind=kind,
        code=f"planner.{kind}",
        entity=entity.key,
        field=field.key,
        params=params,
        risk=risk,
        probe=probe,
        operations=operations,
    )
