"""Field access as an algebra: the most permissive across roles, the stricter within a role and by stage. Pure."""

from collections.abc import Mapping, Sequence

from xiaolu.metadata.model.access import FieldAccess, Grant
from xiaolu.metadata.model.entity import SYSTEM_FIELDS
from xiaolu.metadata.snapshot import EntityModel

FieldMap = dict[str, FieldAccess]
StageMap = dict[str, FieldMap]

_RANK = {FieldAccess.HIDDEN: 0, FieldAccess.READ: 1, FieldAccess.WRITE: 2}
_WRITABLE_SYSTEM_FIELDS = frozenset({"owner"})


def field_keys(model: EntityModel) -> tuple[str, ...]:
    """Return the keys of the entity's own fields and of the system fields."""
    return (*model.fields, *SYSTEM_FIELDS)


def ceiling_of(model: EntityModel) -> FieldMap:
    """Return the most that anybody gets: computed and system fields are not written, retired ones not seen."""
    ceiling = {key: FieldAccess.WRITE if key in _WRITABLE_SYSTEM_FIELDS else FieldAccess.READ for key in SYSTEM_FIELDS}
    for key, field in model.fields.items():
        ceiling[key] = FieldAccess.READ if field.type.is_computed else FieldAccess.WRITE
        if field.definition.hidden:
            ceiling[key] = FieldAccess.HIDDEN
    return ceiling


def stricter(one: FieldAccess, other: FieldAccess) -> FieldAccess:
    """Return the stricter of two."""
    return one if _RANK[one] <= _RANK[other] else other


def capped(fields: Mapping[str, FieldAccess], ceiling: Mapping[str, FieldAccess]) -> FieldMap:
    """Return ``fields`` with none above its ceiling."""
    return {key: stricter(access, ceiling[key]) for key, access in fields.items()}


def field_union(
    model: EntityModel, grants: Sequence[Grant], ceiling: Mapping[str, FieldAccess]
) -> tuple[FieldMap, StageMap]:
    """Return the most permissive access by field, and by stage where that differs; stricter holds within a grant."""
    keys = field_keys(model)
    fields = capped(_most_permissive(keys, [each.fields for each in grants]), ceiling)
    stages: StageMap = {}
    for stage in dict.fromkeys(stage for each in grants for stage in each.stages):
        in_stage = capped(_most_permissive(keys, [_in_stage(keys, each, stage) for each in grants]), ceiling)
        _keep_different(stages, stage, in_stage, fields)
    return fields, stages


def _in_stage(keys: Sequence[str], grant: Grant, stage: str) -> FieldMap:
    narrowed = grant.stages.get(stage, {})
    return {
        key: stricter(grant.fields.get(key, FieldAccess.WRITE), narrowed.get(key, FieldAccess.WRITE)) for key in keys
    }


def _most_permissive(keys: Sequence[str], maps: Sequence[Mapping[str, FieldAccess]]) -> FieldMap:
    return {key: max((each.get(key, FieldAccess.WRITE) for each in maps), key=_RANK.__getitem__) for key in keys}


def _keep_different(stages: StageMap, stage: str, in_stage: FieldMap, fields: FieldMap) -> None:
    different = {key: access for key, access in in_stage.items() if access is not fields[key]}
    if different:
        stages[stage] = different


def hidden_where(
    fields: FieldMap, stages: StageMap, *, seen: FieldMap, seen_by_stage: StageMap
) -> tuple[FieldMap, StageMap]:
    """Return ``fields`` and ``stages`` with all hidden that ``seen`` (what may be read) hides; read-only does not limit."""
    together = capped(fields, _veil(seen))
    merged: StageMap = {}
    for stage in dict.fromkeys((*stages, *seen_by_stage)):
        in_stage = capped(
            {**fields, **stages.get(stage, {})},
            _veil({**seen, **seen_by_stage.get(stage, {})}),
        )
        _keep_different(merged, stage, in_stage, together)
    return together, merged


def _veil(seen: Mapping[str, FieldAccess]) -> FieldMap:
    return {key: each if each is FieldAccess.HIDDEN else FieldAccess.WRITE for key, each in seen.items()}
