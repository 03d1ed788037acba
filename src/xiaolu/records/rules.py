"""What must hold for a record, decided from its values: defaults, automatic values, required fields, rules. Pure."""

from collections.abc import Mapping
from typing import Any

from xiaolu.formula import PythonEnv
from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.protocol import Names, Refusal
from xiaolu.records.blueprint import Part
from xiaolu.records.candidate import Candidate
from xiaolu.records.conditions import CheckedRule, Condition, FieldConditions
from xiaolu.records.fitting import fit
from xiaolu.records.reading import placed, refusal

Facts = Mapping[str, Any]
"""Results of the formulas that the database computed, by their text."""


class Evaluation:
    """Runs a candidate's formulas: local ones in Python, the others from facts."""

    __slots__ = ("candidate", "env", "facts", "names")

    def __init__(self, candidate: Candidate, env: PythonEnv, names: Names, facts: Facts | None = None) -> None:
        self.candidate = candidate
        self.env = env
        self.names = names
        self.facts = facts

    def value(self, condition: Condition) -> Any:
        """Return what the formula gives for the candidate's present values."""
        if condition.is_local:
            return condition.run(self.candidate.values, self.env)
        return None if self.facts is None else self.facts.get(condition.text)

    def is_true(self, condition: Condition | None, *, otherwise: bool) -> bool:
        """Tell whether a condition holds (empty: it does not); ``otherwise`` where there is none or no facts yet."""
        if condition is None or not self.can_run(condition):
            return otherwise
        return self.value(condition) is True

    def can_run(self, condition: Condition) -> bool:
        """Tell whether the formula can be computed now."""
        return condition.is_local or self.facts is not None


def fill_defaults(evaluation: Evaluation) -> None:
    """Give a new record's fields that the input did not name their defaults."""
    candidate = evaluation.candidate
    for key, conditions in candidate.blueprint.conditions.fields.items():
        if conditions.default is not None and key not in candidate.given and evaluation.can_run(conditions.default):
            part = candidate.blueprint.parts[key]
            take_value(evaluation, part, evaluation.value(conditions.default))


def set_automatic(evaluation: Evaluation) -> None:
    """Let fields whose ``set_when`` is true take their ``set_to``."""
    candidate = evaluation.candidate
    for key, conditions in candidate.blueprint.conditions.fields.items():
        if conditions.set_to is None or not evaluation.is_true(conditions.set_when, otherwise=False):
            continue
        if evaluation.can_run(conditions.set_to):
            take_value(evaluation, candidate.blueprint.parts[key], evaluation.value(conditions.set_to))


def take_value(evaluation: Evaluation, part: Part, value: Any) -> None:
    """Put a computed value into a field that users write: it must be one that they could write.

    A text may also name an option, a person or a record as people call it.
    """
    if part.read is None:
        return
    candidate, names = evaluation.candidate, evaluation.names
    outcome = part.read(value, names)
    if type(outcome) is Refusal and isinstance(value, str):
        spoken = part.model.type.read_cell(value, part.model.definition, names)
        outcome = outcome if spoken.problems else spoken.value
    if type(outcome) is Refusal:
        candidate.problems.extend(placed(each, part) for each in outcome.problems)
    else:
        candidate.values[part.key] = outcome


def compute_locals(evaluation: Evaluation) -> None:
    """Compute the stored formulas that read only the record itself, in their order."""
    candidate = evaluation.candidate
    values = candidate.values
    for part, condition in candidate.blueprint.local_formulas:
        fitted = fit(part.column_type, condition.run(values, evaluation.env), evaluation.env.zone)
        if isinstance(fitted, Problem):
            candidate.problems.append(refusal(fitted.code, part))
        else:
            values[part.key] = fitted


def check_record(evaluation: Evaluation) -> list[Problem]:
    """Return what is wrong with the record as a whole.

    A field that its condition hides, or whose input could not be read, is neither required nor checked. Without facts,
    conditions that the database must compute are passed over; they are checked once it has.
    """
    candidate = evaluation.candidate
    found: list[Problem] = []
    conditions = candidate.blueprint.conditions
    for part in candidate.blueprint.checked:
        of_field = conditions.fields.get(part.key, _NONE)
        shown_if = of_field.visible_if
        if part.key in candidate.unread or (shown_if is not None and not evaluation.can_run(shown_if)):
            continue
        if evaluation.is_true(shown_if, otherwise=True):
            found.extend(_check_field(evaluation, part, of_field))
    for rule in conditions.rules:
        found.extend(_check_rule(evaluation, rule))
    return found


def _check_field(evaluation: Evaluation, part: Part, conditions: FieldConditions) -> list[Problem]:
    candidate = evaluation.candidate
    value = candidate.values.get(part.key)
    if part.model.definition.required or evaluation.is_true(conditions.required_if, otherwise=False):
        missing = part.model.type.missing(_content(candidate, part, value), part.model.definition)
        if missing is not None:
            return [placed(missing, part)]
    found: list[Problem] = []
    if value is not None and value != candidate.before.get(part.key):
        wrong = part.check(value, evaluation.names) if part.check is not None else None
        if wrong is not None:
            found.append(placed(wrong, part))
        if conditions.options_if:
            found.extend(_check_options(evaluation, part, value, conditions.options_if))
    for rule in conditions.rules:
        found.extend(_check_rule(evaluation, rule, part))
    return found


def _content(candidate: Candidate, part: Part, value: Any) -> Any:
    """Return what a required field must hold: the rows of a sub-table count as they are after the write."""
    if part.place != "rows":
        return value
    rows = candidate.rows.get(part.key)
    if rows is None:
        return None if candidate.is_new else candidate.before.get(part.key, True)
    return rows or None


def _check_options(
    evaluation: Evaluation, part: Part, value: Any, options_if: Mapping[str, Condition]
) -> list[Problem]:
    chosen = value if isinstance(value, list) else [value]
    return [
        refusal("choice.not_now", part, option=str(option))
        for option in chosen
        if not evaluation.is_true(options_if.get(option), otherwise=True)
    ]


def _check_rule(evaluation: Evaluation, rule: CheckedRule, part: Part | None = None) -> list[Problem]:
    if not evaluation.can_run(rule.condition) or evaluation.value(rule.condition) is not False:
        return []
    return [failed_rule(rule.message, part)]


def failed_rule(message: Label, part: Part | None = None) -> Problem:
    """Return the problem of a customer's rule, in the customer's own words."""
    path = ("values", part.key) if part is not None else ("values",)
    return problem("rule.failed", *path, message=message.zh, message_en=message.en or message.zh)


_NONE = FieldConditions()
