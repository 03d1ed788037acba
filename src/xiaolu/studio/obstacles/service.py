"""Use cases of obstacles: report one, read them, decide and answer."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import msgspec

from xiaolu.access.context import Context
from xiaolu.access.model import ADMIN_ROLE
from xiaolu.access.policy import require_ability
from xiaolu.access.store.titles import select_titles
from xiaolu.kit.csvtext import csv_text
from xiaolu.kit.errors import Denied, Invalid, Limited, NotFound
from xiaolu.kit.i18n import Label, message
from xiaolu.kit.ids import new_id
from xiaolu.kit.problems import problem
from xiaolu.process.people import load_people
from xiaolu.studio.obstacles import store
from xiaolu.studio.obstacles.model import LONGEST_TEXT, Category, Count, Obstacle, Place, State
from xiaolu.tasks.model import NotificationDraft
from xiaolu.tasks.service import notify, say

MOST_A_DAY = 50
MOST_EXPORTED = 5_000
TOPIC = "obstacles"


async def report_obstacle(ctx: Context, category: Category, text: str, place: Place) -> Obstacle:
    """Take a report down and tell those who build.

    What a client says of the place is kept only where the reporter may know of it.

    Raises:
        Invalid: there is no text, or too much.
        Limited: the member has reported very much today.
    """
    if ctx.actor.id is None:
        raise Denied("obstacle.members_only")
    clean = text.strip()
    if not 1 <= len(clean) <= LONGEST_TEXT:
        raise Invalid("obstacle.invalid", [problem("obstacle.text_length", "text", most=LONGEST_TEXT)])
    if await store.count_recent(ctx.uow, ctx.actor.id, ctx.now - timedelta(days=1)) >= MOST_A_DAY:
        raise Limited("request.too_often", retry_after=3600)
    entity = place.entity if place.entity in ctx.snapshot.entities else None
    record = place.record if entity and place.record and await select_titles(ctx, entity, [place.record]) else None
    details = msgspec.to_builtins(place)
    made = Obstacle(
        id=new_id(), at=ctx.now, reporter=ctx.actor.id, reporter_name=ctx.actor.name, category=category, text=clean,
        page=place.page[:200], entity=entity, record_id=record, stage=_stage(ctx, entity, place.stage),
        place={key: details[key] for key in ("width", "language", "client") if key in details},
        version=ctx.snapshot.version, state="new", answer=None, decided_at=None, decided_by=None,
    )  # fmt: skip
    await store.insert_obstacle(ctx.uow, made)
    await _tell_builders(ctx, made)
    return made


def _stage(ctx: Context, entity: str | None, stage: str | None) -> str | None:
    process = ctx.snapshot.entities[entity].process if entity else None
    return stage if process is not None and stage and process.stage(stage) else None


async def _tell_builders(ctx: Context, made: Obstacle) -> None:
    roles = {each.key for each in ctx.snapshot.definitions.roles if "build" in each.abilities} | {ADMIN_ROLE}
    people = await load_people(ctx, roles)
    members = [each.id for role in sorted(roles) for each in people.candidates.get(role, [])]
    notice = NotificationDraft(
        kind="obstacle",
        title=say("obstacle.notice", name=made.reporter_name),
        text=Label(made.text[:200], made.text[:200]),
        topic=TOPIC,
    )
    await notify(ctx, [each for each in members if each != made.reporter], notice)


async def list_obstacles(
    ctx: Context, *, state: State | None, entity: str | None, before: UUID | None, limit: int
) -> list[Obstacle]:
    """Return reports, the newest first; for those who build."""
    require_ability(ctx, "build")
    return await store.select_obstacles(ctx.uow, state=state, entity=entity, reporter=None, before=before, limit=limit)


async def list_own_obstacles(ctx: Context, limit: int) -> list[Obstacle]:
    """Return what the actor reported, with the answers."""
    if ctx.actor.id is None:
        return []
    return await store.select_obstacles(
        ctx.uow, state=None, entity=None, reporter=ctx.actor.id, before=None, limit=limit
    )


async def count_obstacles(ctx: Context) -> Sequence[Count]:
    """Return how many reports there are by form and stage."""
    require_ability(ctx, "build")
    return await store.count_obstacles(ctx.uow)


async def decide_obstacle(ctx: Context, identifier: UUID, state: State, answer: str | None) -> Obstacle:
    """Say what becomes of a report; the reporter is told.

    Raises:
        NotFound: there is no such report.
        Invalid: declining takes an answer.
    """
    require_ability(ctx, "build")
    found = await store.find_obstacle(ctx.uow, identifier)
    if found is None:
        raise NotFound("obstacle.unknown")
    said = (answer or "").strip()[:LONGEST_TEXT] or None
    if state == "declined" and said is None:
        raise Invalid("obstacle.invalid", [problem("obstacle.answer_needed", "answer")])
    await store.update_obstacle(ctx.uow, identifier, state=state, answer=said, by=ctx.actor.id, now=ctx.now)
    if (state, said) != (found.state, found.answer) and state != "new" and found.reporter != ctx.actor.id:
        notice = NotificationDraft(
            kind="obstacle",
            title=say(f"obstacle.decided.{state}"),
            text=Label(said or found.text[:200], said or found.text[:200]),
        )
        await notify(ctx, [found.reporter], notice)
    changed = await store.find_obstacle(ctx.uow, identifier)
    if changed is None:
        raise NotFound("obstacle.unknown")
    return changed


async def export_obstacles(ctx: Context) -> str:
    """Return all reports as csv, the newest first."""
    require_ability(ctx, "build")
    found = await store.select_obstacles(
        ctx.uow, state=None, entity=None, reporter=None, before=None, limit=MOST_EXPORTED
    )
    heads = ("at", "reporter", "state", "category", "entity", "stage", "page", "text", "answer", "version")
    rows: list[tuple[object, ...]] = [tuple(message(f"obstacle.column.{each}", {}, ctx.language) for each in heads)]
    for each in found:
        state, category = (
            message(f"obstacle.{code}", {}, ctx.language)
            for code in (f"state.{each.state}", f"category.{each.category}")
        )
        rows.append((
            each.at.isoformat(timespec="minutes"), each.reporter_name, state, category, _label(ctx, each.entity), each.stage or "",
            each.page, each.text, each.answer or "", each.version,
        ))  # fmt: skip
    return csv_text(rows)


def _label(ctx: Context, entity: str | None) -> str:
    model = ctx.snapshot.entities.get(entity or "")
    return model.definition.label.text(ctx.language) if model else (entity or "")
