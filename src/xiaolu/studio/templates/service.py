"""Use cases of templates: look at them, install one, let roles that are there use it."""

import asyncio
from collections.abc import Mapping, Sequence

import msgspec

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.access.service.audit import record_audit
from xiaolu.kit.errors import Invalid, NotFound
from xiaolu.kit.problems import problem
from xiaolu.metadata.model.access import Grant, Role
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.packages import service as packages
from xiaolu.metadata.publishing.model import Published
from xiaolu.studio import service as studio
from xiaolu.studio.templates.library import Library, compose, read_library


async def list_templates(ctx: Context) -> tuple[Library, set[str]]:
    """Return all templates in short, and which of them are installed."""
    current = await studio.read_definitions(ctx)
    library = await asyncio.to_thread(read_library)
    return library, {each.key for each in current.definitions.apps} & set(library.summaries)


async def read_template(ctx: Context, key: str) -> Definitions:
    """Return a template with all that it holds.

    Raises:
        NotFound: there is none with this key.
    """
    require_ability(ctx, "build")
    found = await asyncio.to_thread(compose, key)
    if found is None:
        raise NotFound("template.unknown")
    return found


async def preview_template(ctx: Context, key: str) -> tuple[Definitions, bool]:
    """Return a template, and whether it is installed."""
    current = await studio.read_definitions(ctx)
    template = await read_template(ctx, key)
    return template, any(each.key == key for each in current.definitions.apps)


async def install_template(ctx: Context, key: str, rights: Mapping[str, Sequence[str]]) -> Published:
    """Install a template; ``rights`` names, for a role of it, roles of the workspace that get what that role may do.

    Raises:
        Invalid: a role is unknown.
        Conflict: what it brings clashes with what is there.
    """
    template = await read_template(ctx, key)
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
