"""Relations that take only some records: a lead's contact is one of the lead's customer."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.kit.problems import Problem
from xiaolu.records.blueprint import Blueprint, Narrowed
from xiaolu.records.candidate import Candidate
from xiaolu.records.reading import refusal
from xiaolu.records.store.narrowing import find_suiting


async def check_narrowed(ctx: Context, blueprint: Blueprint, candidates: Sequence[Candidate]) -> None:
    """Put into the problems which relations lead to records that do not suit, where either field is newly set.

    Without a value of the narrowing field any record suits. What was there before the relation was narrowed stays
    until one of the two fields changes; of several records, those that are added.
    """
    for narrowed in blueprint.narrowed:
        asked = {each.id: ids for each in candidates if (ids := _asked(each, narrowed))}
        if not asked:
            continue
        found = await find_suiting(ctx, narrowed, set().union(*asked.values()))
        for each in candidates:
            wanted = each.values.get(narrowed.field.key)
            if any(leads_to in found and found[leads_to] != wanted for leads_to in asked.get(each.id, ())):
                each.problems.append(_problem(narrowed))


def _asked(candidate: Candidate, narrowed: Narrowed) -> set[UUID]:
    """Return the records that must suit: those that are newly led to, or with another narrowing value all of them."""
    values, before = candidate.values, candidate.before
    wanted = values.get(narrowed.field.key)
    if wanted is None:
        return set()
    now = _led_to(values.get(narrowed.part.key))
    return now if wanted != before.get(narrowed.field.key) else now - _led_to(before.get(narrowed.part.key))


def _led_to(value: Any) -> set[UUID]:
    return set(value) if isinstance(value, list) else set() if value is None else {value}


def _problem(narrowed: Narrowed) -> Problem:
    target, by, field = narrowed.target.definition.label, narrowed.by.definition.label, narrowed.field.definition.label
    return refusal(
        "relation.outside",
        narrowed.part,
        target=target.zh,
        target_en=target.en or target.zh,
        by=by.zh,
        by_en=by.en or by.zh,
        field=field.zh,
        field_en=field.en or field.zh,
    )
