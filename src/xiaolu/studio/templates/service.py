"""Use cases of templates: look at them, install one, let roles that are there use it."""

from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.access.service.audit import record_audit
from xiaolu.kit.errors import Invalid, NotFound
from xiaolu.kit.problems import problem
from xiaolu.metadata.model.access import Grant, Role
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.packages import service as packages
from xiaolu.metadata.packages.folder import read_package, suite_folder
from xiaolu.metadata.publishing.model import Published
from xiaolu.studio import service as studio

FOLDER = "templates"


@cache
def templates() -> Mapping[str, Definitions]:
    """Return the packages that ship with the platform by the keys of their apps: the suite first, then the templates."""
    suite = suite_folder()
    folders = [*sorted(suite.iterdir()), *sorted((suite / FOLDER).iterdir())]
    found = [read_package(each) for each in folders if each.is_dir() and any(each.glob("*.yaml"))]
    return {each.apps[0].key: each for each in found}


async def list_templates(ctx: Context) -> list[tuple[Definitions, bool]]:
    """Return each template, and whether it is installed."""
    current = await studio.read_definitions(ctx)
    installed = {each.key for each in current.definitions.apps}
    return [(each, key in installed) for key, each in templates().items()]


def read_template(ctx: Context, key: str) -> Definitions:
    """Return a template."""
    require_ability(ctx, "build")
    found = templates().get(key)
    if found is None:
        raise NotFound("template.unknown")
    return found


async def install_template(ctx: Context, key: str, rights: Mapping[str, Sequence[str]]) -> Published:
    """Install a template; ``rights`` names, for a role of it, roles of the workspace that get what that role may do.

    Raises:
        Invalid: a role is unknown.
        Conflict: what it brings clashes with what is there.
    """
    template = read_template(ctx, key)
    current = await studio.read_definitions(ctx)
    known = {each.key for each in current.definitions.roles}
    own = {each.key: each for each in template.roles}
    unknown = [each for role, others in rights.items() for each in (role, *others) if each not in known | set(own)]
    if unknown:
        raise Invalid(
            "template.unknown_role", [problem("template.unknown_role", "rights", role=each) for each in unknown]
        )
    published = await packages.install_package(ctx.uow, template, now=ctx.now, author=studio.author_of(ctx))
    await record_audit(ctx, "app.installed", subject_kind="app", subject_id=key)
    added = {other: own[role].grants for role, others in rights.items() for other in others if role in own}
    if not added:
        return published
    now = await studio.read_definitions(ctx)
    roles = tuple(_with_grants(each, added.get(each.key, ())) for each in now.definitions.roles)
    label = template.apps[0].label.text(ctx.language)
    return await studio.publish_definitions(
        ctx, msgspec.structs.replace(now.definitions, roles=roles), base_version=now.version, note=label, moves={}
    )


def _with_grants(role: Role, grants: Sequence[Grant]) -> Role:
    held = {each.entity for each in role.grants}
    return msgspec.structs.replace(role, grants=(*role.grants, *(each for each in grants if each.entity not in held)))
