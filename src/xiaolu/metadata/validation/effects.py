"""Effects of transitions: each has what its kind needs, and names what exists."""

from xiaolu.kit.problems import problem
from xiaolu.metadata.model.process import Effect
from xiaolu.metadata.validation.people import check_step
from xiaolu.metadata.validation.scope import BUILT_IN_ROLES, Found, Scope, unknown

EFFECTS = ("task", "freeze", "lock_window", "notify", "set")
_NEEDS = {
    "task": ("title",),
    "freeze": ("hours",),
    "lock_window": ("hours",),
    "notify": ("to",),
    "set": ("values",),
}
_NEVER_SET = frozenset(
    {
        "id",
        "version",
        "created_at",
        "created_by",
        "updated_at",
        "updated_by",
        "deleted_at",
        "stage",
        "stage_since",
        "frozen_until",
    }
)


def check_effect(scope: Scope, entity: str, effect: Effect, *path: str | int) -> Found:
    """Check one effect."""
    if effect.do not in EFFECTS:
        yield problem("definition.not_allowed", *path, "do", value=effect.do, allowed=list(EFFECTS))
        return
    for name in _NEEDS[effect.do]:
        if not getattr(effect, name):
            yield problem("effect.needs", *path, name, do=effect.do, key=name)
    if effect.do == "task" and effect.role is None and effect.to is None:
        yield problem("effect.needs", *path, "to", do=effect.do, key="to")
    if effect.hours is not None and not 0 < effect.hours <= 100_000:
        yield problem("options.out_of_range", *path, "hours", minimum=0, maximum=100_000)
    if effect.calendar not in ("calendar", "working"):
        yield problem(
            "definition.not_allowed", *path, "calendar", value=effect.calendar, allowed=["calendar", "working"]
        )
    if effect.role is not None and effect.role not in scope.roles and effect.role not in BUILT_IN_ROLES:
        yield unknown("reference.role", effect.role, scope.roles, *path, "role")
    if effect.to is not None:
        yield from check_step(scope, entity, effect.to, *path, "to", may_be_field=True)
    if effect.into is not None:
        yield from _check_into(scope, entity, effect.into, *path, "into")
    yield from _check_values(scope, entity, effect, *path, "values")


def _check_into(scope: Scope, entity: str, key: str, *path: str | int) -> Found:
    fields = scope.fields(entity)
    if key not in fields:
        yield unknown("reference.field", key, fields, *path)
    elif not scope.is_member_field(entity, key):
        yield problem("effect.not_a_member", *path, key=key)


def _check_values(scope: Scope, entity: str, effect: Effect, *path: str | int) -> Found:
    fields = scope.fields(entity)
    for key in effect.values:
        field = fields.get(key)
        if field is None:
            yield unknown("reference.field", key, fields, *path, key)
            continue
        kind = scope.sound_type(field)
        if key in _NEVER_SET or (kind is not None and (kind.is_computed or kind.storage(field) is None)):
            yield problem("effect.cannot_set", *path, key, key=key)
