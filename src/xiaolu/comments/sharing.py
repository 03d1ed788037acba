"""Telling people that a record was shared with them."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.comments.service import who_may_read
from xiaolu.comments.store import followers as store
from xiaolu.events.model import Event
from xiaolu.kit.i18n import Label, message
from xiaolu.tasks.model import NotificationDraft
from xiaolu.tasks.service import notify

SHARED = "record.shared"


async def tell_shared(ctx: Context, events: Iterable[Event], names: Mapping[UUID, str]) -> None:
    """Tell whom records were shared with: people, or everybody whom a department's share reaches.

    Whoever shared, and whoever may not read the record all the same, is told nothing. The end of a share is not told.
    """
    for event in events:
        target, entity, record_id = event.after or {}, event.entity, event.record_id
        if target.get("access") is None or entity is None or record_id is None:
            continue
        told = await _reached(ctx, target) - {event.actor_id}
        can = await who_may_read(ctx, entity, record_id, told)
        name = names.get(event.actor_id, "") if event.actor_id is not None else ""
        title = _title(ctx, entity, name, str(target["access"]))
        await notify(ctx, sorted(can), NotificationDraft(kind="share", title=title, entity=entity, record_id=record_id))


async def _reached(ctx: Context, target: Mapping[str, str | None]) -> set[UUID]:
    member, department = target.get("member"), target.get("department")
    if member is not None:
        return {UUID(member)}
    return await store.select_reached(ctx.uow, UUID(department)) if department is not None else set()


def _title(ctx: Context, entity: str, name: str, access: str) -> Label:
    label, code = ctx.snapshot.entities[entity].definition.label, f"share.told_{access}"
    return Label(
        message(code, {"name": name, "entity": label.zh}, "zh"),
        message(code, {"name": name, "entity": label.text("en")}, "en"),
    )
