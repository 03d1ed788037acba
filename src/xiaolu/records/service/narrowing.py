"""Relations that take only some records: a lead's contact is one of the lead's customer."""

from collections.abc import Collection, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.kit.errors import Invalid
from xiaolu.kit.problems import Param, Problem, problem
from xiaolu.records.blueprint import Blueprint, Narrowed, blueprint_of
from xiaolu.records.candidate import Candidate
from xiaolu.records.reading import refusal
from xiaolu.records.store.narrowing import find_leading, find_suiting


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


Leading: TypeAlias = Sequence[tuple[Narrowed, Collection[UUID]]]
"""Narrowed relations with records that lead somewhere by them and suit."""


async def find_suited(ctx: Context, entity: str, targets: Collection[UUID]) -> Leading:
    """Return by which narrowed relations records lead to any of ``targets``, as far as those suit."""
    found: list[tuple[Narrowed, Collection[UUID]]] = []
    for model in ctx.snapshot.entities.values():
        for narrowed in blueprint_of(ctx.snapshot, model.key).narrowed:
            if narrowed.target.key == entity:
                leading = await find_leading(ctx, narrowed, targets)
                found.append((narrowed, [each for each, suits in leading.items() if suits]))
    return found


async def check_suited(ctx: Context, suited: Leading, target: UUID) -> None:
    """Refuse that records which suited lead to a record that does not suit them.

    Raises:
        Invalid: with each such relation, and how many records are concerned.
    """
    found = []
    for narrowed, records in suited:
        leading = await find_leading(ctx, narrowed, [target], records=records) if records else {}
        count = sum(not suits for suits in leading.values())
        if count:
            form = ctx.snapshot.entities[narrowed.part.owner].definition.label
            about: dict[str, Param] = {
                "count": count,
                "entity": form.zh,
                "entity_en": form.text("en"),
                **_words(narrowed),
            }
            label = narrowed.part.definition.label
            found.append(problem("merge.outside", "absorb", label=label.zh, label_en=label.text("en"), **about))
    if found:
        raise Invalid("merge.outside", found, **found[0].params)


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
    return refusal("relation.outside", narrowed.part, **_words(narrowed))


def _words(narrowed: Narrowed) -> dict[str, Param]:
    target, by, field = narrowed.target.definition.label, narrowed.by.definition.label, narrowed.field.definition.label
    named = {"target": target, "by": by, "field": field}
    words: dict[str, Param] = {name: each.zh for name, each in named.items()}
    words.update({f"{name}_en": each.text("en") for name, each in named.items()})
    return words
