"""Taking an import back, from its last event to its first.

What it made goes to the recycle bin, what it changed gets its values back. A record that somebody else changed since
stays as it is and is reported. The platform acts in the person's name: who may import may take the import back.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec

from xiaolu.access.context import Cause, Context
from xiaolu.records.imports.model import ImportJob, State, UndoReport
from xiaolu.records.imports.store import history
from xiaolu.records.service.bulk import bulk_delete, update_many

BATCH = 1_000
"""Events that one transaction takes back."""
MOST_REPORTED = 200


async def undo_batch(ctx: Context, job: ImportJob) -> ImportJob:
    """Take one batch of events back; the import is undone when none is left."""
    report = job.undo or UndoReport()
    events = await history.select_events(ctx, job, before=report.after, limit=BATCH)
    if not events:
        return msgspec.structs.replace(job, state=State.UNDONE, finished_at=ctx.now)
    acting = replace(
        ctx, actor=replace(ctx.actor, kind="system"), cause=Cause(kind="import", correlation=job.correlation)
    )
    for entity in dict.fromkeys(each.entity for each in events):
        past = [each for each in events if each.entity == entity]
        is_rows = entity in ctx.snapshot.entities and ctx.snapshot.entities[entity].definition.parent is not None
        report = await (_undo_rows if is_rows else _undo_entity)(acting, entity, past, report)
    last = events[-1]
    return msgspec.structs.replace(job, undo=msgspec.structs.replace(report, after=last.place))


async def _undo_entity(ctx: Context, entity: str, events: list[history.Past], report: UndoReport) -> UndoReport:
    if entity not in ctx.snapshot.entities:
        return _kept(report, [each.record_id for each in events])
    made = {each.record_id for each in events if each.is_creation and not each.is_changed_since}
    old: dict[UUID, dict[str, Any]] = {}
    for each in events:
        if not each.is_creation and not each.is_changed_since:
            old.setdefault(each.record_id, {}).update(each.before)
    kept = {each.record_id for each in events if each.is_changed_since}
    deleted = await bulk_delete(ctx, entity, sorted(made)) if made else None
    report = _kept(report, sorted(kept | ({each.id for each in deleted.failed} if deleted else set())))
    changes = [(identifier, _writable(ctx, entity, values)) for identifier, values in old.items()]
    restored = await update_many(ctx, entity, changes) if changes else []
    refused = [identifier for (identifier, _), each in zip(changes, restored, strict=True) if isinstance(each, list)]
    report = _kept(report, refused)
    return msgspec.structs.replace(
        report,
        deleted=report.deleted + (deleted.changed if deleted else 0),
        restored=report.restored + sum(each is True for each in restored),
    )


async def _undo_rows(ctx: Context, entity: str, events: list[history.Past], report: UndoReport) -> UndoReport:
    """Take rows of a sub-table out of the records that have them, and give back what it changed in those that stay.

    What the import made itself takes its rows along.
    """
    parent = str(ctx.snapshot.entities[entity].definition.parent)
    fields = ctx.snapshot.entities[parent].fields if parent in ctx.snapshot.entities else {}
    key = next((each.key for each in fields.values() if each.type.target(each.definition) == entity), None)
    made = {each.record_id for each in events if each.is_creation and not each.is_changed_since}
    old: dict[UUID, dict[str, Any]] = {}
    for each in events:
        if not each.is_creation and not each.is_changed_since:
            old.setdefault(each.record_id, {}).update(_writable(ctx, entity, each.before))
    holders = await history.select_holders(ctx, entity, sorted({*made, *old}), parent)
    kept = {each.record_id for each in events if each.is_changed_since}
    changes: list[tuple[UUID, dict[str, Any]]] = []
    for holder, rows in holders.items():
        left = [{"id": str(each), **old.get(each, {})} for each in rows if each not in made]
        changes.append((holder, {str(key): left}))
    done = await update_many(ctx, parent, changes) if changes and key is not None else []
    refused = [holder for (holder, _), each in zip(changes, done, strict=False) if isinstance(each, list)]
    report = _kept(report, sorted({*kept, *refused}))
    return msgspec.structs.replace(report, restored=report.restored + sum(each is True for each in done))


def _writable(ctx: Context, entity: str, values: dict[str, Any]) -> dict[str, Any]:
    fields = ctx.snapshot.entities[entity].fields
    return {
        key: value
        for key, value in values.items()
        if key == "owner" or (key in fields and not fields[key].type.is_computed)
    }


def _kept(report: UndoReport, ids: list[UUID]) -> UndoReport:
    if not ids:
        return report
    listed = list(dict.fromkeys([*report.kept_records, *map(str, ids)]))
    added = len(set(map(str, ids)) - set(report.kept_records))
    return msgspec.structs.replace(report, kept=report.kept + added, kept_records=listed[:MOST_REPORTED])
