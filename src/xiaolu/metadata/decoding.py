"""Reading untrusted structures into definitions, with every defect at once.

``msgspec`` stops at the first defect. Here the type information that it keeps is walked to name them all, each with its
path, so that an author mends a package in one go.
"""

from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import Problem, problem

T = TypeVar("T")
Path = tuple[str | int, ...]

_SCALARS: tuple[tuple[type[inspect.Type], tuple[type, ...], str], ...] = (
    (inspect.StrType, (str,), "definition.expected_text"),
    (inspect.BoolType, (bool,), "definition.expected_switch"),
    (inspect.IntType, (int,), "definition.expected_integer"),
    (inspect.FloatType, (int, float), "definition.expected_number"),
    (inspect.DecimalType, (int, float, str), "definition.expected_number"),
)


def decode(
    value: Any, kind: type[T], path: Path = (), *, takes_any_scalar: bool = False
) -> tuple[T | None, list[Problem]]:
    """Convert ``value`` (dicts, lists and scalars) to ``kind``; a bare text stands for a label in Chinese.

    Elements of lists are named by their ``key`` in paths, where they have one. With ``takes_any_scalar`` numbers and
    switches are taken where text is expected (``default: 0`` in a file that people write).

    Returns the structure and no problems, or None and at least one problem.
    """
    walker = _Walker(takes_any_scalar=takes_any_scalar)
    shaped = walker.walk(value, _type_info(kind), path)
    if walker.problems:
        return None, walker.problems
    try:
        return msgspec.convert(shaped, kind), []
    except msgspec.ValidationError as error:
        return None, [problem("definition.invalid", *path, detail=str(error))]


def _type_info(kind: Any) -> inspect.Type:
    return _known_type_info(kind)


@cache
def _known_type_info(kind: Any) -> inspect.Type:
    return inspect.type_info(kind)


class _Walker:
    """Walks a value and a type side by side, shapes the value for conversion, and collects what does not fit."""

    def __init__(self, *, takes_any_scalar: bool) -> None:
        self.problems: list[Problem] = []
        self.takes_any_scalar = takes_any_scalar

    def walk(self, value: Any, info: inspect.Type, path: Path) -> Any:
        if isinstance(info, inspect.Metadata):
            return self.walk(value, info.type, path)
        for kind, step in _STEPS:
            if isinstance(info, kind):
                return step(self, value, info, path)
        return self.scalar(value, info, path)

    def wrong(self, code: str, value: Any, path: Path) -> Any:
        self.problems.append(problem(code, *path, found=_shown(value)))
        return value

    def scalar(self, value: Any, info: inspect.Type, path: Path) -> Any:
        for kind, accepted, code in _SCALARS:
            if isinstance(info, kind):
                is_scalar = isinstance(value, (bool, int, float))
                if self.takes_any_scalar and is_scalar and isinstance(info, inspect.StrType):
                    return str(value).upper() if isinstance(value, bool) else str(value)
                is_bool_misplaced = isinstance(value, bool) and bool not in accepted
                if is_bool_misplaced or not isinstance(value, accepted):
                    return self.wrong(code, value, path)
                return value
        return value

    def struct(self, value: Any, info: inspect.StructType, path: Path) -> Any:
        if isinstance(value, info.cls):
            return value
        if info.cls is Label and isinstance(value, (str, *((int, float) if self.takes_any_scalar else ()))):
            return {"zh": str(value)}
        if not isinstance(value, dict):
            return self.wrong("definition.expected_mapping", value, path)
        known = {each.encode_name: each for each in info.fields}
        shaped: dict[str, Any] = {}
        for key, item in value.items():
            field = known.get(key) if isinstance(key, str) else None
            if field is None:
                self._unknown_key(str(key), list(known), path)
            else:
                shaped[key] = self.walk(item, field.type, (*path, key))
        self.problems.extend(
            problem("definition.missing_key", *path, name, key=name)
            for name, field in known.items()
            if field.required and name not in value
        )
        return shaped

    def _unknown_key(self, key: str, known: list[str], path: Path) -> None:
        near = get_close_matches(key, known, n=1, cutoff=0.6)
        code = "definition.unknown_key_near" if near else "definition.unknown_key"
        hint = near[0] if near else "、".join(known)
        self.problems.append(problem(code, *path, key, key=key, hint=hint))

    def mapping(self, value: Any, info: inspect.DictType, path: Path) -> Any:
        if not isinstance(value, dict):
            return self.wrong("definition.expected_mapping", value, path)
        shaped: dict[Any, Any] = {}
        for key, item in value.items():
            shown = key if isinstance(key, str) else str(key)
            shaped[self.walk(key, info.key_type, (*path, shown))] = self.walk(item, info.value_type, (*path, shown))
        return shaped

    def sequence(self, value: Any, info: inspect.ListType | inspect.VarTupleType, path: Path) -> Any:
        if not isinstance(value, (list, tuple)):
            return self.wrong("definition.expected_list", value, path)
        return [self.walk(each, info.item_type, (*path, segment_of(each, at))) for at, each in enumerate(value)]

    def fixed(self, value: Any, info: inspect.TupleType, path: Path) -> Any:
        if not isinstance(value, (list, tuple)) or len(value) != len(info.item_types):
            return self.wrong("definition.expected_list", value, path)
        both = zip(value, info.item_types, strict=True)
        return [self.walk(each, kind, (*path, at)) for at, (each, kind) in enumerate(both)]

    def union(self, value: Any, info: inspect.UnionType, path: Path) -> Any:
        members = [each for each in info.types if not isinstance(each, inspect.NoneType)]
        if value is None and len(members) < len(info.types):
            return None
        outcomes: list[tuple[Any, list[Problem]]] = []
        for each in members:
            trial = _Walker(takes_any_scalar=self.takes_any_scalar)
            shaped = trial.walk(value, each, path)
            if not trial.problems:
                return shaped
            outcomes.append((shaped, trial.problems))
        shaped, problems = max(outcomes, key=lambda outcome: len(outcome[1][0].path))
        self.problems.extend(problems)
        return shaped

    def enum(self, value: Any, info: inspect.EnumType, path: Path) -> Any:
        return self._choice(value, [each.value for each in info.cls], path)

    def literal(self, value: Any, info: inspect.LiteralType, path: Path) -> Any:
        return self._choice(value, list(info.values), path)

    def _choice(self, value: Any, allowed: list[Any], path: Path) -> Any:
        if value not in allowed:
            listed = [str(each) for each in allowed]
            self.problems.append(problem("definition.not_allowed", *path, value=_shown(value), allowed=listed))
        return value


_STEPS: tuple[tuple[type[inspect.Type], Callable[..., Any]], ...] = (
    (inspect.StructType, _Walker.struct),
    (inspect.UnionType, _Walker.union),
    (inspect.DictType, _Walker.mapping),
    (inspect.ListType, _Walker.sequence),
    (inspect.VarTupleType, _Walker.sequence),
    (inspect.TupleType, _Walker.fixed),
    (inspect.EnumType, _Walker.enum),
    (inspect.LiteralType, _Walker.literal),
)


def segment_of(item: Any, position: int) -> str | int:
    """Return how an element of a list is named in a path: by its key, or by its position."""
    key = item.get("key") if isinstance(item, dict) else None
    return key if isinstance(key, str) and key else position


def _shown(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"
