"""Use cases of the draft: every one demands the ability ``build``."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.events.model import EventDraft
from xiaolu.events.service import append_event
from xiaolu.kit.errors import Conflict, Invalid, NotFound
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.packages.merging import merge_plain
from xiaolu.metadata.packages.model import Disagreement, Resolutions
from xiaolu.metadata.publishing.service import read_version
from xiaolu.metadata.publishing.store.versions import read_current
from xiaolu.studio.draft import checking, rules
from xiaolu.studio.draft.model import Clash, Document, Draft, Edit, Editor, Op
from xiaolu.studio.draft.store import drafts as store


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The draft with what surrounds it."""

    draft: Draft
    published: Document
    """The definitions that it started from."""
    version: int
    """The version that holds now."""
    editors: Sequence[Editor]
    conflicts: Sequence[Disagreement]
    """Where it and what was published since disagree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of an edit."""

    draft: Draft
    has_others: bool
    """Others edited in between."""


async def open_draft(ctx: Context) -> Opened:
    """Return the draft; it is opened if none is, and follows what was published since where nothing disagrees."""
    require_ability(ctx, "build")
    draft = await store.read_open(ctx.uow)
    if draft is None:
        current = await read_current(ctx.uow)
        await store.open_draft(ctx, current.version, checking.plain(current.definitions))
        draft = await _hold(ctx)
    current = await read_current(ctx.uow)
    conflicts: Sequence[Disagreement] = ()
    if draft.base_version != current.version:
        draft, conflicts = await _follow(ctx, await _hold(ctx), {})
    return Opened(
        draft=draft,
        published=await definitions_at(ctx, draft.base_version),
        version=current.version,
        editors=await store.list_editors(ctx.uow, draft.id),
        conflicts=conflicts,
    )


async def edit_draft(ctx: Context, revision: int, label: str, ops: Sequence[Op]) -> Taken:
    """Take an edit that was made on ``revision``.

    Raises:
        Conflict: somebody else changed one of the places since; each is named with who and what.
        Invalid: a step names a place that is not there.
    """
    require_ability(ctx, "build")
    draft = await _hold(ctx)
    since = await store.edits_after(ctx.uow, draft.id, revision)
    found = rules.clashes(ops, [each for each in since if each.author_id != ctx.actor.id])
    if found:
        raise Conflict("draft.conflict", [_clash(each) for each in found], revision=draft.revision)
    try:
        document = rules.apply_ops(draft.document, ops)
    except rules.NoPlace as error:
        raise Invalid(
            "draft.no_place", [problem("draft.no_place_there", *error.path, place="/".join(error.path))]
        ) from error
    draft = await _write(ctx, replace(draft, document=document), label, ops)
    return Taken(draft=draft, has_others=bool(since))


async def read_edits(ctx: Context, draft_id: int, after: int) -> tuple[Draft, list[Edit]]:
    """Return what was done after a revision.

    Raises:
        NotFound: the draft was published or discarded.
    """
    require_ability(ctx, "build")
    draft = await store.read_open(ctx.uow)
    if draft is None or draft.id != draft_id:
        raise NotFound("draft.ended")
    return draft, await store.edits_after(ctx.uow, draft.id, after)


async def rebase_draft(ctx: Context, resolutions: Resolutions) -> tuple[Draft, Sequence[Disagreement]]:
    """Bring the draft onto what holds now; disagreements without a resolution are returned, and nothing is changed."""
    require_ability(ctx, "build")
    return await _follow(ctx, await _hold(ctx), resolutions)


async def discard_draft(ctx: Context) -> None:
    """Drop everything that was drafted."""
    require_ability(ctx, "build")
    draft = await _hold(ctx)
    await store.end_draft(ctx.uow, draft.id, "discarded", ctx.now)
    await tell(ctx, draft)


async def hold_readable(ctx: Context) -> tuple[Draft, Definitions]:
    """Return the draft on top of what holds now, kept from others, and the definitions that it stands for.

    Raises:
        Conflict: somebody published in between and the two disagree.
        Invalid: its form is wrong.
    """
    draft, conflicts = await _follow(ctx, await _hold(ctx), {})
    if conflicts:
        raise Conflict("draft.behind", count=len(conflicts))
    wanted, problems = checking.read_document(draft.document)
    if wanted is None:
        raise Invalid("publish.invalid", problems)
    return draft, wanted


async def close_if_published(ctx: Context) -> None:
    """End the draft where it holds nothing but what is published."""
    draft = await store.hold_open(ctx.uow)
    if draft is None:
        return
    current = await read_current(ctx.uow)
    if checking.is_same(checking.without_choices(draft.document), checking.plain(current.definitions)):
        await end_draft(ctx, draft)
    else:
        await tell(ctx, draft)


async def end_draft(ctx: Context, draft: Draft) -> None:
    """Close the draft because it is published."""
    await store.end_draft(ctx.uow, draft.id, "published", ctx.now)
    await tell(ctx, draft)


async def _hold(ctx: Context) -> Draft:
    draft = await store.hold_open(ctx.uow)
    if draft is None:
        raise Conflict("draft.ended")
    return draft


async def _follow(ctx: Context, draft: Draft, resolutions: Resolutions) -> tuple[Draft, Sequence[Disagreement]]:
    """Merge what was published since into the draft, unless the two disagree and nobody decided."""
    current = await read_current(ctx.uow)
    if draft.base_version == current.version:
        return draft, ()
    then = await definitions_at(ctx, draft.base_version)
    now, yours = checking.plain(current.definitions), draft.document
    kept = checking.choices_of(yours)
    if not checking.is_same(then, yours):
        merged, open_ones = merge_plain(then, now, checking.in_one_form(yours), resolutions)
        if open_ones:
            return draft, open_ones
        now = merged
    draft = replace(draft, document={**now, **kept}, base_version=current.version)
    return await _write(ctx, draft, "", (), kind="rebase"), ()


async def definitions_at(ctx: Context, version: int) -> Document:
    """Return the definitions of a version as plain JSON."""
    if version == 0:
        return checking.plain(Definitions())
    _, definitions = await read_version(ctx.uow, version)
    return checking.plain(definitions)


async def _write(ctx: Context, draft: Draft, label: str, ops: Sequence[Op], *, kind: str = "edit") -> Draft:
    draft = replace(draft, revision=draft.revision + 1)
    edit = Edit(
        revision=draft.revision,
        kind=kind,
        author_id=ctx.actor.id,
        author_name=ctx.actor.name,
        at=ctx.now,
        label=label,
        ops=tuple(ops),
    )
    await store.write_draft(ctx.uow, draft, ctx.now)
    await store.add_edit(ctx.uow, draft.id, edit)
    await tell(ctx, draft)
    return draft


async def tell(ctx: Context, draft: Draft) -> None:
    """Let the builders who look at the draft know that it changed."""
    await append_event(ctx, EventDraft(kind="draft.changed", after={"draft": draft.id, "revision": draft.revision}))


def _clash(found: Clash) -> Problem:
    return problem(
        "draft.changed_by_other",
        *found.path,
        place="/".join(found.path),
        who=found.edit.author_name,
        what=found.edit.label,
    )


def is_changed(opened: Opened) -> bool:
    """Tell whether the draft means anything else than what it started from."""
    document: dict[str, Any] = opened.draft.document
    return bool(checking.moves_of(document)) or not checking.is_same(document, opened.published)
