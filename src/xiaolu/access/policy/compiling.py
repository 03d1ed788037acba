"""What a set of roles may do with an entity, worked out once per version of the definitions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

import msgspec

from xiaolu.access.model import ADMIN_ROLE, Operation, Reason
from xiaolu.access.policy.fields import capped, ceiling_of, field_keys, field_union, hidden_where
from xiaolu.access.policy.sources import hidden_by_source
from xiaolu.formula import Compiled, compile_formula
from xiaolu.formula.types import ValueType
from xiaolu.metadata.model.access import FieldAccess, Grant, Role, Scope
from xiaolu.metadata.snapshot import EntityModel, Snapshot

_OF_THE_PARENT = {
    Operation.READ: Operation.READ,
    Operation.CREATE: Operation.UPDATE,
    Operation.UPDATE: Operation.UPDATE,
    Operation.DELETE: Operation.UPDATE,
    Operation.MOVE: Operation.UPDATE,
    Operation.IMPORT: Operation.IMPORT,
    Operation.EXPORT: Operation.EXPORT,
}
"""Rows of a sub-table are part of the record that they belong to."""
_SHARED_BY = {Operation.READ: "read", Operation.EXPORT: "read", Operation.UPDATE: "update"}
_LIMITED_BY_READ = frozenset({Operation.UPDATE, Operation.DELETE, Operation.MOVE, Operation.EXPORT})
"""What one may not see, one may not change, remove or carry away either."""


@dataclass(frozen=True, slots=True)
class Reach:
    """One role's scope for an operation."""

    role: str
    scope: Scope
    formula: Compiled | None = None

    def covers(self, other: "Reach") -> bool:
        """Tell whether each record that ``other`` reaches is surely reached by this one too."""
        if self.scope is Scope.ALL:
            return True
        if self.scope is Scope.FORMULA or other.scope is Scope.FORMULA:
            return self.scope is other.scope and self.formula == other.formula
        return _WIDTH[self.scope] >= _WIDTH[other.scope]


_WIDTH = {Scope.NONE: 0, Scope.OWN: 1, Scope.DEPARTMENT: 2, Scope.DEPARTMENT_TREE: 3, Scope.ALL: 4}


@dataclass(frozen=True, slots=True)
class Policy:
    """What a set of roles may do with an entity; actor and instant are still to be bound."""

    entity: str
    operation: Operation
    allowed: bool
    reaches: tuple[Reach, ...]
    limits: tuple[Reach, ...]
    """Where not empty, a record must also be within one of these (what the roles may read)."""
    shared: str | None
    """Which shares widen the reach: ``read``, ``update`` or none."""
    fields: Mapping[str, FieldAccess]
    stages: Mapping[str, Mapping[str, FieldAccess]]
    reasons: tuple[Reason, ...]
    parent: "Policy | None" = None
    """For a sub-table: the policy of the entity that its rows belong to, which alone says which rows are reached."""

    @property
    def is_lasting(self) -> bool:
        """Tell whether a decision stays the same as time goes by: formulas may look at the clock."""
        if self.parent is not None:
            return self.parent.is_lasting
        return all(each.scope is not Scope.FORMULA for each in (*self.reaches, *self.limits))


_policies: WeakKeyDictionary[Snapshot, dict[tuple[bool, tuple[str, ...], str, Operation], Policy]] = WeakKeyDictionary()


def policy_of(
    snapshot: Snapshot, roles: tuple[str, ...], entity: str, operation: Operation, *, is_system: bool
) -> Policy:
    """Return the policy of these roles, from the cache of the snapshot where it was asked for before."""
    policies = _policies.get(snapshot)
    if policies is None:
        policies = _policies.setdefault(snapshot, {})
    key = (is_system, roles, entity, operation)
    found = policies.get(key)
    if found is None:
        found = policies[key] = _compile(snapshot, roles, entity, operation, is_system=is_system)
    return found


