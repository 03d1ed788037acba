"""Use cases of those who build: links, what came in, what waits for a word."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.access.service.audit import record_audit
from xiaolu.kit.errors import Conflict, NotFound
from xiaolu.metadata.model.entrance import PublicForm
from xiaolu.studio.public import store
from xiaolu.studio.public.model import Origin, Submission, Tally
from xiaolu.studio.public.service import public_context
from xiaolu.studio.public.writing import write_record


async def list_forms(ctx: Context) -> list[tuple[PublicForm, str, Tally | None]]:
    """Return the published forms with their tokens and how much came in."""
    require_ability(ctx, "build")
    links = await store.read_links(ctx.uow)
    tallies = {each.form: each for each in await store.select_tallies(ctx.uow)}
    found = []
    for form in ctx.snapshot.definitions.public_forms:
        token = links.get(form.key) or await store.write_link(ctx.uow, form.key, ctx.now)
        found.append((form, token, tallies.get(form.key)))
    return found


async def renew_link(ctx: Context, key: str) -> str:
    """Exchange a form's address for a new one; the old one stops working."""
    require_ability(ctx, "build")
    _form(ctx, key)
    token = await store.write_link(ctx.uow, key, ctx.now)
    await record_audit(ctx, "public.link_renewed", subject_kind="public_form", subject_id=key)
    return token


async def list_submissions(
    ctx: Context, key: str, *, state: str | None, before: UUID | None, limit: int
) -> Sequence[Submission]:
    """Return what came in through a form, the newest first."""
    require_ability(ctx, "build")
    return await store.select_submissions(ctx.uow, form=key, state=state, before=before, limit=limit)


async def decide_submission(ctx: Context, identifier: UUID, *, accept: bool) -> Submission:
    """Make a record of something that waited, or drop it.

    Raises:
        Conflict: somebody decided already.
        Invalid: a field or rule stands against the record.
    """
    require_ability(ctx, "build")
    found = await store.find_submission(ctx.uow, identifier)
    if found is None:
        raise NotFound("public.unknown_submission")
    if found.state != "held":
        raise Conflict("public.decided_already")
    if accept:
        form = _form(ctx, found.form)
        said = {key: value for key, value in found.origin.items() if key != "mark"}
        origin = msgspec.convert(said, Origin)
        record, owner = await write_record(public_context(ctx, form), form, found.content or {}, origin)
        decided = msgspec.structs.replace(found, state="accepted", record_id=record, owner_id=owner, content=None)
    else:
        decided = msgspec.structs.replace(found, state="dropped", content=None)
    await store.update_submission(ctx.uow, decided)
    return decided


def _form(ctx: Context, key: str) -> PublicForm:
    form = next((each for each in ctx.snapshot.definitions.public_forms if each.key == key), None)
    if form is None:
        raise NotFound("public.unknown")
    return form
