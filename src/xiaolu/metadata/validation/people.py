"""Who is meant: steps of an escalation, receivers of tasks and notices."""

from xiaolu.kit.problems import problem
from xiaolu.metadata.validation.scope import BUILT_IN_ROLES, Found, Scope, unknown

LINE = ("supervisor", "region", "head")
ROLE_PREFIX = "role:"


def check_step(scope: Scope, entity: str, step: str, *path: str | int, may_be_field: bool) -> Found:
    """Check one receiver: the owner, somebody up the line, ``role:<key>``, or (where allowed) a member field."""
    if step in LINE or (may_be_field and step == "owner"):
        return
    if step.startswith(ROLE_PREFIX):
        role = step.removeprefix(ROLE_PREFIX)
        if role not in scope.roles and role not in BUILT_IN_ROLES:
            yield unknown("reference.role", role, scope.roles, *path)
        return
    if may_be_field and scope.is_member_field(entity, step):
        return
    allowed = [*(("owner",) if may_be_field else ()), *LINE, f"{ROLE_PREFIX}…"]
    if may_be_field:
        allowed += [key for key in scope.fields(entity) if scope.is_member_field(entity, key)]
    yield problem("definition.not_allowed", *path, value=step, allowed=allowed)
