"""Use cases of guided tours."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.kit.errors import Denied, NotFound
from xiaolu.metadata.model.entrance import Tour
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.yamlform import decode_definitions
from xiaolu.studio.tours import store
from xiaolu.studio.tours.model import OwnTour, Progress, State

PUBLISHED = "definitions.published"
"""An event that the audit log knows, not the log of records."""


@cache
def shipped_tours() -> Mapping[str, Tour]:
    """Return the tours that ship with the platform."""
    text = resources.files("xiaolu.studio.tours").joinpath("shipped.yaml").read_text(encoding="utf-8")
    found = decode_definitions(text)
    if not isinstance(found, Definitions):
        raise TypeError(str(found))
    return {each.key: each for each in found.tours}


def tours_of(ctx: Context) -> dict[str, Tour]:
    """Return the tours that the actor may take; the workspace's own take the place of shipped ones with the same key."""
    every = {**shipped_tours(), **{each.key: each for each in ctx.snapshot.definitions.tours}}
    return {key: each for key, each in every.items() if _may_take(ctx, each)}


def _may_take(ctx: Context, tour: Tour) -> bool:
    if tour.ability is not None and tour.ability not in ctx.actor.abilities and not ctx.actor.is_admin:
        return False
    return not tour.roles or ctx.actor.is_admin or bool(set(tour.roles) & set(ctx.actor.roles))


def read_shipped_tours(ctx: Context) -> list[Tour]:
    """Return the tours that ship with the platform.

    Raises:
        Denied: the actor does not build.
    """
    require_ability(ctx, "build")
    return list(shipped_tours().values())


async def list_tours(ctx: Context) -> list[OwnTour]:
    """Return the actor's tours with their progress."""
    if ctx.actor.id is None:
        return []
    progress = await store.select_progress(ctx.uow, ctx.actor.id)
    return [OwnTour(tour=each, progress=progress.get(key)) for key, each in tours_of(ctx).items()]


async def change_progress(ctx: Context, key: str, state: State, step: str | None, done: list[str]) -> Progress:
    """Keep where the actor is in a tour.

    Raises:
        NotFound: there is no such tour or step for them.
    """
    tour = _tour(ctx, key)
    steps = {each.key for each in tour.steps}
    if step is not None and step not in steps:
        raise NotFound("tour.unknown")
    if ctx.actor.id is None:
        raise Denied("tour.members_only")
    before = (await store.select_progress(ctx.uow, ctx.actor.id)).get(key)
    is_new = before is None or (before.state in ("done", "dismissed") and state == "running")
    same_step = before is not None and before.step == step and not is_new
    progress = Progress(
        tour=key,
        state=state,
        step=step,
        done=[each.key for each in tour.steps if each.key in done],
        started_at=ctx.now if before is None or is_new else before.started_at,
        changed_at=before.changed_at if before is not None and same_step else ctx.now,
    )
    await store.write_progress(ctx.uow, ctx.actor.id, progress)
    return progress


async def check_step(ctx: Context, key: str, step: str) -> bool:
    """Tell whether the actor did what a step asks for, since they came to it."""
    tour = _tour(ctx, key)
    found = next((each for each in tour.steps if each.key == step), None)
    if found is None or ctx.actor.id is None:
        raise NotFound("tour.unknown")
    progress = (await store.select_progress(ctx.uow, ctx.actor.id)).get(key)
    if progress is None or "." not in found.done:
        return False
    since = progress.changed_at if progress.step == step else progress.started_at
    if found.done == PUBLISHED:
        return await store.has_published(ctx.uow, ctx.actor.id, since)
    return await store.has_done(ctx.uow, ctx.actor.id, found.done, entity=found.entity, since=since)


def _tour(ctx: Context, key: str) -> Tour:
    found = tours_of(ctx).get(key)
    if found is None:
        raise NotFound("tour.unknown")
    return found
