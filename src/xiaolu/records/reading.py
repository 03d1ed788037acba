"""Reading an input: which fields it names, whether they may be written, and their canonical values. Pure."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.protocol import Names, Refusal
from xiaolu.metadata.fields.system import SYSTEM_FIELD_MODELS
from xiaolu.records.blueprint import Part, Rights
from xiaolu.records.candidate import Candidate, RowInput

_OWNER = SYSTEM_FIELD_MODELS["owner"]
_read_owner = _OWNER.type.reader(_OWNER.definition)


def read_input(candidate: Candidate, raw: Mapping[str, Any], rights: Rights, names: Names) -> None:
    """Put the input's values into the candidate, and what is wrong with them into its problems.

    A value that equals the stored one is no change, so that a form may send back what it was given: also fields that
    are read-only to this person, and options that were retired since.
    """
    parts, writable = candidate.blueprint.parts, rights.writable
    is_new, given, values = candidate.is_new, candidate.given, candidate.values
    for key, value in raw.items():
        part = parts.get(key)
        if part is not None and is_new and part.read is not None and part.place != "rows" and key in writable:
            outcome = part.read(value, names)
            if type(outcome) is Refusal:
                _take(candidate, part, outcome)
            else:
                given.add(key)
                values[key] = outcome
        elif key == "owner" and part is None:
            _read_new_owner(candidate, value, rights, names)
        elif part is None or key not in rights.visible:
            candidate.problems.append(problem("field.unknown", "values", key, field=key))
        elif part.place == "rows":
            _read_rows(candidate, part, value, rights, names)
        elif not is_unchanged(candidate, part, value):
            _read_value(candidate, part, value, rights, names)


def take_read(candidate: Candidate, values: Mapping[str, Any], rights: Rights, names: Names) -> None:
    """Do what ``read_input`` does with a new record's values that were read before, and are canonical."""
    direct = rights.direct
    if direct.issuperset(values):
        candidate.given.update(values)
        candidate.values.update(values)
        return
    take_read(candidate, {key: value for key, value in values.items() if key in direct}, rights, names)
    read_input(candidate, {key: value for key, value in values.items() if key not in direct}, rights, names)


def check_expected(candidate: Candidate, expected: Mapping[str, Any], visible: frozenset[str] | set[str]) -> None:
    """Note the fields that hold something else than the person saw there."""
    for key, value in expected.items():
        part = candidate.blueprint.parts.get(key)
        if key == "owner" and part is None:
            if str(value) != str(candidate.before.get("owner")):
                label = _OWNER.definition.label
                candidate.problems.append(labelled("cells.changed", "owner", label.zh, label.en))
        elif part is not None and key in visible and part.place != "rows" and not is_unchanged(candidate, part, value):
            candidate.problems.append(refusal("cells.changed", part))


def is_unchanged(candidate: Candidate, part: Part, value: Any) -> bool:
    """Tell whether a value of the input is what is stored."""
    if candidate.is_new:
        return value is None and part.read is None
    stored = candidate.before.get(part.key)
    if part.place == "links":
        return (
            [str(each) for each in stored or ()] == [str(each) for each in value or ()]
            if isinstance(value, list | None)
            else False
        )
    return bool(value == part.dump(stored)) or (stored is None and value in ("", []))


def _read_value(candidate: Candidate, part: Part, value: Any, rights: Rights, names: Names) -> None:
    if part.read is None:
        candidate.problems.append(refusal("field.computed", part))
    elif part.key not in rights.writable:
        candidate.problems.append(refusal("field.read_only", part))
    else:
        _take(candidate, part, part.read(value, names))


def _take(candidate: Candidate, part: Part, outcome: Any) -> None:
    candidate.given.add(part.key)
    if type(outcome) is Refusal:
        candidate.unread.add(part.key)
        candidate.problems.extend(placed(each, part) for each in outcome.problems)
    else:
        candidate.values[part.key] = outcome


def _read_new_owner(candidate: Candidate, value: Any, rights: Rights, names: Names) -> None:
    if not candidate.is_new and str(value) == str(candidate.before.get("owner")):
        return
    if "owner" not in rights.writable:
        candidate.problems.append(
            labelled("field.read_only", "owner", _OWNER.definition.label.zh, _OWNER.definition.label.en)
        )
        return
    outcome = _read_owner(value, names)
    if type(outcome) is Refusal:
        candidate.problems.extend(each.under("values", "owner") for each in outcome.problems)
    elif outcome is None:
        candidate.problems.append(
            labelled("field.required", "owner", _OWNER.definition.label.zh, _OWNER.definition.label.en)
        )
    else:
        candidate.given.add("owner")
        candidate.values["owner"] = outcome


def _read_rows(candidate: Candidate, part: Part, value: Any, rights: Rights, names: Names) -> None:
    if part.key not in rights.writable:
        candidate.problems.append(refusal("field.read_only", part))
        return
    outcome = part.read(value, names) if part.read is not None else None
    if type(outcome) is Refusal:
        candidate.unread.add(part.key)
        candidate.problems.extend(placed(each, part) for each in outcome.problems)
        return
    rows: list[RowInput] = []
    for index, item in enumerate(outcome or ()):
        row = _row(item)
        if isinstance(row, Problem):
            candidate.problems.append(row.under("values", part.key, index))
        else:
            rows.append(row)
    candidate.given.add(part.key)
    candidate.rows[part.key] = rows


ROW_EXTRAS = frozenset({"id", "version", "position", "$display"})
"""What a row that was read carries besides its values; it may be sent back."""


def _row(item: Mapping[str, Any]) -> RowInput | Problem:
    values = {key: value for key, value in item.items() if key not in ROW_EXTRAS}
    identifier = item.get("id")
    if identifier is None:
        return RowInput(None, values)
    try:
        return RowInput(UUID(str(identifier)), values)
    except ValueError:
        return problem("rows.unknown_row", "id")


def placed(found: Problem, part: Part) -> Problem:
    """Return a value's problem at its field, with the field's label."""
    label = part.model.definition.label
    params = {"label": label.zh, "label_en": label.en or label.zh, **found.params}
    return Problem(code=found.code, path=("values", part.key, *found.path), params=params, message=found.message)


def refusal(code: str, part: Part, **params: Any) -> Problem:
    """Return a problem at a field, with the field's label in both languages."""
    label = part.model.definition.label
    return labelled(code, part.key, label.zh, label.en, **params)


def labelled(code: str, key: str, label: str, label_en: str, **params: Any) -> Problem:
    """Return a problem at ``values.<key>`` that carries the field's label."""
    return problem(code, "values", key, label=label, label_en=label_en or label, **params)
