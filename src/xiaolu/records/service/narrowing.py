"""Relations that take only some records: a lead's contact is one of the lead's customer."""

from collections.abc import Sequence

from xiaolu.access.context import Context
from xiaolu.kit.problems import Problem
from xiaolu.records.blueprint import Blueprint, Narrowed
from xiaolu.records.candidate import Candidate
from xiaolu.records.reading import refusal
from xiaolu.records.store.narrowing import find_suiting


async def check_narrowed(ctx: Context, blueprint: Blueprint, candidates: Sequence[Candidate]) -> None:
    """Put into the problems which relations lead to records that do not suit, where either field is newly set.

    Without a value of the narrowing field any record suits. What was there before the relation was narrowed stays
    until one of the two fields changes.
    """
    for narrowed in blueprint.narrowed:
        asked = [each for each in candidates if _is_asked(each, narrowed)]
        if not asked:
            continue
        found = await find_suiting(ctx, narrowed, {each.values[narrowed.part.key] for each in asked})
        for each in asked:
            leads_to = each.values[narrowed.part.key]
            if leads_to in found and found[leads_to] != each.values[narrowed.field.key]:
                each.problems.append(_problem(narrowed))


def _is_asked(candidate: Candidate, narrowed: Narrowed) -> bool:
    values, before = candidate.values, candidate.before
    keys = (narrowed.part.key, narrowed.field.key)
    return all(values.get(key) is not None for key in keys) and any(values[key] != before.get(key) for key in keys)


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
