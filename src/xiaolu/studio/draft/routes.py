"""HTTP of the draft."""

from typing import Annotated, Any

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.studio.draft import schemas as shapes
from xiaolu.studio.draft import service
from xiaolu.studio.draft.keys import key_of
from xiaolu.studio.schemas.building import PublishedOut, disagreement_out

TAGS = ["Studio draft"]
LARGEST = 2**63 - 1
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
    return shapes.changes_out(await service.read_changes(ctx), ctx.language)


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
    published = await service.publish_draft(ctx, data.note)
    return PublishedOut(version=published.version, state=published.state, publication=published.publication)


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


ROUTES: list[Any] = [
    open_draft, edit_draft, list_edits, read_changes, rebase_draft, publish_draft, discard_draft, make_key,
]  # fmt: skip
