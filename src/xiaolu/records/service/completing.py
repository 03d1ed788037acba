"""Making a candidate whole: defaults, automatic values, local formulas, and the check of the record as a whole."""

from collections.abc import Sequence

from xiaolu.access.context import Context
from xiaolu.formula import PythonEnv
from xiaolu.records.blueprint import Blueprint
from xiaolu.records.candidate import Candidate
from xiaolu.records.rules import Evaluation, check_record, compute_locals, fill_defaults, set_automatic
from xiaolu.records.service.surroundings import environment_of
from xiaolu.records.store.facts import compute_facts
from xiaolu.records.titles import Titles


async def complete(ctx: Context, candidate: Candidate, names: Titles, env: PythonEnv | None = None) -> None:
    """Add what the definitions make of the input, and put what is wrong with the whole into the problems.

    Conditions that only the database can compute are checked after the write (``writing.check_remote``). ``env`` may be
    shared by new records; records that change need their own, since it knows the values before.
    """
    early = [each for each in candidate.blueprint.early if candidate.is_new or each.is_automatic]
    evaluation = Evaluation(candidate, env or environment_of(ctx, candidate.before), names)
    if early:
        evaluation.facts = await compute_facts(ctx, candidate, [each.condition for each in early])
    finish(evaluation)


async def complete_new(
    ctx: Context, blueprint: Blueprint, candidates: Sequence[Candidate], names: Titles, env: PythonEnv
) -> None:
    """Do what ``complete`` does for many new records of one entity."""
    for candidate in candidates:
        if blueprint.early:
            await complete(ctx, candidate, names, env)
        else:
            finish(Evaluation(candidate, env, names))


def finish(evaluation: Evaluation) -> None:
    """Do what ``complete`` does where nothing must be asked of the database."""
    candidate = evaluation.candidate
    if candidate.is_new:
        fill_defaults(evaluation)
    set_automatic(evaluation)
    evaluation.facts = None
    compute_locals(evaluation)
    candidate.problems.extend(check_record(evaluation))
