"""Roles: what they grant exists, once for each entity."""

from xiaolu.kit.problems import problem
from xiaolu.metadata.model.access import FieldAccess, Grant, Role
from xiaolu.metadata.model.access import Scope as Reach
from xiaolu.metadata.validation.scope import Found, Scope, unknown

ABILITIES = ("build", "members", "audit", "health", "api_keys", "view_as")
EVERY_ENTITY = "*"


def check_roles(scope: Scope) -> Found:
    """Check each role."""
    for role in scope.definitions.roles:
        here = ("roles", role.key)
        for position, ability in enumerate(role.abilities):
            if ability not in ABILITIES:
                yield unknown("reference.ability", ability, dict.fromkeys(ABILITIES), *here, "abilities", position)
        entities: set[str] = set()
        for position, grant in enumerate(role.grants):
            if grant.entity in entities:
                yield problem("role.second_grant", *here, "grants", position, "entity", entity=grant.entity)
            entities.add(grant.entity)
            yield from _check_grant(scope, role, position, grant)


def _check_grant(scope: Scope, role: Role, position: int, grant: Grant) -> Found:
    here = ("roles", role.key, "grants", position)
    by_formula = Reach.FORMULA in (grant.read, grant.update, grant.delete, grant.move)
    if by_formula and grant.formula is None:
        yield problem("role.formula_missing", *here, "formula")
    if grant.formula is not None and not by_formula:
        yield problem("role.formula_unused", *here, "formula")
    if grant.entity == EVERY_ENTITY:
        for name in ("formula", "fields", "stages"):
            if getattr(grant, name):
                yield problem("role.not_for_every_entity", *here, name, key=name)
        return
    if grant.entity not in scope.entities:
        yield unknown("reference.entity", grant.entity, scope.entities, *here, "entity")
        return
    yield from _check_fields(scope, grant.entity, grant.fields, *here, "fields")
    process = scope.processes.get(grant.entity)
    stages = {each.key: each for each in process.stages} if process else {}
    for stage, fields in grant.stages.items():
        if stage not in stages:
            yield unknown("reference.stage", stage, stages, *here, "stages", stage)
        yield from _check_fields(scope, grant.entity, fields, *here, "stages", stage)


def _check_fields(scope: Scope, entity: str, fields: dict[str, FieldAccess], *path: str | int) -> Found:
    known = scope.fields(entity)
    for key in fields:
        if key not in known:
            yield unknown("reference.field", key, known, *path, key)