def _compile(
    snapshot: Snapshot, roles: tuple[str, ...], entity: str, operation: Operation, *, is_system: bool
) -> Policy:
    model = snapshot.entities.get(entity)
    if model is None:
        return _denied(entity, operation, ())
    if is_system or ADMIN_ROLE in roles:
        return _unlimited(model, operation, is_system=is_system)
    if model.definition.parent is not None:
        policy = _child_policy(snapshot, roles, model, operation)
    else:
        policy = _policy_of_grants(snapshot, model, operation, _grants(snapshot, roles, entity))
    hidden = hidden_by_source(snapshot, model, lambda other: _readable_fields(snapshot, roles, other))
    return replace(policy, fields={**policy.fields, **dict.fromkeys(hidden, FieldAccess.HIDDEN)}) if hidden else policy


def _readable_fields(snapshot: Snapshot, roles: tuple[str, ...], entity: str) -> Mapping[str, FieldAccess] | None:
    """Return what may be read of an entity's own fields in some stage at least; None where nothing may."""
    model = snapshot.entities[entity]
    if model.definition.parent is not None:
        policy = _child_policy(snapshot, roles, model, Operation.READ)
        return policy.fields if policy.allowed else None
    readable = [grant for _, grant in _grants(snapshot, roles, entity) if grant.read is not Scope.NONE]
    return field_union(model, readable, ceiling_of(model))[0] if readable else None


def _grants(snapshot: Snapshot, roles: Iterable[str], entity: str) -> list[tuple[Role, Grant]]:
    held = (snapshot.roles[each] for each in dict.fromkeys(roles) if each in snapshot.roles)
    found = [(role, grant) for role in held if (grant := _grant_of(role, entity)) is not None]
    kept = snapshot.entities[entity].versions.kept
    return [(role, _with_former(snapshot.entities[entity], role, grant)) for role, grant in found] if kept else found


def _grant_of(role: Role, entity: str) -> Grant | None:
    named = next((each for each in role.grants if each.entity == entity), None)
    return named or next((each for each in role.grants if each.entity == "*"), None)


def _with_former(model: EntityModel, role: Role, grant: Grant) -> Grant:
    """Return the grant with what the role could do in stages that only former versions of the process have."""
    former = {each.key for each in model.versions.former_stages}
    known = {
        stage: fields
        for version in reversed(model.versions.kept)
        for stage, fields in version.access.get(role.key, {}).items()
        if stage in former
    }
    held = {
        stage: {key: access for key, access in fields.items() if key in field_keys(model)}
        for stage, fields in known.items()
    }
    return msgspec.structs.replace(grant, stages={**held, **grant.stages}) if held else grant


def _denied(entity: str, operation: Operation, fields: Iterable[str]) -> Policy:
    return Policy(
        entity=entity,
        operation=operation,
        allowed=False,
        reaches=(),
        limits=(),
        shared=None,
        fields=dict.fromkeys(fields, FieldAccess.HIDDEN),
        stages={},
        reasons=(Reason("access.no_grant", detail=operation.value),),
    )


def _unlimited(model: EntityModel, operation: Operation, *, is_system: bool) -> Policy:
    fields = dict.fromkeys(field_keys(model), FieldAccess.WRITE)
    return Policy(
        entity=model.key,
        operation=operation,
        allowed=True,
        reaches=(Reach(ADMIN_ROLE, Scope.ALL),),
        limits=(),
        shared=None,
        fields=fields if is_system else capped(fields, ceiling_of(model)),
        stages={},
        reasons=(Reason("access.granted", role=ADMIN_ROLE, detail=Scope.ALL.value),),
    )


def _policy_of_grants(
    snapshot: Snapshot, model: EntityModel, operation: Operation, grants: list[tuple[Role, Grant]]
) -> Policy:
    granting = [(role, grant) for role, grant in grants if _scope(grant, operation) is not Scope.NONE]
    if not granting:
        return _denied(model.key, operation, field_keys(model))
    reaches = tuple(_reach(snapshot, model, role, grant, operation) for role, grant in granting)
    readable = [(role, grant) for role, grant in grants if grant.read is not Scope.NONE]
    ceiling = ceiling_of(model)
    limits: tuple[Reach, ...] = ()
    if operation in _LIMITED_BY_READ:
        if not readable:
            return _denied(model.key, operation, field_keys(model))
        limits = _limits(reaches, tuple(_reach(snapshot, model, *each, Operation.READ) for each in readable))
    fields, stages = field_union(model, [grant for _, grant in granting], ceiling)
    if operation in _LIMITED_BY_READ:
        seen, seen_by_stage = field_union(model, [grant for _, grant in readable], ceiling)
        fields, stages = hidden_where(fields, stages, seen=seen, seen_by_stage=seen_by_stage)
    return Policy(
        entity=model.key,
        operation=operation,
        allowed=True,
        reaches=_without_covered(reaches),
        limits=limits,
        shared=_SHARED_BY.get(operation),
        fields=fields,
        stages=stages,
        reasons=tuple(Reason("access.granted", role=each.role, detail=each.scope.value) for each in reaches),
    )


