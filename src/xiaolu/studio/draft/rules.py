"""Edits as pure functions over plain documents: applying them, and telling where two of them meet.

The client applies the same edits in ``client/src/features/studio/draft/ops.ts``; ``tests/studio/draft_cases.json`` holds
cases that both must answer alike.
"""

from collections.abc import Sequence
from typing import Any

from xiaolu.studio.draft.model import CHOICES, Clash, Document, Edits, Op, Path

IDENTITIES = ("key", "entity")
"""By which of its settings an element of a list is known."""


class NoPlace(Exception):
    """A step names a place that is not there, or a value that cannot stand there."""

    def __init__(self, path: Path) -> None:
        super().__init__("/".join(path))
        self.path = path


def apply_ops(document: Document, ops: Sequence[Op]) -> Document:
    """Return the document after ``ops``; the one given stays as it is.

    Raises:
        NoPlace: a step cannot be taken.
    """
    for op in ops:
        if not op.path:
            raise NoPlace(op.path)
        document = _changed(document, op, 0)
    return document


def is_known_as(item: Any, name: str) -> bool:
    """Tell whether an element of a list is the one that a path calls ``name``."""
    return identity(item) == name


def identity(item: Any) -> str | None:
    """Return what an element of a list is known by."""
    if not isinstance(item, dict):
        return None
    return next((item[each] for each in IDENTITIES if isinstance(item.get(each), str)), None)


def clashes(ops: Sequence[Op], since: Edits) -> list[Clash]:
    """Return the places of ``ops`` that others changed in ``since`` too, each with the latest edit that did."""
    found: dict[Path, Clash] = {}
    for edit in since:
        for op in ops:
            if edit.kind != "edit" or any(_meet(op, other) for other in edit.ops):
                found[op.path] = Clash(path=op.path, edit=edit)
    return list(found.values())


def _meet(one: Op, other: Op) -> bool:
    """Tell whether two steps concern the same place; where an element stands and what it holds are two things."""
    shorter, longer = (one, other) if len(one.path) <= len(other.path) else (other, one)
    if longer.path[: len(shorter.path)] != shorter.path:
        return False
    if one.op == other.op == "place" or one == other:
        return False
    if "place" not in (one.op, other.op):
        return True
    moving, changing = (one, other) if one.op == "place" else (other, one)
    return len(changing.path) < len(moving.path) or (changing.path == moving.path and changing.op == "drop")


def _changed(container: Any, op: Op, depth: int) -> Any:
    """Return a copy of ``container`` in which the step is taken; only what lies on the path is copied."""
    segment, is_last = op.path[depth], depth == len(op.path) - 1
    if isinstance(container, dict):
        return _changed_mapping(container, op, depth) if not is_last else _stepped_mapping(container, segment, op)
    if not isinstance(container, list):
        raise NoPlace(op.path[: depth + 1])
    at = next((at for at, each in enumerate(container) if is_known_as(each, segment)), None)
    if is_last:
        return _stepped_list(container, at, op)
    if at is None:
        raise NoPlace(op.path[: depth + 1])
    return [*container[:at], _changed(container[at], op, depth + 1), *container[at + 1 :]]


def _changed_mapping(container: dict[str, Any], op: Op, depth: int) -> dict[str, Any]:
    segment = op.path[depth]
    inner = container.get(segment)
    if inner is None:
        if op.op != "put" or op.value is None:
            return container
        is_element = depth == len(op.path) - 2 and identity(op.value) == op.path[-1]
        if (
            depth == 0 and not is_element and segment not in CHOICES
        ):  # an absent list of named things: nothing to set there
            raise NoPlace(op.path[:2])
        inner = [] if is_element else {}
    return {**container, segment: _changed(inner, op, depth + 1)}


def _stepped_mapping(container: dict[str, Any], segment: str, op: Op) -> dict[str, Any]:
    if op.op == "put" and op.value is not None:
        return {**container, segment: op.value}
    if op.op == "place":
        return container
    return {key: value for key, value in container.items() if key != segment}


def _stepped_list(container: list[Any], at: int | None, op: Op) -> list[Any]:
    if op.op == "put":
        if identity(op.value) != op.path[-1]:
            raise NoPlace(op.path)
        return [*container, op.value] if at is None else [*container[:at], op.value, *container[at + 1 :]]
    if at is None:
        return container
    rest = [*container[:at], *container[at + 1 :]]
    if op.op == "drop":
        return rest
    found = next((place for place, each in enumerate(rest) if is_known_as(each, op.before or "")), len(rest))
    return [*rest[:found], container[at], *rest[found:]]
