"""HTTP of definitions: what members see of them, and how they are changed."""

from hashlib import sha256
from typing import Annotated, Any

import msgspec
from litestar import MediaType, Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, PathParameter, QueryParameter

from xiaolu.access.context import Context
from xiaolu.kit.errors import Invalid
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.publishing.model import RecordChoices
from xiaolu.metadata.yamlform import encode_definitions
from xiaolu.records.queries.service import list_views
from xiaolu.studio import service
from xiaolu.studio.apps.routes import ROUTES as APPS
from xiaolu.studio.apps.service import counts_of
from xiaolu.studio.calendar.routes import ROUTES as CALENDAR
from xiaolu.studio.draft.routes import ROUTES as DRAFT
from xiaolu.studio.forms.routes import ROUTES as FORM_ROUTES
from xiaolu.studio.formulas.routes import ROUTES as FORMULAS
from xiaolu.studio.modelling.routes import ROUTES as MODELLING
from xiaolu.studio.processes.routes import ROUTES as PROCESSES
from xiaolu.studio.regions import list_regions
from xiaolu.studio.schemas import building as shapes
from xiaolu.studio.schemas.visible import DefinitionsOut
from xiaolu.studio.visible import view_out, visible_definitions

SEEN = ["Definitions"]
LARGEST = 2**63 - 1
Number = Annotated[int, PathParameter(ge=0, le=LARGEST, description="Of a version")]
TAGS = ["Studio"]


@get("/definitions", operation_id="readDefinitions", summary="What the member may see of the definitions", tags=SEEN)
async def read_definitions(request: Request[Any, Any, Any], ctx: NamedDependency[Context]) -> Response[DefinitionsOut]:
    """Return apps, entities, fields, processes, views and option sets; answers 304 where nothing changed."""
    await service.refuse_if_stale(ctx)
    seen = visible_definitions(ctx)
    saved = [
        msgspec.structs.replace(
            view_out(each.view, ctx.language, is_personal=True),
            mine=each.owner_id == ctx.actor.id,
            shared=each.is_shared,
        )
        for each in await list_views(ctx)
    ]
    body = msgspec.structs.replace(seen, views=[*seen.views, *saved])
    tag = f'"{sha256(msgspec.json.encode(body)).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(None, status_code=304, headers=headers)  # type: ignore[arg-type]  # this status has no body
    return Response(body, headers=headers)


@post("/studio/plan", operation_id="planDefinitions", summary="What publishing would do", tags=TAGS, status_code=200)
async def plan_definitions(ctx: NamedDependency[Context], data: JSONBody[shapes.Wanted]) -> shapes.PlanOut:
    """Return the steps, what they cost, what they touch and what stands in the way. Changes nothing."""
    wanted = service.read_wanted(data.definitions, data.yaml)
    if isinstance(wanted, list):
        found = [shapes.problem_out(each, ctx.language) for each in wanted]
        return shapes.PlanOut(steps=[], touches=[], problems=found)
    plan, problems = await service.plan_definitions(ctx, wanted, data.moves, data.running)
    return shapes.PlanOut(
        steps=[shapes.step_out(each, ctx.language) for each in plan.steps],
        touches=[shapes.touch_out(each, ctx.language) for each in plan.touches],
        problems=[shapes.problem_out(each, ctx.language) for each in problems],
        running=[shapes.running_out(each, ctx.language) for each in plan.running],
    )


@post("/studio/publish", operation_id="publishDefinitions", summary="Publish definitions", tags=TAGS, status_code=200)
async def publish_definitions(ctx: NamedDependency[Context], data: JSONBody[shapes.PublishBody]) -> shapes.PublishedOut:
    """Make definitions the ones that hold; 409 when somebody published in between."""
    wanted = service.read_wanted(data.definitions, data.yaml)
    if isinstance(wanted, list):
        raise Invalid("publish.invalid", wanted)
    published = await service.publish_definitions(
        ctx, wanted, base_version=data.base_version, note=data.note, moves=data.moves, running=data.running
    )
    return shapes.PublishedOut(version=published.version, state=published.state, publication=published.publication)


