"""What a form looks like while it is filled in: the same conditions that the write path checks, evaluated early."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import require
from xiaolu.kit.i18n import Language
from xiaolu.records.blueprint import Blueprint, Part, Rights, rights_of
from xiaolu.records.candidate import Candidate
from xiaolu.records.conditions import Condition, FieldConditions
from xiaolu.records.model import Draft, FormState
from xiaolu.records.reading import read_input
from xiaolu.records.rules import Evaluation, compute_locals, fill_defaults
from xiaolu.records.service.candidates import candidate_from, new_candidate
from xiaolu.records.service.read import load_record
from xiaolu.records.service.surroundings import environment_of, find_blueprint, load_names
from xiaolu.records.shaping import wanted_titles
from xiaolu.records.store.facts import compute_facts
from xiaolu.records.store.titles import load_titles


async def evaluate_form(
    ctx: Context, entity: str, values: Mapping[str, Any], identifier: UUID | None = None
) -> FormState:
    """Return which fields a form shows and demands, which options it offers, what it tells and what it fills in itself,
    given its values so far.

    Values that cannot be read count as empty. Fields that are hidden from the actor are left out.

    Raises:
        NotFound, Denied: the actor may not write such a record, or not see the one given.
    """
    blueprint = find_blueprint(ctx, entity)
    decision = require(ctx, entity, Operation.CREATE if identifier is None else Operation.UPDATE)
    if identifier is None:
        candidate = new_candidate(ctx, blueprint, Draft(values=values))
    else:
        candidate = candidate_from(ctx, blueprint, (await load_record(ctx, entity, identifier))[1].values)
    rights = rights_of(blueprint, decision, candidate.values["stage"])
    names = await load_names(ctx, blueprint, values)
    read_input(candidate, values, rights, names)
    evaluation = Evaluation(candidate, environment_of(ctx, candidate.before), names)
    remote = [each for key in blueprint.conditions.fields for each in _asked(blueprint, key) if not each.is_local]
    if remote:
        evaluation.facts = await compute_facts(ctx, candidate, remote)
    if candidate.is_new:
        fill_defaults(evaluation)
    compute_locals(evaluation)
    state = form_state(evaluation, rights, ctx.language)
    filled = filled_in(evaluation, rights)
    await load_titles(ctx, wanted_titles(filled, [candidate.values]), names)
    add_values(state, evaluation, filled, ctx.language)
    return state


def filled_in(evaluation: Evaluation, rights: Rights) -> list[Part]:
    """Return the fields that the form did not name and formulas fill: by defaults, or as computed fields."""
    candidate = evaluation.candidate
    blueprint = candidate.blueprint
    computed = {part.key for part, _ in blueprint.local_formulas}
    defaults = blueprint.conditions.fields.items() if candidate.is_new else ()
    keys = computed | {key for key, each in defaults if each.default is not None}
    return [
        part
        for part in rights.parts
        if part.key in keys and part.key not in candidate.given and candidate.values.get(part.key) is not None
    ]


def add_values(state: FormState, evaluation: Evaluation, parts: list[Part], language: Language) -> None:
    """Put the values of ``parts`` into a form's state."""
    for part in parts:
        value, definition = evaluation.candidate.values[part.key], part.definition
        state.values[part.key] = part.dump(value)
        if part.is_spoken:
            state.display[part.key] = part.model.type.display(value, definition, evaluation.names, language)


def _asked(blueprint: Blueprint, key: str) -> list[Condition]:
    of_field = blueprint.conditions.fields[key]
    found = [each for each in (of_field.visible_if, of_field.required_if, of_field.default) if each is not None]
    return [*found, *of_field.options_if.values(), *(each for each, _ in of_field.tips)]


def form_state(evaluation: Evaluation, rights: Rights, language: Language) -> FormState:
    """Return what conditions make of the fields that may be seen."""
    blueprint = evaluation.candidate.blueprint
    state = FormState(visible={}, required={}, options={}, tips={})
    for key, of_field in blueprint.conditions.fields.items():
        if key not in rights.visible:
            continue
        if of_field.visible_if is not None:
            state.visible[key] = evaluation.is_true(of_field.visible_if, otherwise=True)
        if of_field.required_if is not None:
            state.required[key] = evaluation.is_true(of_field.required_if, otherwise=False)
        if of_field.options_if:
            state.options[key] = _options(evaluation.candidate, key, of_field, evaluation)
        tips = [said.text(language) for each, said in of_field.tips if evaluation.is_true(each, otherwise=False)]
        if tips:
            state.tips[key] = tips
    return state


def _options(candidate: Candidate, key: str, of_field: FieldConditions, evaluation: Evaluation) -> list[str]:
    part = candidate.blueprint.parts[key]
    settings = part.model.definition.options
    found = evaluation.names.option_set(str(settings.get("set"))) if settings.get("set") else None
    keys = [each.key for each in found.options if not each.retired] if found else _inline(settings)
    return [each for each in keys if evaluation.is_true(of_field.options_if.get(each), otherwise=True)]


def _inline(settings: Mapping[str, Any]) -> list[str]:
    return [
        str(each["key"])
        for each in settings.get("options", ())
        if isinstance(each, Mapping) and not each.get("retired")
    ]
