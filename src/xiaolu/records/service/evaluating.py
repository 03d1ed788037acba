"""Formulas of a process over a candidate: which there are, what each gives, and what an accepted move makes of the record."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from xiaolu.formula import Compiled, compile_formula
from xiaolu.metadata.model.process import Transition
from xiaolu.process.model import Move
from xiaolu.records.blueprint import Blueprint
from xiaolu.records.conditions import Condition, ready
from xiaolu.records.rules import Evaluation, check_record, compute_locals, set_automatic, take_value


def condition_of(blueprint: Blueprint, text: str) -> Condition | None:
    """Return a formula of a process ready to run; None where it does not compile."""
    known = blueprint.formulas.get(text)
    if known is None:
        compiled = compile_formula(text, entity=blueprint.key, catalogue=blueprint.snapshot.catalogue)
        if not isinstance(compiled, Compiled):
            return None
        remote = frozenset(part.key for part in blueprint.remote_formulas)
        known = blueprint.formulas[text] = ready(compiled, remote)
    return known


def remote_formulas(blueprint: Blueprint, transitions: Iterable[Transition]) -> Sequence[Condition]:
    """Return the formulas of transitions that only the database can compute."""
    texts = {text for each in transitions for text in _texts(each)}
    return [each for text in texts if (each := condition_of(blueprint, text)) is not None and not each.is_local]


def evaluator(evaluation: Evaluation) -> Callable[[str], Any]:
    """Return what gives the value of a formula on the candidate."""

    def evaluate(text: str) -> Any:
        condition = condition_of(evaluation.candidate.blueprint, text)
        return None if condition is None else evaluation.value(condition)

    return evaluate


def take_move(evaluation: Evaluation, move: Move) -> None:
    """Put the move, and what its effects set, into the candidate, and check the record as it then is."""
    candidate = evaluation.candidate
    candidate.values.update(stage=move.stage, stage_since=move.stage_since, frozen_until=move.frozen_until)
    for key, value in move.values.items():
        part = candidate.blueprint.parts.get(key)
        if part is not None:
            take_value(evaluation, part, value)
    evaluation.facts = None
    set_automatic(evaluation)
    compute_locals(evaluation)
    candidate.problems.extend(check_record(evaluation))


def _texts(transition: Transition) -> Iterable[str]:
    if transition.guard is not None:
        yield transition.guard
    for effect in transition.effects:
        yield from effect.values.values()
