"""HTTP of the draft."""

from typing import Annotated, Any

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, PathParameter, QueryParameter

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.studio.draft import approving, releasing, scheduling, service
from xiaolu.studio.draft import schemas as shapes
from xiaolu.studio.draft.keys import key_of
from xiaolu.studio.schemas.building import PublishedOut, disagreement_out

TAGS = ["Studio draft"]
LARGEST = 2**63 - 1
RequestId = Annotated[int, PathParameter(ge=1, le=LARGEST, description="Of a request")]
Version = Annotated[int, PathParameter(ge=0, le=LARGEST, description="Of a version")]
Counted = Annotated[int, QueryParameter(ge=0, le=LARGEST)]


@get("/studio/draft", operation_id="openDraft", summary="The draft that all builders share", tags=TAGS)
async def open_draft(ctx: NamedDependency[Context]) -> shapes.DraftOut:
    """Return the draft; it is opened if there is none, and follows what was published since where nothing disagrees."""
    return shapes.draft_out(await service.open_draft(ctx), ctx.language)


@post("/studio/draft/edits", operation_id="editDraft", summary="Edit the draft", tags=TAGS, status_code=200)
async def edit_draft(ctx: NamedDependency[Context], data: JSONBody[shapes.EditBody]) -> shapes.TakenOut:
    """Take steps that were made on a revision; 409 names each place that somebody else changed since."""
    taken = await service.edit_draft(ctx, data.revision, data.label, shapes.ops_of(data))
    return shapes.TakenOut(
        revision=taken.draft.revision,
        definitions=taken.draft.document if taken.has_others else None,
        problems=shapes.problems_out(taken.draft.document, ctx.language),
    )


@get("/studio/draft/edits", operation_id="listDraftEdits", summary="What was done to the draft", tags=TAGS)
async def list_edits(ctx: NamedDependency[Context], draft: Counted, after: Counted) -> shapes.EditsOut:
    """Return the edits after a revision; 404 when the draft was published or discarded."""
    found, edits = await service.read_edits(ctx, draft, after)
    return shapes.EditsOut(
        id=found.id,
        revision=found.revision,
        base_version=found.base_version,
        edits=[shapes.edit_out(each) for each in edits],
        problems=shapes.problems_out(found.document, ctx.language),
    )


@get("/studio/draft/changes", operation_id="readDraftChanges", summary="What publishing the draft would do", tags=TAGS)
async def read_changes(ctx: NamedDependency[Context]) -> shapes.ChangesOut:
    """Return the plan in words, measured, what it touches, what stands in its way, and every place that differs."""
    return shapes.changes_out(await releasing.read_changes(ctx), ctx.language, role_name(ctx))


@post("/studio/draft/rebase", operation_id="rebaseDraft", summary="Bring the draft onto what holds now", tags=TAGS,
      status_code=200)  # fmt: skip
async def rebase_draft(ctx: NamedDependency[Context], data: JSONBody[shapes.RebaseBody]) -> shapes.RebasedOut:
    """Merge what was published since into the draft; returns the places that still need a decision."""
    draft, conflicts = await service.rebase_draft(ctx, data.resolutions)
    return shapes.RebasedOut(
        base_version=draft.base_version,
        revision=draft.revision,
        conflicts=[disagreement_out(each) for each in conflicts],
    )


@post("/studio/draft/publish", operation_id="publishDraft", summary="Publish the draft", tags=TAGS, status_code=200)
async def publish_draft(ctx: NamedDependency[Context], data: JSONBody[shapes.PublishDraftBody]) -> PublishedOut:
    """Make the draft the definitions that hold."""
    published = await releasing.publish_draft(ctx, data.note)
    return PublishedOut(version=published.version, state=published.state, publication=published.publication)


@post("/studio/draft/schedule", operation_id="scheduleDraft", summary="Publish the draft at a time", tags=TAGS,
      status_code=200)  # fmt: skip
async def schedule_draft(ctx: NamedDependency[Context], data: JSONBody[shapes.ScheduleBody]) -> shapes.ScheduledOut:
    """Keep the draft as it is now, to be published then; one that waited already is replaced."""
    return shapes.scheduled_out(await scheduling.schedule_draft(ctx, data.note, data.at), ctx.language)


