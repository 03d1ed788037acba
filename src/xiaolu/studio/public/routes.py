"""HTTP of public forms: for strangers, and for those who build."""

import math
from typing import Annotated, Any
from uuid import UUID

from litestar import get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, MultipartBody, QueryParameter

from xiaolu.access.context import Context
from xiaolu.access.routes.requests import PUBLIC
from xiaolu.files.schemas import UploadForm
from xiaolu.files.storage import FileStorage
from xiaolu.kit.errors import Limited
from xiaolu.kit.ratelimit import TokenBuckets
from xiaolu.studio.public import overseeing, service
from xiaolu.studio.public.model import Message, Tally
from xiaolu.studio.public.schemas import (
    FormOut,
    LinkOut,
    PublicFormOut,
    SendBody,
    SentOut,
    SubmissionOut,
    SubmissionsOut,
    UploadedOut,
    VerdictBody,
    both,
    form_out,
    submission_out,
)
from xiaolu.tasks.service import say

TAGS = ["Public forms"]
PAGE = 50
MAX_BODY = 12 * 1024 * 1024
_looks = TokenBuckets(1, 60)
_sends = TokenBuckets(10 / 60, 10)
_uploads = TokenBuckets(10 / 60, 12)


def _take(buckets: TokenBuckets, ctx: Context, token: str) -> None:
    """Count a stranger's request; raises ``Limited`` where there were too many from one address."""
    wait = buckets.take((ctx.address, token))
    if wait > 0:
        raise Limited("request.too_often", retry_after=math.ceil(wait))


@get("/public/forms/{token:str}", operation_id="openPublicForm", summary="A public form", tags=TAGS, opt=PUBLIC)
async def open_form(ctx: NamedDependency[Context], token: FromPath[str]) -> PublicFormOut:
    """Return a form for somebody without an account, with a riddle for their browser."""
    _take(_looks, ctx, token)
    form, model, riddle = await service.open_form(ctx, token)
    return form_out(form, model, ctx.snapshot, riddle)


@post("/public/forms/{token:str}", operation_id="sendPublicForm", summary="Send a public form", tags=TAGS, opt=PUBLIC)
async def send_form(ctx: NamedDependency[Context], token: FromPath[str], data: JSONBody[SendBody]) -> SentOut:
    """Take in what somebody filled in; what is kept for somebody to look at answers the same."""
    _take(_sends, ctx, token)
    form, _ = await service.find_public_form(ctx, token)
    message = Message(
        values=data.values, solution=data.solution, trap=data.trap, consent=data.consent, origin=data.origin
    )
    made = await service.send_message(ctx, token, message)
    if made.state == "refused":
        return SentOut(accepted=False, refusal=both(say(service.told_because(made.reason))))
    return SentOut(accepted=True, thanks=None if form.thanks is None else both(form.thanks))


@post("/public/forms/{token:str}/files", operation_id="uploadPublicFile", summary="Upload a file to a public form",
      tags=TAGS, opt=PUBLIC, request_max_body_size=MAX_BODY)  # fmt: skip
async def upload_file(
    ctx: NamedDependency[Context],
    file_storage: NamedDependency[FileStorage],
    token: FromPath[str],
    data: MultipartBody[UploadForm],
) -> UploadedOut:
    """Take in an image or a PDF."""
    _take(_uploads, ctx, token)
    try:
        file, proof = await service.upload_file(ctx, file_storage, token, data.file.filename, data.file.file)
    finally:
        await data.file.close()
    return UploadedOut(id=f"{file.id}:{proof}", name=file.name, size=file.size)


@get("/studio/public", operation_id="listPublicForms", summary="Published public forms", tags=TAGS)
async def list_forms(ctx: NamedDependency[Context]) -> list[FormOut]:
    """Return the published forms with their addresses and how much came in."""
    return [
        FormOut(
            key=form.key,
            label=form.label.text(ctx.language),
            entity=form.entity,
            token=token,
            tally=tally or Tally(form=form.key, accepted=0, held=0, refused=0, last=None),
        )
        for form, token, tally in await overseeing.list_forms(ctx)
    ]


@post("/studio/public/{key:str}/link", operation_id="renewPublicLink", summary="Exchange the address", tags=TAGS)
async def renew_link(ctx: NamedDependency[Context], key: FromPath[str]) -> LinkOut:
    """Give a form a new address; the old one stops working."""
    return LinkOut(token=await overseeing.renew_link(ctx, key))


@get("/studio/public/{key:str}/submissions", operation_id="listSubmissions", summary="What came in", tags=TAGS)
async def list_submissions(
    ctx: NamedDependency[Context],
    key: FromPath[str],
    status: Annotated[str | None, QueryParameter(max_length=10)] = None,
    before: Annotated[UUID | None, QueryParameter(description="Only what came before this one")] = None,
) -> SubmissionsOut:
    """Return what came in through a form, the newest first."""
    found = await overseeing.list_submissions(ctx, key, state=status, before=before, limit=PAGE + 1)
    return SubmissionsOut(
        submissions=[submission_out(each) for each in found[:PAGE]],
        next=found[PAGE - 1].id if len(found) > PAGE else None,
    )


@patch("/studio/submissions/{submission_id:uuid}", operation_id="decideSubmission", summary="Accept or drop", tags=TAGS)
async def decide_submission(
    ctx: NamedDependency[Context], submission_id: FromPath[UUID], data: JSONBody[VerdictBody]
) -> SubmissionOut:
    """Make a record of something that waited, or drop it."""
    return submission_out(await overseeing.decide_submission(ctx, submission_id, accept=data.accept))


ROUTES: list[Any] = [open_form, send_form, upload_file, list_forms, renew_link, list_submissions, decide_submission]