@get("/studio/definitions", operation_id="readAllDefinitions", summary="All definitions", tags=TAGS)
async def read_all_definitions(ctx: NamedDependency[Context]) -> shapes.DefinitionsBody:
    """Return everything, as it is published."""
    current = await service.read_definitions(ctx)
    return shapes.DefinitionsBody(version=current.version, definitions=_plain(current.definitions))


@get("/studio/definitions.yaml", operation_id="exportDefinitions", summary="All definitions as YAML", tags=TAGS,
     media_type=MediaType.TEXT)  # fmt: skip
async def export_definitions(ctx: NamedDependency[Context]) -> str:
    """Return everything as one YAML text."""
    return encode_definitions((await service.read_definitions(ctx)).definitions)


@get("/studio/versions", operation_id="listVersions", summary="Published versions", tags=TAGS)
async def list_versions(
    ctx: NamedDependency[Context],
    before: Annotated[int | None, QueryParameter(ge=1, le=LARGEST, description="Only versions below this one")] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=200)] = 50,
) -> shapes.VersionsOut:
    """Return versions, the newest first."""
    found = await service.list_versions(ctx, before=before, limit=limit + 1)
    shown = [shapes.version_out(each, ctx.language) for each in found[:limit]]
    return shapes.VersionsOut(versions=shown, next=shown[-1].version if len(found) > limit else None)


@get("/studio/versions/{number:int}", operation_id="readVersion", summary="One version", tags=TAGS)
async def read_version(ctx: NamedDependency[Context], number: Number) -> shapes.DefinitionsBody:
    """Return a version with its definitions."""
    info, found = await service.read_version(ctx, number)
    return shapes.DefinitionsBody(
        version=number, definitions=_plain(found), info=shapes.version_out(info, ctx.language)
    )


@get("/studio/versions/{number:int}/compare", operation_id="compareVersions", summary="From one version to another",
     tags=TAGS)  # fmt: skip
async def compare_versions(
    ctx: NamedDependency[Context],
    number: Number,
    to: Annotated[int, QueryParameter(ge=0, le=LARGEST, description="The other version")],
) -> shapes.PlanOut:
    """Return the steps that lead from this version to another."""
    plan = await service.compare_versions(ctx, number, to)
    return shapes.PlanOut(steps=[shapes.step_out(each, ctx.language) for each in plan.steps], touches=[], problems=[])


@post("/studio/versions/{number:int}/restore", operation_id="restoreVersion", summary="Publish an earlier version again",
      tags=TAGS, status_code=200)  # fmt: skip
async def restore_version(
    ctx: NamedDependency[Context], number: Number, data: JSONBody[shapes.RestoreBody]
) -> shapes.PublishedOut:
    """Roll back; what was set aside since then comes back with its values."""
    published = await service.restore_version(
        ctx, number, base_version=data.base_version, note=data.note, running=data.running
    )
    return shapes.PublishedOut(version=published.version, state=published.state, publication=published.publication)


@get("/studio/apps", operation_id="listApps", summary="Apps", tags=TAGS)
async def list_apps(ctx: NamedDependency[Context]) -> list[shapes.AppOut]:
    """Return the workspace's apps."""
    current = await service.read_definitions(ctx)
    return [
        shapes.AppOut(
            key=each.key,
            label=each.label.text(ctx.language),
            version=each.version,
            depends=list(each.depends),
            is_package=each.key in current.packages,
            description=each.description.text(ctx.language) if each.description else "",
            icon=each.icon,
            **counts_of(current.definitions, each),
        )
        for each in current.definitions.apps
    ]


@get("/studio/apps/{key:str}/export", operation_id="exportApp", summary="An app as YAML", tags=TAGS,
     media_type=MediaType.TEXT)  # fmt: skip
