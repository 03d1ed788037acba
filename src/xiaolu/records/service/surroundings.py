"""What the write path needs around a candidate: rights, formula environment, names of files."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaolu.access.context import Context
from xiaolu.formula import PythonEnv, RecordValues
from xiaolu.kit.errors import NotFound
from xiaolu.metadata.fields.system import SYSTEM_FIELD_MODELS
from xiaolu.records.blueprint import Blueprint, blueprint_of
from xiaolu.records.candidate import Candidate
from xiaolu.records.reading import labelled
from xiaolu.records.store.members import find_member
from xiaolu.records.store.titles import load_files, new_titles
from xiaolu.records.titles import Titles


def find_blueprint(ctx: Context, entity: str) -> Blueprint:
    """Return the entity's blueprint, or refuse where there is no such entity."""
    if entity not in ctx.snapshot.entities:
        raise NotFound("entity.unknown", entity=entity)
    return blueprint_of(ctx.snapshot, entity)


async def load_names(ctx: Context, blueprint: Blueprint, raw: Mapping[str, Any], into: Titles | None = None) -> Titles:
    """Return the names that reading an input needs: of its files, where it names any."""
    titles = into or new_titles(ctx)
    ids: list[UUID] = []
    for part in blueprint.files:
        given = raw.get(part.key)
        for each in given if isinstance(given, list) else [given]:
            try:
                ids.append(UUID(str(each)))
            except ValueError:
                continue
    if ids:
        await load_files(ctx, ids, titles)
    return titles


def environment_of(ctx: Context, previous: Mapping[str, Any] | None) -> PythonEnv:
    """Return the surroundings of a formula: now, the person, and the record before the change."""
    zone = ZoneInfo(ctx.time_zone)
    return PythonEnv(
        now=ctx.now,
        today=ctx.now.astimezone(zone).date(),
        zone=zone,
        calendar=ctx.calendar,
        me=ctx.actor.id,
        department=ctx.actor.department_id,
        previous=RecordValues(previous) if previous else None,
    )


async def settle_owner(ctx: Context, candidate: Candidate) -> None:
    """Give the record the department of its new owner, or refuse an owner who is no active member."""
    owner = candidate.values["owner"]
    if "owner" not in candidate.given or (owner == candidate.before.get("owner")):
        return
    found = await find_member(ctx, owner)
    if found is None:
        label = SYSTEM_FIELD_MODELS["owner"].definition.label
        candidate.problems.append(labelled("reference.not_found", "owner", label.zh, label.en))
        return
    candidate.values["department"] = found.department_id


def new_files(candidate: Candidate) -> list[UUID]:
    """Return the files that the record newly holds."""
    found: list[UUID] = []
    for part in candidate.blueprint.files:
        held = _as_list(candidate.before.get(part.key))
        found.extend(each for each in _as_list(candidate.values.get(part.key)) if each not in held)
    return found


def _as_list(value: Any) -> list[UUID]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
