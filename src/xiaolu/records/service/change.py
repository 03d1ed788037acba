"""Changing a record: one read that decides, one statement that writes if nothing moved in between."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import Decision, Operation
from xiaolu.access.policy import decide, require
from xiaolu.kit.errors import Conflict, Denied, NotFound
from xiaolu.kit.problems import Problem
from xiaolu.metadata.model.process import Process
from xiaolu.process.model import RecordFacts
from xiaolu.process.rules import check_edit
from xiaolu.records.blueprint import Blueprint, rights_of
from xiaolu.records.candidate import Candidate
from xiaolu.records.model import Can, Record, Update
from xiaolu.records.reading import read_input
from xiaolu.records.service.candidates import candidate_from
from xiaolu.records.service.checking import check_references
from xiaolu.records.service.clashes import clash_of
from xiaolu.records.service.completing import complete
from xiaolu.records.service.narrowing import check_narrowed
from xiaolu.records.service.refusing import refusal_for
from xiaolu.records.service.rows import prepare_rows
from xiaolu.records.service.surroundings import find_writable, load_names, settle_owner
from xiaolu.records.service.writing import is_simple, write_change
from xiaolu.records.shaping import Shaper
from xiaolu.records.store.read import Stored, read_stored

ATTEMPTS = 5
"""How often a change that names no version is tried against what others write meanwhile."""


async def update_record(ctx: Context, entity: str, identifier: UUID, update: Update, *, alone: bool = False) -> Record:
    """Change a record and return it as the actor sees it; values that equal the stored ones are no change.

    With ``alone`` the caller promises that the request writes nothing else.

    Raises:
        NotFound: there is no such record, or the actor may not see it.
        Denied: the actor sees the record but may not change it.
        Invalid: ``problems`` name every field and rule that stands against it.
        Conflict: somebody changed it since ``update.version`` (``record.changed``), or it is frozen (``record.frozen``).
    """
    blueprint = find_writable(ctx, entity)
    decision = require(ctx, entity, Operation.UPDATE)
    reading = decide(ctx.actor, ctx.snapshot, entity, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    for _ in range(ATTEMPTS):
        stored = await find_stored(ctx, blueprint, identifier, reading)
        if not stored.can.update:
            raise Denied("access.denied.update", entity=blueprint.model.definition.label.text(ctx.language))
        if update.version is not None and update.version != stored.version:
            raise await clash_of(ctx, blueprint, reading, stored.values, seen=update.version, mine=set(update.values))
        candidate = await candidate_for(ctx, blueprint, stored, decision, update.values)
        if not is_change(candidate):
            return Shaper(blueprint, reading, ctx.language).shape(stored.values, stored.titles, stored.can)
        can = await _try(ctx, candidate, stored, alone=alone)
        if can is not None:
            return Shaper(blueprint, reading, ctx.language).shape(candidate.values, stored.titles, can)
    raise Conflict("record.busy")


class _Overtaken(Exception):
    """Somebody else changed the record between its reading and its writing."""


async def _try(ctx: Context, candidate: Candidate, stored: Stored, *, alone: bool) -> Can | None:
    """Write the candidate; None where somebody was faster.

    An attempt that fails gives back the locks it took: holding them while trying again would invite deadlocks.
    """
    if is_simple(ctx, candidate) and alone:
        return await write_change(ctx, candidate, stored.titles, alone=True)
    try:
        async with ctx.uow.savepoint():
            can = await write_change(ctx, candidate, stored.titles, alone=False)
            if can is None:
                raise _Overtaken
            return can
    except _Overtaken:
        return None


async def find_stored(ctx: Context, blueprint: Blueprint, identifier: UUID, reading: Decision) -> Stored:
    """Return a live record that the actor may read, or refuse."""
    stored = await read_stored(ctx, blueprint, identifier, reading) if reading.allowed else None
    if stored is None or stored.values["deleted_at"] is not None:
        raise NotFound("record.not_found")
    return stored


async def candidate_for(
    ctx: Context, blueprint: Blueprint, stored: Stored, decision: Decision, changes: Mapping[str, Any]
) -> Candidate:
    """Return the record as it would be, or refuse with everything that stands against it."""
    candidate = candidate_from(ctx, blueprint, stored.values)
    names = await load_names(ctx, blueprint, changes, stored.titles)
    read_input(candidate, changes, rights_of(blueprint, decision, stored.values["stage"]), names)
    await settle_owner(ctx, candidate, names)
    if candidate.rows:
        await prepare_rows(ctx, [candidate])
    await complete(ctx, candidate, names)
    await check_narrowed(ctx, blueprint, [candidate])
    if candidate.changed_links():
        await check_references(ctx, blueprint, [candidate], names)
    candidate.problems.extend(edit_problems(ctx, candidate))
    if candidate.problems:
        raise refusal_for(candidate.problems)
    return candidate


def is_change(candidate: Candidate) -> bool:
    """Tell whether anything would be written."""
    return bool(
        candidate.changed_parts() or candidate.changed_links() or candidate.changed_system() or candidate.row_changes
    )


def edited_fields(candidate: Candidate) -> list[str]:
    """Return the fields that the input itself changes."""
    return [
        key
        for key in candidate.given
        if key in candidate.row_changes or candidate.values.get(key) != candidate.before.get(key)
    ]


def edit_problems(ctx: Context, candidate: Candidate) -> list[Problem]:
    """Return what a freeze, or the stage that the record is in, has against the edit."""
    edited = edited_fields(candidate)
    if not edited:
        return []
    found = check_edit(process_of(candidate), facts_of(candidate), edited, now=ctx.now)
    candidate.ignores_freeze = not found  # fields that stay open in a freeze; the version tells whether one began since
    return found


def process_of(candidate: Candidate) -> Process | None:
    """Return the process that the record runs in: of the version that it started on, if that is kept."""
    return candidate.blueprint.model.process_of(candidate.before.get("process_version"))


def facts_of(candidate: Candidate) -> RecordFacts:
    """Return the record, as it was, in the form in which processes decide about it."""
    return _facts(candidate, candidate.before)


def started(candidate: Candidate) -> RecordFacts:
    """Return a new record in the form in which its process says what follows from it."""
    return _facts(candidate, candidate.values)


def _facts(candidate: Candidate, stored: Mapping[str, Any]) -> RecordFacts:
    return RecordFacts(
        entity=candidate.blueprint.key,
        id=candidate.id,
        version=candidate.version,
        title=str(stored.get(candidate.blueprint.title_key) or ""),
        values=candidate.values,
        owner=stored["owner"],
        department=stored["department"],
        stage=stored["stage"],
        stage_since=stored["stage_since"],
        frozen_until=stored["frozen_until"],
        process_version=stored.get("process_version"),
    )