@delete("/studio/draft/schedule", operation_id="unscheduleDraft", summary="Call off what waits for its time", tags=TAGS)
async def unschedule_draft(ctx: NamedDependency[Context]) -> None:
    """Call off the publication that waits for its time; the draft keeps every change."""
    await scheduling.cancel_schedule(ctx)


@post("/studio/draft/approvals", operation_id="askOwners", summary="Ask owners to approve the draft", tags=TAGS,
      status_code=200)  # fmt: skip
async def ask_owners(ctx: NamedDependency[Context], data: JSONBody[shapes.AskBody]) -> shapes.AskedOut:
    """Ask the owners of everything that the draft changes and that still needs their approval."""
    return shapes.AskedOut(asked=await approving.request_approvals(ctx, data.note))


@get("/approvals", operation_id="listApprovals", summary="Changes that wait for the member's approval", tags=TAGS)
async def list_approvals(ctx: NamedDependency[Context]) -> shapes.RequestsOut:
    """Return requests that the member may decide as an owner, and those that were decided."""
    waiting, decided = await approving.list_requests(ctx)
    name = role_name(ctx)
    return shapes.RequestsOut(
        waiting=[shapes.request_out(each, ctx.language, name) for each in waiting],
        decided=[shapes.request_out(each, ctx.language, name) for each in decided],
    )


@post("/approvals/{request_id:int}", operation_id="decideApproval", summary="Approve or return a change", tags=TAGS,
      status_code=204)  # fmt: skip
async def decide_approval(
    ctx: NamedDependency[Context], request_id: RequestId, data: JSONBody[shapes.DecideBody]
) -> None:
    """Approve a change of a definition that the member owns, or return it with a reason."""
    await approving.decide_request(ctx, request_id, is_approved=data.approved, reason=data.reason)


@get("/studio/versions/{number:int}/changes", operation_id="readVersionChanges", summary="What a version changed",
     tags=TAGS)  # fmt: skip
async def read_version_changes(ctx: NamedDependency[Context], number: Version, since: Counted) -> shapes.ChangesOut:
    """Return how a version differs from another one, in words and place by place."""
    return shapes.changes_out(await releasing.version_changes(ctx, number, since), ctx.language, role_name(ctx))


@get("/studio/versions/{number:int}/restoring", operation_id="planRestoring", summary="What a roll-back would do",
     tags=TAGS)  # fmt: skip
async def plan_restoring(ctx: NamedDependency[Context], number: Version) -> shapes.ChangesOut:
    """Return what publishing an earlier version again would do now, measured. Changes nothing."""
    return shapes.changes_out(await releasing.plan_restoring(ctx, number), ctx.language, role_name(ctx))


def role_name(ctx: Context) -> shapes.RoleName:
    """Return what gives roles' names in the reader's language."""

    def name(key: str) -> str:
        role = ctx.snapshot.roles.get(key)
        return key if role is None else role.label.text(ctx.language)

    return name


@delete("/studio/draft", operation_id="discardDraft", summary="Drop the draft", tags=TAGS)
async def discard_draft(ctx: NamedDependency[Context]) -> None:
    """Drop everything that was drafted."""
    await service.discard_draft(ctx)


@get("/studio/key", operation_id="makeKey", summary="A key for a label", tags=TAGS)
async def make_key(
    ctx: NamedDependency[Context], label: Annotated[str, QueryParameter(min_length=1, max_length=200)]
) -> shapes.MadeKeyOut:
    """Return a key for a label, Chinese spelled by its sound; the caller makes it distinct."""
    require_ability(ctx, "build")
    return shapes.MadeKeyOut(key=key_of(label))


@post("/studio/keys", operation_id="makeKeys", summary="Keys for many labels", tags=TAGS, status_code=200)
async def make_keys(ctx: NamedDependency[Context], data: JSONBody[shapes.LabelsBody]) -> shapes.MadeKeysOut:
    """Return a key for each label; the caller makes them distinct."""
    require_ability(ctx, "build")
    return shapes.MadeKeysOut(keys=[key_of(label) for label in data.labels])


ROUTES: list[Any] = [
    open_draft, edit_draft, list_edits, read_changes, rebase_draft, publish_draft, discard_draft, make_key, make_keys,
    schedule_draft, unschedule_draft, ask_owners, list_approvals, decide_approval, read_version_changes, plan_restoring,
]  # fmt: skip
