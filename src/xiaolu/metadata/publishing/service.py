"""Publishing: checked, planned, measured, carried out and recorded in the open transaction, which the edge commits.

One way for everybody: the designer in the browser, YAML packages, roll-backs and the tests.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import asyncpg

from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.errors import Conflict, Denied, Invalid, NotFound
from xiaolu.kit.i18n import LANGUAGES
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.canonical import canonical
from xiaolu.metadata.model.running import RunningChoice
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.planner.describing import describe_step
from xiaolu.metadata.planner.locking import Patience
from xiaolu.metadata.planner.measuring import measure_plan
from xiaolu.metadata.planner.model import Plan
from xiaolu.metadata.planner.plan import plan_change
from xiaolu.metadata.planner.runner import SMALL_ROWS, Run, preparations, run_plan
from xiaolu.metadata.planner.store import list_asides
from xiaolu.metadata.publishing import owning
from xiaolu.metadata.publishing.model import PLATFORM, Author, Current, Publication, Published, VersionInfo
from xiaolu.metadata.publishing.running import misfits, versions_in_use, write_versions
from xiaolu.metadata.publishing.store import jobs, publications, versions
from xiaolu.metadata.publishing.superseding import supersede_jobs
from xiaolu.metadata.snapshot import Snapshot
from xiaolu.metadata.validation import check_definitions

DEFAULT_PATIENCE = Patience()


async def load_snapshot(uow: UnitOfWork) -> Snapshot:
    """Return the definitions that hold, indexed for use."""
    current = await versions.read_current(uow)
    return Snapshot(current.version, current.definitions, current.running)


async def plan_publication(uow: UnitOfWork, publication: Publication, *, now: datetime) -> tuple[Plan, list[Problem]]:
    """Return what a publication would do, measured, and everything that stands in its way. Changes nothing."""
    current = await versions.read_current(uow)
    problems = check_definitions(publication.definitions)
    if problems:
        return Plan(()), problems
    publication = replace(publication, definitions=versions.as_stored(canonical(publication.definitions)))
    plan = await _plan(uow, current, publication, now=now)
    return plan, _hindrances(plan, current, publication)


async def publish(
    uow: UnitOfWork,
    publication: Publication,
    *,
    now: datetime,
    small_rows: int = SMALL_ROWS,
    patience: Patience = DEFAULT_PATIENCE,
) -> Published:
    """Make definitions the ones that hold.

    Where large tables must be prepared first, the publication is queued instead (state ``preparing``) and takes effect
    when ``advance_jobs`` has done the work.

    Raises:
        Conflict: somebody published in between, or a publication is being prepared.
        Denied: a definition with owners changes, and no owner stands for it.
        Invalid: the definitions or the records that exist do not allow it; every problem is named.
        Unavailable: tables could not be locked; nothing was changed.
    """
    await publications.lock_definitions(uow)
    current = await versions.read_current(uow)
    await _refuse_if_late(uow, current, publication)
    publication = _checked(publication, current)
    if publication.definitions == current.definitions and publication.packages == current.packages and current.version:
        return Published("unchanged", current.version, Plan(()))
    publication = _signed(publication, current)
    plan = await _plan(uow, current, publication, now=now)
    problems = _hindrances(plan, current, publication)
    if problems:
        raise Invalid("publish.impossible", problems)
    drafts = preparations(plan, small_rows)
    if drafts:
        pending = await publications.add_pending(uow, publication, now)
        await jobs.add_jobs(uow, drafts, now, publication=pending)
        return Published("preparing", current.version, plan, pending)
    run = Run(
        wanted=publication.definitions,
        version=current.version + 1,
        now=now,
        time_zone=current.time_zone,
        author=publication.author.id,
        small_rows=small_rows,
        patience=patience,
    )
    return await carry_out(uow, publication, plan, run, current)


async def carry_out(uow: UnitOfWork, publication: Publication, plan: Plan, run: Run, current: Current) -> Published:
    """Run a plan that nothing stands in the way of, and record the version that it makes.

    Raises:
        Invalid: values that must not repeat were written while the plan was made.
        Unavailable: tables could not be locked.
    """
    await supersede_jobs(uow, plan, run.now)
    try:
        drafts = await run_plan(uow, plan, run)
    except asyncpg.UniqueViolationError as error:
        repeated = problem("publish.repeated", detail=error.detail or str(error))
        raise Invalid("publish.impossible", [repeated]) from error
    await jobs.add_jobs(uow, drafts, run.now, publication=None)
    await write_versions(
        uow, plan, current, publication.definitions,
        version=run.version, now=run.now, by=publication.author.name,
    )  # fmt: skip
    await versions.add_version(
        uow, publication, run.version, packages=publication.packages or {}, summary=summarise(plan), now=run.now
    )
    return Published("published", run.version, plan)


async def install_definitions(uow: UnitOfWork, definitions: Definitions, *, author: Author = PLATFORM) -> int:
    """Publish definitions over whatever holds, as the platform itself, and return the version that holds then."""
    current = await versions.read_current(uow)
    publication = Publication(definitions=definitions, base_version=current.version, author=author)
    published = await publish(uow, publication, now=datetime.now(UTC))
    return published.version


async def restore_version(
    uow: UnitOfWork,
    version: int,
    *,
    author: Author,
    base_version: int,
    now: datetime,
    note: str = "",
    running: Mapping[str, RunningChoice] | None = None,
) -> Published:
    """Publish an earlier version again; what was set aside since then comes back with its values."""
    found = await versions.read_version(uow, version)
    if found is None:
        raise NotFound("publish.unknown_version", version=version)
    _, definitions, packages = found
    publication = Publication(
        definitions=definitions,
        base_version=base_version,
        author=author,
        note=note,
        packages=packages,
        restored_from=version,
        running=running or {},
    )
    return await publish(uow, publication, now=now)


async def compare_versions(uow: UnitOfWork, before: int, after: int) -> Plan:
    """Return the steps that lead from one version to another, uncounted."""
    found = [await versions.read_version(uow, version) if version else None for version in (before, after)]
    for version, each in zip((before, after), found, strict=True):
        if each is None and version != 0:
            raise NotFound("publish.unknown_version", version=version)
    one, other = (Definitions() if each is None else each[1] for each in found)
    return plan_change(one, other)


async def list_versions(uow: UnitOfWork, *, before: int | None = None, limit: int = 50) -> list[VersionInfo]:
    """Return published versions, the newest first."""
    return await versions.list_versions(uow, before=before, limit=limit)


async def read_version(uow: UnitOfWork, version: int) -> tuple[VersionInfo, Definitions]:
    """Return one version and its definitions."""
    found = await versions.read_version(uow, version)
    if found is None:
        raise NotFound("publish.unknown_version", version=version)
    return found[0], found[1]


def _hindrances(plan: Plan, current: Current, publication: Publication) -> list[Problem]:
    return [
        *plan.problems,
        *obstacles(plan, publication),
        *misfits(plan, current.definitions, publication.definitions),
    ]


def obstacles(plan: Plan, publication: Publication) -> list[Problem]:
    """Return what the records that exist object to: repeated values, stages that would vanish under records."""
    found: list[Problem] = []
    moved = {stage for pairs in publication.moves.values() for stage in pairs}
    for step in plan.steps:
        if not step.rows or step.probe is None:
            continue
        place = ("entities", step.entity or "", "fields", step.field or "")
        if step.probe.kind == "duplicates":
            found.append(problem("publish.duplicates", *place, rows=step.rows, label=_label(step)))
        elif step.probe.kind == "stage" and step.probe.values[0] not in moved:
            stage = step.probe.values[0]
            found.append(problem("publish.stage_has_records", "moves", stage, rows=step.rows, label=_label(step)))
    return found


def summarise(plan: Plan) -> list[Mapping[str, Any]]:
    """Return a plan's steps as they are kept with the version."""
    return [
        {
            "kind": step.kind,
            "entity": step.entity,
            "field": step.field,
            "risk": step.risk.value,
            "rows": step.rows,
            **{language: describe_step(step, language) for language in LANGUAGES},
        }
        for step in plan.steps
    ]