def _child_policy(snapshot: Snapshot, roles: tuple[str, ...], model: EntityModel, operation: Operation) -> Policy:
    """Return the policy of a sub-table's rows: reached with their parent, fields capped by the parent's field."""
    parent_key = model.definition.parent or ""
    parent = policy_of(snapshot, roles, parent_key, _OF_THE_PARENT[operation], is_system=False)
    holder = _holding_field(snapshot.entities.get(parent_key), model.key)
    if not parent.allowed or (holder is not None and parent.fields[holder] is FieldAccess.HIDDEN):
        return _denied(model.key, operation, field_keys(model))
    cap = FieldAccess.WRITE if holder is None else parent.fields[holder]
    own = {role.key: each for role, each in _grants(snapshot, roles, model.key) if each.entity == model.key}
    granting = [
        own.get(role.key, Grant(entity=model.key))
        for role, grant in _grants(snapshot, roles, parent_key)
        if _scope(grant, parent.operation) is not Scope.NONE
    ]
    fields, _ = field_union(
        model, granting or [Grant(entity=model.key)], capped(ceiling_of(model), dict.fromkeys(field_keys(model), cap))
    )
    stages = {
        stage: capped(fields, dict.fromkeys(fields, access[holder]))
        for stage, access in parent.stages.items()
        if holder is not None and holder in access
    }
    return Policy(
        entity=model.key,
        operation=operation,
        allowed=True,
        reaches=(),
        limits=(),
        shared=None,
        fields=fields,
        stages=stages,
        reasons=parent.reasons,
        parent=parent,
    )


def _holding_field(parent: EntityModel | None, child: str) -> str | None:
    if parent is None:
        return None
    for key, field in parent.fields.items():
        if field.storage is None and field.type.target(field.definition) == child:
            return key
    return None


def _scope(grant: Grant, operation: Operation) -> Scope:
    """Return the scope of an operation; permissions without one reach everything, export what may be read."""
    if operation is Operation.CREATE:
        return Scope.ALL if grant.create else Scope.NONE
    if operation is Operation.IMPORT:
        return Scope.ALL if grant.import_ else Scope.NONE
    if operation is Operation.EXPORT:
        return grant.read if grant.export else Scope.NONE
    return {
        Operation.READ: grant.read,
        Operation.UPDATE: grant.update,
        Operation.DELETE: grant.delete,
        Operation.MOVE: grant.move,
    }[operation]


def _reach(snapshot: Snapshot, model: EntityModel, role: Role, grant: Grant, operation: Operation) -> Reach:
    scope = _scope(grant, operation)
    if scope is not Scope.FORMULA:
        return Reach(role.key, scope)
    compiled = compile_formula(
        grant.formula or "", entity=model.key, catalogue=snapshot.catalogue, expected=ValueType.BOOL
    )
    return Reach(role.key, scope, compiled if isinstance(compiled, Compiled) else None)


def _without_covered(reaches: tuple[Reach, ...]) -> tuple[Reach, ...]:
    kept: list[Reach] = []
    for each in sorted(reaches, key=lambda reach: -_WIDTH.get(reach.scope, 0)):
        if not any(other.covers(each) for other in kept):
            kept.append(each)
    return tuple(kept)


def _limits(reaches: tuple[Reach, ...], readable: tuple[Reach, ...]) -> tuple[Reach, ...]:
    if all(any(wide.covers(each) for wide in readable) for each in reaches):
        return ()
    return _without_covered(readable)
