"""References and uniqueness of many candidates, asked of the database set-wise."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.records.blueprint import Blueprint, Part
from xiaolu.records.candidate import Candidate
from xiaolu.records.reading import refusal
from xiaolu.records.service.narrowing import check_narrowed
from xiaolu.records.service.refusing import taken_problem
from xiaolu.records.store.titles import find_live, load_titles
from xiaolu.records.store.unique import find_taken
from xiaolu.records.titles import Titles


async def check_many(ctx: Context, blueprint: Blueprint, candidates: Sequence[Candidate]) -> None:
    """Put into each candidate's problems what its new values point to in vain or against a narrowing, and which of them another record has.

    Files are checked on attaching, and the pairs of many-to-many fields here as well.
    """
    await check_references(ctx, blueprint, candidates)
    await check_narrowed(ctx, blueprint, candidates)
    for part in blueprint.unique:
        await _check_unique(ctx, blueprint, part, candidates)


async def check_references(
    ctx: Context, blueprint: Blueprint, candidates: Sequence[Candidate], names: Titles | None = None
) -> None:
    """Put references that lead to nothing, or to what the actor may not see, into the problems; ``names`` learns the others."""
    wanted: dict[str, set[UUID]] = {}
    asked: list[tuple[Candidate, Part, set[UUID]]] = []
    for part in (*blueprint.references, *blueprint.links):
        if part.target is None or part.target == "file":
            continue
        for candidate in candidates:
            ids = _new_ids(candidate, part)
            if ids:
                wanted.setdefault(part.target, set()).update(ids)
                asked.append((candidate, part, ids))
    if not asked:
        return
    live = await find_live(ctx, wanted)
    if names is not None:
        for target, titles in live.items():
            names.add_all(target, titles)
    for candidate, part, ids in asked:
        if not ids <= live[part.target or ""].keys():
            candidate.problems.append(refusal("reference.unavailable", part))


def _new_ids(candidate: Candidate, part: Part) -> set[UUID]:
    value, was = candidate.values.get(part.key), candidate.before.get(part.key)
    if value is None or value == was:
        return set()
    if not isinstance(value, list):
        return {value}
    return set(value) - set(was or ())


async def _check_unique(ctx: Context, blueprint: Blueprint, part: Part, candidates: Sequence[Candidate]) -> None:
    changed = [each for each in candidates if _is_new_value(each, part)]
    if not changed:
        return
    taken = await find_taken(ctx, blueprint, part, [each.values[part.key] for each in changed])
    seen: dict[Any, UUID] = {}
    holders: list[tuple[Candidate, UUID]] = []
    for candidate in changed:
        value = candidate.values[part.key]
        holder = taken.get(value)
        if holder is not None and holder != candidate.id:
            holders.append((candidate, holder))
        elif value in seen:
            candidate.problems.append(refusal("value.repeated", part))
        else:
            seen[value] = candidate.id
    if holders:
        titles = await load_titles(ctx, {blueprint.key: {holder for _, holder in holders}})
        for candidate, holder in holders:
            candidate.problems.append(taken_problem(part, holder, titles.title(blueprint.key, holder)))


def _is_new_value(candidate: Candidate, part: Part) -> bool:
    value = candidate.values.get(part.key)
    return value is not None and value != candidate.before.get(part.key)
