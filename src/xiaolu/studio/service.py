"""Use cases of those who build: every one demands the ability ``build``, and every change leaves an entry in the audit log."""

from collections.abc import Mapping
from typing import Any

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.access.service.audit import record_audit
from xiaolu.kit.errors import Conflict, Invalid
from xiaolu.kit.i18n import LANGUAGES
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.decoding import decode
from xiaolu.metadata.model.running import RunningChoice
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.packages import service as packages
from xiaolu.metadata.packages.model import Resolutions
from xiaolu.metadata.packages.service import Preview
from xiaolu.metadata.planner.describing import describe_step
from xiaolu.metadata.planner.model import Plan
from xiaolu.metadata.publishing import finishing, service
from xiaolu.metadata.publishing.model import (
    Approval,
    Author,
    Current,
    Publication,
    Published,
    RecordChoices,
    VersionInfo,
)
from xiaolu.metadata.publishing.progress import Work, read_work
from xiaolu.metadata.publishing.store.versions import read_current, read_current_version
from xiaolu.metadata.yamlform import decode_definitions, encode_definitions

MOST_TOLD = 50
"""More steps than this are not repeated in the audit log."""

Moves = Mapping[str, Mapping[str, str]]
Running = Mapping[str, RunningChoice]
"""Process → what the records that run in it do."""


def read_wanted(definitions: Mapping[str, Any] | None, yaml: str | None) -> Definitions | list[Problem]:
    """Read definitions from JSON or YAML, whichever was given, or return what is wrong with their form."""
    if (definitions is None) == (yaml is None):
        return [problem("studio.one_form")]
    if yaml is not None:
        return decode_definitions(yaml)
    found, problems = decode(definitions, Definitions, ("definitions",))
    return problems if found is None else found


async def refuse_if_stale(ctx: Context) -> None:
    """Refuse to go on with definitions that were replaced a moment ago: the edge reloads them and asks again."""
    if await read_current_version(ctx.uow) != ctx.snapshot.version:
        raise Conflict("definitions.changed")


async def plan_definitions(
    ctx: Context, wanted: Definitions, moves: Moves, running: Running | None = None
) -> tuple[Plan, list[Problem]]:
    """Return what publishing would do to the definitions that hold, and what stands in its way."""
    require_ability(ctx, "build")
    publication = Publication(definitions=wanted, base_version=ctx.snapshot.version, moves=moves, running=running or {})
    return await service.plan_publication(ctx.uow, publication, now=ctx.now)


async def publish_definitions(
    ctx: Context,
    wanted: Definitions,
    *,
    base_version: int,
    note: str,
    moves: Moves,
    running: Running | None = None,
    approvals: tuple[Approval, ...] = (),
) -> Published:
    """Publish definitions."""
    require_ability(ctx, "build")
    publication = Publication(
        definitions=wanted,
        base_version=base_version,
        author=author_of(ctx),
        note=note,
        moves=moves,
        running=running or {},
        approvals=approvals,
    )
    published = await service.publish(ctx.uow, publication, now=ctx.now)
    await _audit(ctx, "definitions.published", published, note=note)
    return published


async def restore_version(
    ctx: Context, version: int, *, base_version: int, note: str, running: Running | None = None
) -> Published:
    """Publish an earlier version again."""
    require_ability(ctx, "build")
    published = await service.restore_version(
        ctx.uow,
        version,
        author=author_of(ctx),
        base_version=base_version,
        now=ctx.now,
        note=note,
        running=running or {},
    )
    await _audit(ctx, "definitions.restored", published, note=note, restored=version)
    return published


async def read_definitions(ctx: Context) -> Current:
    """Return all definitions that hold."""
    require_ability(ctx, "build")
    return await read_current(ctx.uow)


async def list_versions(ctx: Context, *, before: int | None, limit: int) -> list[VersionInfo]:
    """Return published versions, the newest first."""
    require_ability(ctx, "build")
    return await service.list_versions(ctx.uow, before=before, limit=limit)


async def read_version(ctx: Context, version: int) -> tuple[VersionInfo, Definitions]:
    """Return one version."""
    require_ability(ctx, "build")
    return await service.read_version(ctx.uow, version)


async def compare_versions(ctx: Context, before: int, after: int) -> Plan:
    """Return the steps from one version to another."""
    require_ability(ctx, "build")
    return await service.compare_versions(ctx.uow, before, after)


async def export_app(ctx: Context, key: str) -> str:
    """Return an app as YAML."""
    require_ability(ctx, "build")
    package = await packages.export_app(ctx.uow, key)
    await record_audit(ctx, "app.exported", subject_kind="app", subject_id=key)
    return encode_definitions(package)


async def preview_package(
    ctx: Context, yaml: str, resolutions: Resolutions, records: RecordChoices = packages.NOTHING_CHOSEN
) -> Preview:
    """Return what installing a package would do."""
    require_ability(ctx, "build")
    return await packages.preview_package(
        ctx.uow, _package(yaml), now=ctx.now, resolutions=resolutions, records=records
    )


async def install_package(
    ctx: Context, yaml: str, resolutions: Resolutions, note: str, records: RecordChoices = packages.NOTHING_CHOSEN
) -> Published:
    """Install an app, or upgrade it."""
    require_ability(ctx, "build")
    package = _package(yaml)
    published = await packages.install_package(
        ctx.uow, package, now=ctx.now, author=author_of(ctx), resolutions=resolutions, note=note, records=records
    )
    app = package.apps[0]
    await _audit(ctx, "app.installed", published, note=note, app=app.key, app_version=app.version)
    return published


async def uninstall_app(ctx: Context, key: str) -> Published:
    """Take an app out again."""
    require_ability(ctx, "build")
    published = await packages.uninstall_app(ctx.uow, key, author=author_of(ctx), now=ctx.now)
    await _audit(ctx, "app.uninstalled", published, app=key)
    return published


async def read_progress(ctx: Context) -> Work:
    """Return the publication that is being prepared, and how far the work on large tables is."""
    require_ability(ctx, "build")
    return await read_work(ctx.uow)


async def cancel_publication(ctx: Context) -> None:
    """Call off the publication that is being prepared."""
    require_ability(ctx, "build")
    cancelled = await finishing.cancel_publication(ctx.uow, ctx.now)
    if cancelled is None:
        raise Conflict("studio.nothing_pending")
    await record_audit(ctx, "definitions.cancelled", subject_kind="publication", subject_id=cancelled)


def _package(yaml: str) -> Definitions:
    found = decode_definitions(yaml)
    if not isinstance(found, Definitions):
        raise Invalid("package.unreadable", found, folder="")
    return found


def author_of(ctx: Context) -> Author:
    """Return who publishes; the platform itself may change every definition."""
    return Author(ctx.actor.id, ctx.actor.name, None if ctx.actor.is_system else frozenset(ctx.actor.roles))


async def _audit(ctx: Context, action: str, published: Published, **detail: Any) -> None:
    if published.state == "unchanged":
        return
    await record_audit(
        ctx,
        action,
        subject_kind="definitions",
        subject_id=published.version,
        detail={"state": published.state, "changes": _changes(published), **detail},
    )


def _changes(published: Published) -> list[dict[str, str]]:
    """Return what was changed, in every language; the history of versions tells the rest of a long list."""
    steps = published.plan.steps[:MOST_TOLD]
    return [{language: describe_step(step, language) for language in LANGUAGES} for step in steps]
