"""Use cases of apps from spreadsheets: look at the files, show what would be made, make it, import, take it back."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import msgspec

from xiaolu.access.authenticate import load_actor
from xiaolu.access.context import Cause, Context
from xiaolu.access.policy import require_ability
from xiaolu.files.service import attach_files, read_file
from xiaolu.files.storage import FileStorage
from xiaolu.kit.errors import AppError, Conflict, Denied, Invalid, NotFound
from xiaolu.kit.ids import new_id
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.planner.model import Plan
from xiaolu.records.imports import service as imports
from xiaolu.records.imports.model import ImportJob, Mapping, State
from xiaolu.records.imports.store import jobs
from xiaolu.studio import service as studio
from xiaolu.studio.spreadsheet import store
from xiaolu.studio.spreadsheet.building import import_steps, late_columns, with_app, without_app
from xiaolu.studio.spreadsheet.model import AppPlan, Build, ImportStep, Phase, Proposal, SheetPlan
from xiaolu.studio.spreadsheet.proposing import propose
from xiaolu.studio.spreadsheet.reading import MOST_SHEETS, Upload, read_sheets

MOST_LISTED = 20
_OVER = (State.DONE, State.FAILED, State.UNDONE)


async def read_spreadsheets(ctx: Context, storage: FileStorage, files: Sequence[UUID], *, name: str = "") -> Proposal:
    """Look at uploaded files and return the app that they seem to be. Changes nothing.

    Raises:
        Invalid: a file is no table, or there are too many.
    """
    require_ability(ctx, "build")
    if not 1 <= len(files) <= MOST_SHEETS:
        raise Invalid("spreadsheet.too_many_sheets", most=MOST_SHEETS)
    found = [await read_file(ctx, each) for each in dict.fromkeys(files)]
    uploads = [Upload(each.id, each.name, storage.path(each.sha256)) for each in found]
    current = await studio.read_definitions(ctx)
    return await asyncio.to_thread(_propose, uploads, current.definitions, name)


def _propose(uploads: Sequence[Upload], definitions: Definitions, name: str) -> Proposal:
    return propose(read_sheets(uploads), definitions, name=name)


async def preview_app(ctx: Context, plan: AppPlan) -> tuple[Plan, list[Problem]]:
    """Return the steps in which the app would be published, and what stands in the way. Changes nothing."""
    current = await studio.read_definitions(ctx)
    found = _check(plan)
    steps, problems = await studio.plan_definitions(ctx, with_app(current.definitions, plan), {})
    return steps, [*found, *problems]


async def build_app(ctx: Context, plan: AppPlan, *, note: str = "") -> Build:
    """Publish the app; the worker then imports the rows, sheet by sheet, in the name of whoever asked.

    Raises:
        Invalid: ``problems`` name everything that stands in the way.
    """
    require_ability(ctx, "build")
    if ctx.actor.id is None:
        raise Denied("import.needs_member")
    found = _check(plan)
    if found:
        raise Invalid("publish.invalid", found)
    current = await studio.read_definitions(ctx)
    published = await studio.publish_definitions(
        ctx, with_app(current.definitions, plan), base_version=current.version, note=note or plan.label, moves={}
    )
    if published.state != "published":
        raise Conflict("spreadsheet.not_published")
    files = list(dict.fromkeys(each.file for each in plan.sheets))
    for each in files:
        await read_file(ctx, each)
    await attach_files(ctx, files)
    build = Build(
        id=new_id(), plan=plan, steps=import_steps(plan), phase=Phase.IMPORTING, version=published.version,
        created_by=ctx.actor.id, created_at=ctx.now,
    )  # fmt: skip
    await store.insert_build(ctx.uow, build)
    return build


def _check(plan: AppPlan) -> list[Problem]:
    """Return what only the plan can be wrong about; definitions are checked as always."""
    found: list[Problem] = []
    sheets = {each.id: each for each in plan.sheets}
    if not 1 <= len(plan.sheets) <= MOST_SHEETS or len(sheets) < len(plan.sheets):
        found.append(problem("spreadsheet.too_many_sheets", "sheets", most=MOST_SHEETS))
    for sheet in plan.sheets:
        for column in sheet.columns:
            if not column.included or column.type != "relation":
                continue
            target = sheets.get(column.target or "")
            here = ("sheets", sheet.id, "columns", column.column)
            if target is None:
                found.append(problem("spreadsheet.no_target", *here, column=column.label))
            elif column.target_column != target.title:
                found.append(problem("spreadsheet.target_not_title", *here, column=column.label, sheet=target.label))
    return found


async def read_build(ctx: Context, identifier: UUID) -> tuple[Build, list[ImportJob | None]]:
    """Return a build, and the import of each of its steps that has begun."""
    require_ability(ctx, "build")
    build = await store.find_build(ctx.uow, identifier)
    if build is None:
        raise NotFound("spreadsheet.unknown")
    return build, [await jobs.find_job(ctx.uow, each.job) if each.job else None for each in build.steps]


async def list_builds(ctx: Context) -> list[Build]:
    """Return the newest builds."""
    require_ability(ctx, "build")
    return await store.list_builds(ctx.uow, MOST_LISTED)


async def undo_build(ctx: Context, identifier: UUID) -> Build:
    """Take an app that was made from spreadsheets out again; its tables with their rows are set aside for a while.

    Raises:
        Invalid: something else uses its forms meanwhile.
    """
    require_ability(ctx, "build")
    build = await store.find_build(ctx.uow, identifier, lock=True)
    if build is None:
        raise NotFound("spreadsheet.unknown")
    if build.phase is Phase.UNDONE:
        raise Conflict("spreadsheet.undone_already")
    current = await studio.read_definitions(ctx)
    await studio.publish_definitions(
        ctx, without_app(current.definitions, build.plan), base_version=current.version, note=build.plan.label, moves={}
    )
    undone = msgspec.structs.replace(build, phase=Phase.UNDONE)
    await store.update_build(ctx.uow, undone)
    return undone


async def advance_builds(ctx: Context, storage: FileStorage) -> int:
    """Begin the next import of the oldest build whose last one is over; return 0 when nothing was to be done."""
    build = await store.claim_due(ctx.uow, ctx.snapshot.version)
    if build is None:
        return 0
    for at, step in enumerate(build.steps):
        if step.failure is not None:
            continue
        if step.job is None:
            begun = await _begin(ctx, storage, build, step)
            steps = (*build.steps[:at], begun, *build.steps[at + 1 :])
            await store.update_build(ctx.uow, msgspec.structs.replace(build, steps=steps))
            return 1
        running = await jobs.find_job(ctx.uow, step.job)
        if running is not None and running.state not in _OVER:
            return 0
    await store.update_build(ctx.uow, msgspec.structs.replace(build, phase=Phase.DONE))
    return 1


async def _begin(ctx: Context, storage: FileStorage, build: Build, step: ImportStep) -> ImportStep:
    """Begin an import as the person would who made the app, or say why it could not begin."""
    actor = await load_actor(ctx.uow, build.created_by, snapshot=ctx.snapshot)
    if actor is None:
        return msgspec.structs.replace(step, failure="import.author_gone")
    acting = replace(ctx, actor=actor, language=actor.language or ctx.language, cause=Cause(kind="import", id=build.id))
    sheet = next(each for each in build.plan.sheets if each.id == step.sheet)
    try:
        async with ctx.uow.savepoint():
            job = await imports.create_import(
                acting, storage, step.entity, sheet.file, sheet=sheet.sheet, is_checked=True
            )
            await imports.map_import(acting, job.id, _mapping(build.plan, sheet, step))
            await imports.request_run(acting, job.id)
    except AppError as error:
        if error.kind == "conflict":
            raise
        return msgspec.structs.replace(step, failure=error.code)
    return msgspec.structs.replace(step, job=job.id)


def _mapping(plan: AppPlan, sheet: SheetPlan, step: ImportStep) -> Mapping:
    late = late_columns(plan).get(sheet.id, frozenset())
    chosen = [
        each
        for each in sheet.columns
        if each.included
        and ((each.column in late or each.column == sheet.title) if step.relations else each.column not in late)
    ]
    title = next((each.key for each in sheet.columns if each.column == sheet.title), None)
    return Mapping(
        columns={each.column: each.key for each in chosen},
        mode="update" if step.relations else "create",
        key=title if step.relations else None,
        create_missing=sheet.missing == "create",
        replacements={each.column: each.replacements for each in chosen if each.replacements},
        orders={each.column: each.order for each in chosen if each.order is not None},
    )
