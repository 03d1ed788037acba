"""What happened to a record, as far as its reader may know."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from msgspec import convert

from xiaolu.access.context import Context
from xiaolu.access.model import Decision, Operation
from xiaolu.access.policy import decide
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.entity import Option
from xiaolu.records.blueprint import Blueprint, rights_of
from xiaolu.records.model import History, HistoryEvent, Person, ValueChange
from xiaolu.records.past import past_text, past_titles
from xiaolu.records.service.read import load_record
from xiaolu.records.store.events import PastEvent, read_before, read_stage_after
from xiaolu.records.store.titles import load_titles
from xiaolu.records.titles import Titles

PAGE = 50
_QUIET = frozenset({"version", "updated_at", "updated_by", "deleted_at", "stage_since"})
"""System columns whose changes say nothing that the event itself does not say."""
_SHARING = frozenset({"record.shared", "record.unshared"})
"""Events that tell whom a record was opened to: their content is no value of a field."""


async def read_history(ctx: Context, entity: str, identifier: UUID, before: int | None = None) -> History:
    """Return a page of a record's events, newest first, older than the event ``before``.

    A change is left out where its field is hidden from the reader now, or was in the stage in which it happened.

    Raises:
        NotFound: there is no such record, or the actor may not see it.
    """
    blueprint, stored = await load_record(ctx, entity, identifier)
    reading = decide(ctx.actor, ctx.snapshot, entity, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    page = await read_before(ctx, identifier, before, PAGE + 1)
    events, has_more = page[:PAGE], len(page) > PAGE
    stage = stored.values["stage"]
    if events and before is not None:
        stage = await read_stage_after(ctx, identifier, events[0].id) or stage
    seen = _visible(blueprint, reading, events, now_in=stored.values["stage"], from_stage=stage)
    titles = await load_titles(
        ctx,
        past_titles(
            blueprint,
            [part for each in events for part in (each.before, each.after)],
            [person for each in events for person in (each.actor_id, _assignee(each), _partner(each))],
        ),
        stored.titles,
    )
    told = [_tell(ctx, blueprint, event, visible, titles) for event, visible in zip(events, seen, strict=True)]
    return History(events=told, next=events[-1].id if has_more else None)


def _visible(
    blueprint: Blueprint, reading: Decision, events: Sequence[PastEvent], *, now_in: str | None, from_stage: str | None
) -> list[frozenset[str]]:
    """Return for each event, newest first, the fields that the reader sees now and saw in the stages around it."""
    today = rights_of(blueprint, reading, now_in).visible
    found = []
    stage = from_stage
    for event in events:
        visible = today & rights_of(blueprint, reading, stage).visible
        if "stage" in event.before:
            stage = event.before["stage"]
            visible &= rights_of(blueprint, reading, stage).visible
        found.append(visible)
    return found


def _tell(
    ctx: Context, blueprint: Blueprint, event: PastEvent, visible: frozenset[str], titles: Titles
) -> HistoryEvent:
    actor = None
    if event.actor_id is not None:
        actor = Person(id=event.actor_id, name=titles.title("member", event.actor_id) or "")
    return HistoryEvent(
        id=event.id,
        at=event.at,
        kind=event.kind,
        actor=actor,
        cause=event.cause_kind,
        changes=_changes(ctx, blueprint, event, visible, titles),
        action=event.action,
        action_label=_action_label(ctx, blueprint, event.action),
        remark=event.remark,
        subject=_subject(ctx, blueprint, event, titles),
        records=_records(event.after),
    )


def _changes(
    ctx: Context, blueprint: Blueprint, event: PastEvent, visible: frozenset[str], titles: Titles
) -> list[ValueChange]:
    found: list[ValueChange] = []
    if event.kind in _SHARING:
        return found
    for key in dict.fromkeys((*event.after, *event.before)):
        model = blueprint.model.find(key)
        if model is None or key not in visible or key in _QUIET:
            continue
        before, after = event.before.get(key), event.after.get(key)
        found.append(
            ValueChange(
                field=key,
                label=model.definition.label.text(ctx.language),
                before=before,
                after=after,
                before_text=past_text(model, before, titles, ctx.language),
                after_text=past_text(model, after, titles, ctx.language),
            )
        )
    return found


def _action_label(ctx: Context, blueprint: Blueprint, action: str | None) -> str | None:
    processes = blueprint.model.versions.all()
    if action is None or not processes:
        return None
    sets = [key for process in processes for key in (process.reasons, *(each.reasons for each in process.transitions))]
    options: list[Option] = [
        option for key in sets if key and (found := ctx.snapshot.option_set(key)) for option in found.options
    ]
    return next((each.label.text(ctx.language) for each in options if each.key == action), action)


def _subject(ctx: Context, blueprint: Blueprint, event: PastEvent, titles: Titles) -> str | None:
    after = event.after
    if event.kind == "evidence.added":
        slots = [
            slot for process in blueprint.model.versions.all() for stage in process.stages for slot in stage.evidence
        ]
        name = next((each.label.text(ctx.language) for each in slots if each.key == after.get("slot")), "")
        file = (after.get("file") or {}).get("name", "")
        return " · ".join(part for part in (name, file) if part) or None
    if event.kind.startswith("task."):
        title = convert(after["title"], Label).text(ctx.language) if after.get("title") else ""
        assignee = _assignee(event)
        person = titles.title("member", assignee) if assignee else ""
        return " → ".join(part for part in (title, person) if part) or None
    if event.kind in _SHARING:
        partner = _partner(event)
        if partner is not None:
            return titles.title("member", partner)
        department = event.after.get("department")
        return titles.title("department", UUID(department)) if department else None
    return None


def _assignee(event: PastEvent) -> UUID | None:
    given = event.after.get("assignee") if event.kind.startswith("task.") else None
    return UUID(given) if given else None


def _partner(event: PastEvent) -> UUID | None:
    given = event.after.get("member") if event.kind in _SHARING else None
    return UUID(given) if given else None


def _records(after: Mapping[str, Any]) -> list[UUID]:
    given = after.get("absorbed") or [after.get("merged_into")]
    return [UUID(each) for each in given if isinstance(each, str)]
