"""From what was sent to a record: the one write path, with an owner found by the form's rule, who is told."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.access.context import Context
from xiaolu.kit.errors import Invalid
from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import problem
from xiaolu.metadata.model.entrance import PublicForm
from xiaolu.records.service.create import create_record
from xiaolu.records.service.duplicates import find_duplicates
from xiaolu.records.store.titles import new_titles
from xiaolu.studio.public import store
from xiaolu.studio.public.model import Origin
from xiaolu.tasks.model import NotificationDraft
from xiaolu.tasks.service import notify, say


async def write_record(
    ctx: Context, form: PublicForm, sent: Mapping[str, Any], origin: Origin
) -> tuple[UUID, UUID | None]:
    """Make the record of a message and tell its owner; return both.

    Raises:
        Invalid: a field or rule stands against it.
    """
    values = {**_read_places(ctx, form, sent), **form.values}
    said: dict[str, str] = msgspec.to_builtins(origin)
    values.update((key, said[part][:200]) for part, key in form.origin.items() if said.get(part) and key not in values)
    owner = await _owner(ctx, form)
    if owner is not None:
        values["owner"] = str(owner)
    known = ctx.snapshot.entities[form.entity].definition.duplicates
    alike = await find_duplicates(ctx, form.entity, sent) if known else None
    record = await create_record(ctx, form.entity, values)
    if owner is not None:
        matches = len(alike.matches) if alike else 0
        await notify(
            ctx,
            [owner],
            NotificationDraft(
                kind="public",
                title=say("public.notice", form=form.label.zh, form_en=form.label.text("en")),
                text=say("public.notice_alike", count=matches) if matches else Label(""),
                entity=form.entity,
                record_id=record.id,
            ),
        )
    return record.id, owner


def _read_places(ctx: Context, form: PublicForm, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with places that were written in words as places; everything else as it was sent."""
    model = ctx.snapshot.entities[form.entity]
    names = new_titles(ctx)
    values = dict(sent)
    for key, raw in sent.items():
        field = model.fields[key]
        if field.type.key != "region":
            continue
        parsed = field.type.read_cell(raw, field.definition, names)
        if parsed.problems:
            raise Invalid(
                "record.invalid", [problem(each.code, "values", key, **each.params) for each in parsed.problems]
            )
        values[key] = parsed.value
    return values


async def _owner(ctx: Context, form: PublicForm) -> UUID | None:
    """Return who gets the record; None where the rule finds nobody, so that nothing that was sent is lost."""
    rule = form.owner
    if rule.member is not None:
        return await store.find_member(ctx.uow, rule.member)
    found = await store.select_candidates(ctx.uow, role=rule.role, department=rule.department)
    return await store.take_turn(ctx.uow, form.key, found) if found else None
