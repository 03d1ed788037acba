"""What the write path needs around a candidate: rights, formula environment, names of files."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaolu.access.context import Context
from xiaolu.formula import PythonEnv, RecordValues
from xiaolu.kit.errors import Invalid, NotFound
from xiaolu.kit.problems import problem
from xiaolu.metadata.fields.references import identifier
from xiaolu.metadata.fields.system import SYSTEM_FIELD_MODELS
from xiaolu.records.blueprint import Blueprint, blueprint_of
from xiaolu.records.candidate import Candidate
from xiaolu.records.reading import labelled
from xiaolu.records.store.members import Owner, find_members
from xiaolu.records.store.titles import load_files, new_titles
from xiaolu.records.titles import Titles


def find_blueprint(ctx: Context, entity: str) -> Blueprint:
    """Return the entity's blueprint, or refuse where there is no such entity."""
    if entity not in ctx.snapshot.entities:
        raise NotFound("entity.unknown", entity=entity)
    return blueprint_of(ctx.snapshot, entity)


def find_writable(ctx: Context, entity: str) -> Blueprint:
    """Return the blueprint of an entity whose records are written by themselves.

    Rows of a sub-table are written with their record alone, so that its freeze, stage and version hold for them.
    """
    blueprint = find_blueprint(ctx, entity)
    parent = blueprint.model.definition.parent
    if parent is not None:
        label = (
            ctx.snapshot.entities[parent].definition.label.text(ctx.language)
            if parent in ctx.snapshot.entities
            else parent
        )
        raise Invalid("record.written_with_parent", [problem("record.written_with_parent", parent=label)], parent=label)
    return blueprint


async def load_names(ctx: Context, blueprint: Blueprint, raw: Mapping[str, Any], into: Titles | None = None) -> Titles:
    """Return the names that reading an input needs: of its files, where it names any."""
    return await load_names_of(ctx, blueprint, (raw,), into)


async def load_names_of(
    ctx: Context, blueprint: Blueprint, inputs: Sequence[Mapping[str, Any]], into: Titles | None = None
) -> Titles:
    """Return the names that reading several inputs needs."""
    titles = into or new_titles(ctx)
    if blueprint.files:
        ids = {found for raw in inputs for part in blueprint.files for found in _ids(raw.get(part.key))}
        if ids:
            await load_files(ctx, ids, titles)
    return titles


def _ids(given: Any) -> Iterable[UUID]:
    for each in given if isinstance(given, list) else [given]:
        found = identifier(each)
        if found is not None:
            yield found


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


async def settle_owner(ctx: Context, candidate: Candidate, names: Titles) -> None:
    """Give the record the department of its new owner, or refuse an owner who is no active member."""
    if not _takes_owner(candidate):
        return
    found = (await find_members(ctx, [candidate.values["owner"]])).get(candidate.values["owner"])
    _give_department(candidate, found)
    if found is not None:
        names.add("member", found.id, found.name)


async def settle_owners(ctx: Context, candidates: Sequence[Candidate]) -> None:
    """Do what ``settle_owner`` does for many candidates at once."""
    given = {each.values["owner"] for each in candidates if _takes_owner(each)}
    if not given:
        return
    found = await find_members(ctx, given)
    for each in candidates:
        if _takes_owner(each):
            _give_department(each, found.get(each.values["owner"]))


def _takes_owner(candidate: Candidate) -> bool:
    return "owner" in candidate.given and candidate.values["owner"] != candidate.before.get("owner")


def _give_department(candidate: Candidate, owner: Owner | None) -> None:
    if owner is None:
        label = SYSTEM_FIELD_MODELS["owner"].definition.label
        candidate.problems.append(labelled("reference.unavailable", "owner", label.zh, label.en))
    else:
        candidate.values["department"] = owner.department_id


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
