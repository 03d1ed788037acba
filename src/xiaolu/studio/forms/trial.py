"""Forms tried out before they are published: the rules of the write path over definitions that need not be sound.

What cannot work yet (an unknown type, a formula that does not compile) is passed over; the validators name it. Formulas
that read other records are not asked: their tables may not exist yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

import msgspec

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.kit.errors import Invalid
from xiaolu.kit.problems import Problem
from xiaolu.metadata.decoding import decode
from xiaolu.metadata.fields.registry import FIELD_TYPES
from xiaolu.metadata.model.entity import Entity, OptionSet
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.snapshot import Snapshot
from xiaolu.records.blueprint import Blueprint, Rights, blueprint_of
from xiaolu.records.candidate import Candidate
from xiaolu.records.conditions import Condition, FieldConditions
from xiaolu.records.model import Draft, FormState
from xiaolu.records.reading import read_input
from xiaolu.records.rules import Evaluation, check_record, compute_locals, fill_defaults
from xiaolu.records.service.candidates import new_candidate
from xiaolu.records.service.form import add_values, filled_in, form_state
from xiaolu.records.service.surroundings import environment_of, load_names
from xiaolu.records.shaping import wanted_titles
from xiaolu.records.store.titles import load_titles
from xiaolu.studio.wanted import wanted_definitions

_MOST_KEPT = 8
_kept: dict[tuple[int, str], tuple[Definitions, Snapshot]] = {}
"""Snapshots that were tried lately, by the identity of the definitions that they change (kept alive here) and the change."""


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """What a form makes of what was typed."""

    state: FormState
    problems: list[Problem]
    later: list[str]


async def try_form(
    ctx: Context,
    entity: Mapping[str, Any],
    option_sets: Sequence[Mapping[str, Any]],
    values: Mapping[str, Any],
    stage: str | None,
) -> Trial:
    """Return what a form shows, demands, fills in and refuses, as the designer holds it.

    Raises:
        Denied: the actor does not build.
        Invalid: the entity is none.
    """
    require_ability(ctx, "build")
    wanted = await wanted_definitions(ctx)
    snapshot = _snapshot(wanted.definitions, entity, option_sets)
    inside = replace(ctx, snapshot=snapshot)
    blueprint = blueprint_of(snapshot, str(entity.get("key")))
    rights = Rights(
        visible=frozenset(blueprint.parts), writable=frozenset(blueprint.parts), parts=tuple(blueprint.parts.values())
    )
    candidate = new_candidate(inside, blueprint, Draft(values=values))
    if stage is not None and blueprint.model.process is not None:
        candidate.values["stage"] = stage
    names = await load_names(inside, blueprint, values)
    read_input(candidate, {key: each for key, each in values.items() if key in blueprint.parts}, rights, names)
    evaluation = Evaluation(candidate, environment_of(inside, candidate.before), names)
    fill_defaults(evaluation)
    compute_locals(evaluation)
    state = form_state(evaluation, rights, ctx.language)
    filled = filled_in(evaluation, rights)
    await load_titles(ctx, wanted_titles(filled, [candidate.values]), names)
    add_values(state, evaluation, filled, ctx.language)
    return Trial(state=state, problems=[*candidate.problems, *_refused(candidate, evaluation)], later=_later(blueprint))


def _refused(candidate: Candidate, evaluation: Evaluation) -> list[Problem]:
    return [each for each in check_record(evaluation) if each not in candidate.problems]


def _snapshot(base: Definitions, entity: Mapping[str, Any], option_sets: Sequence[Mapping[str, Any]]) -> Snapshot:
    text = msgspec.json.encode([entity, option_sets], order="sorted")
    key = (id(base), sha256(text).hexdigest())
    found = _kept.get(key)
    if found is None:
        while len(_kept) >= _MOST_KEPT:
            del _kept[next(iter(_kept))]
        found = _kept[key] = (base, Snapshot(0, _changed(base, entity, option_sets)))
    return found[1]


def _changed(base: Definitions, entity: Mapping[str, Any], option_sets: Sequence[Mapping[str, Any]]) -> Definitions:
    wanted, problems = decode(dict(entity), Entity, ("entity",))
    sets, more = decode([dict(each) for each in option_sets], tuple[OptionSet, ...], ("option_sets",))
    if wanted is None or sets is None:
        raise Invalid("studio.form_unreadable", [*problems, *more])
    given = {each.key for each in sets}
    return msgspec.structs.replace(
        base,
        entities=(*(each for each in base.entities if each.key != wanted.key), _sound(wanted)),
        option_sets=(*(each for each in base.option_sets if each.key not in given), *sets),
    )


def _sound(entity: Entity) -> Entity:
    """Return the entity with those of its fields whose type and settings are right."""
    found = {
        field.key: field
        for field in entity.fields
        if (kind := FIELD_TYPES.get(field.type)) is not None and not kind.check_definition(field)
    }
    return msgspec.structs.replace(entity, fields=tuple(found.values()))


def _later(blueprint: Blueprint) -> list[str]:
    return [
        key
        for key, each in blueprint.conditions.fields.items()
        if any(not condition.is_local for condition in _shown(each))
    ]


def _shown(each: FieldConditions) -> list[Condition]:
    found = [one for one in (each.visible_if, each.required_if, each.default) if one is not None]
    return [*found, *each.options_if.values(), *(condition for condition, _ in each.tips)]
