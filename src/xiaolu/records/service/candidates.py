"""Where candidates come from: nothing, or a record that is there."""

from collections.abc import Iterable, Mapping
from typing import Any

from xiaolu.access.context import Context
from xiaolu.formula import RecordValues
from xiaolu.kit.ids import new_id
from xiaolu.records.blueprint import Blueprint
from xiaolu.records.candidate import Candidate
from xiaolu.records.model import Draft


def new_candidate(ctx: Context, blueprint: Blueprint, draft: Draft) -> Candidate:
    """Return an empty record owned by the actor, in the first stage of its process or the one that the draft says."""
    return new_candidates(ctx, blueprint, (draft,))[0]


def new_candidates(ctx: Context, blueprint: Blueprint, drafts: Iterable[Draft]) -> list[Candidate]:
    """Do what ``new_candidate`` does for many drafts."""
    blank = _blank(ctx, blueprint)
    found: list[Candidate] = []
    for draft in drafts:
        values = RecordValues(blank)
        identifier = values["id"] = draft.id or new_id()
        if draft.created_at is not None:
            values["created_at"] = draft.created_at
        if draft.created_by is not None:
            values["created_by"] = draft.created_by
        if draft.stage is not None:
            values["stage"] = draft.stage
        found.append(Candidate(blueprint, identifier, 0, {}, values))
    return found


def _blank(ctx: Context, blueprint: Blueprint) -> RecordValues:
    """Return what all new records of this moment have in common."""
    process = blueprint.model.process
    values = RecordValues(blueprint.blank)
    values["created_at"] = ctx.now
    values["created_by"] = ctx.actor.id
    values["updated_at"] = ctx.now
    values["updated_by"] = ctx.actor.id
    values["owner"] = ctx.actor.id
    values["department"] = ctx.actor.department_id
    if process is not None:
        values["stage"] = process.initial
        values["stage_since"] = ctx.now
        values["process_version"] = blueprint.model.versions.number
    return values


def candidate_from(ctx: Context, blueprint: Blueprint, stored: Mapping[str, Any]) -> Candidate:
    """Return a stored record as a candidate for a change by the actor, now."""
    values = RecordValues(stored)
    version: int = stored["version"]
    values["version"] = version + 1
    values["updated_at"] = ctx.now
    values["updated_by"] = ctx.actor.id
    return Candidate(blueprint=blueprint, id=stored["id"], version=version, before=stored, values=values)