async def export_app(ctx: NamedDependency[Context], key: FromPath[str]) -> Response[str]:
    """Return an app as it is now, as a package that can be installed elsewhere."""
    text = await service.export_app(ctx, key)
    disposition = f'attachment; filename="{key}.yaml"'
    return Response(text, media_type="application/yaml", headers={"Content-Disposition": disposition})


@post("/studio/apps/preview", operation_id="previewApp", summary="What installing a package would do", tags=TAGS,
      status_code=200)  # fmt: skip
async def preview_app(ctx: NamedDependency[Context], data: JSONBody[shapes.PackageBody]) -> shapes.PlanOut:
    """Return the steps, and the places where the package and the workspace disagree. Changes nothing."""
    preview = await service.preview_package(ctx, data.yaml, data.resolutions, _choices(data))
    return shapes.PlanOut(
        steps=[shapes.step_out(each, ctx.language) for each in preview.plan.steps],
        touches=[shapes.touch_out(each, ctx.language) for each in preview.plan.touches],
        problems=[shapes.problem_out(each, ctx.language) for each in preview.problems],
        conflicts=[shapes.disagreement_out(each) for each in preview.disagreements],
        running=[shapes.running_out(each, ctx.language) for each in preview.plan.running],
    )


@post(
    "/studio/apps/install", operation_id="installApp", summary="Install or upgrade an app", tags=TAGS, status_code=200
)
async def install_app(ctx: NamedDependency[Context], data: JSONBody[shapes.PackageBody]) -> shapes.PublishedOut:
    """Install a package; 409 names every place where it and the workspace disagree and nobody decided."""
    published = await service.install_package(ctx, data.yaml, data.resolutions, data.note, _choices(data))
    return shapes.PublishedOut(version=published.version, state=published.state, publication=published.publication)


@delete("/studio/apps/{key:str}", operation_id="uninstallApp", summary="Take an app out", tags=TAGS, status_code=200)
async def uninstall_app(ctx: NamedDependency[Context], key: FromPath[str]) -> shapes.PublishedOut:
    """Uninstall an app; refused while another depends on it."""
    published = await service.uninstall_app(ctx, key)
    return shapes.PublishedOut(version=published.version, state=published.state, publication=published.publication)


@get("/studio/work", operation_id="readStudioWork", summary="Work on large tables", tags=TAGS)
async def read_work(ctx: NamedDependency[Context]) -> shapes.WorkOut:
    """Return the publication that is being prepared, and how far the work in the background is."""
    work = await service.read_progress(ctx)
    pending, last = work.pending, work.last
    return shapes.WorkOut(
        pending=shapes.PendingOut(
            id=pending.id,
            author=pending.publication.author.name,
            note=pending.publication.note,
            started_at=pending.started_at,
        )
        if pending
        else None,
        last=shapes.EndedOut(
            id=last.id,
            state=last.state,
            version=last.version,
            problems=[shapes.problem_out(each, ctx.language) for each in last.problems],
        )
        if last
        else None,
        jobs=[shapes.job_out(each) for each in work.jobs],
    )


@delete("/studio/work", operation_id="cancelPublication", summary="Call off what is being prepared", tags=TAGS)
async def cancel_publication(ctx: NamedDependency[Context]) -> None:
    """Call off the publication that is being prepared; what was prepared is dropped."""
    await service.cancel_publication(ctx)


def _choices(data: shapes.PackageBody) -> RecordChoices:
    return RecordChoices(data.running, data.moves)


def _plain(definitions: Definitions) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(definitions)
    return found


ROUTES: list[Any] = [
    read_definitions, plan_definitions, publish_definitions, read_all_definitions, export_definitions, list_versions,
    read_version, compare_versions, restore_version, list_apps, export_app, preview_app, install_app,
    uninstall_app, read_work, cancel_publication, list_regions,
    *FORMULAS,
    *FORM_ROUTES,
    *DRAFT,
    *APPS,
    *MODELLING,
    *PROCESSES,
    *CALENDAR,
]  # fmt: skip