def _checked(publication: Publication, current: Current) -> Publication:
    """Return the publication in the form in which it is stored, with the packages of the apps that it has."""
    problems = check_definitions(publication.definitions)
    if problems:
        raise Invalid("publish.invalid", problems)
    apps = {each.key for each in publication.definitions.apps}
    given = current.packages if publication.packages is None else publication.packages
    return replace(
        publication,
        definitions=versions.as_stored(canonical(publication.definitions)),
        packages={app: digest for app, digest in given.items() if app in apps},
    )


def _signed(publication: Publication, current: Current) -> Publication:
    """Return the publication with who stands for each change of a definition with owners.

    Raises:
        Denied: a change is neither the author's to make nor approved by an owner.
    """
    changes = owning.owned_changes(current.definitions, publication.definitions)
    missing = owning.without_owner(changes, publication)
    if missing:
        raise Denied("publish.not_owner", [owning.describe(each) for each in missing])
    return replace(publication, signatures=owning.signatures(changes, publication))


async def _plan(uow: UnitOfWork, current: Current, publication: Publication, *, now: datetime) -> Plan:
    plan = plan_change(
        current.definitions,
        publication.definitions,
        version=current.version + 1,
        asides=await list_asides(uow),
        moves=publication.moves,
        running=await versions_in_use(uow, current, publication.definitions),
        choices=publication.running,
    )
    return await measure_plan(uow, plan, current.definitions, now=now, time_zone=current.time_zone)


async def _refuse_if_late(uow: UnitOfWork, current: Current, publication: Publication) -> None:
    if publication.base_version != current.version:
        latest: Sequence[VersionInfo] = await versions.list_versions(uow, before=None, limit=1)
        who = latest[0].author_name if latest else ""
        raise Conflict("publish.conflict", version=current.version, author=who, base_version=publication.base_version)
    pending = await publications.read_pending(uow)
    if pending is not None:
        raise Conflict("publish.preparing", author=pending.publication.author.name, publication=pending.id)


def _label(step: Any) -> str:
    label = step.params.get("label")
    return getattr(label, "zh", "")
