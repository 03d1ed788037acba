"""Reading untrusted structures into definitions, with every defect at once.

``msgspec`` stops at the first defect. Where it refuses, the same type information is walked a second time to name them
all, each with its path, so that an author mends a package in one go.
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


def decode(value: Any, kind: type[T], path: Path = ()) -> tuple[T | None, list[Problem]]:
    """Convert ``value`` (dicts, lists and scalars) to ``kind``; a bare text stands for a label in Chinese.

    Returns the structure and no problems, or None and at least one problem.
    """
    problems: list[Problem] = []
    shaped = _walk(value, type_info_of(kind), path, problems)
    if problems:
        return None, problems
    try:
        return msgspec.convert(shaped, kind), []
    except msgspec.ValidationError as error:
        return None, [problem("definition.invalid", *path, detail=str(error))]


def type_info_of(kind: Any) -> inspect.Type:
    """Return what msgspec knows of a type, worked out once."""
    return _type_info(kind)


@cache
def _type_info(kind: Any) -> inspect.Type:
    return inspect.type_info(kind)


def _walk(value: Any, info: inspect.Type, path: Path, problems: list[Problem]) -> Any:
    if isinstance(info, inspect.Metadata):
        return _walk(value, info.type, path, problems)
    for kind, walk in _WALKS:
        if isinstance(info, kind):
            return walk(value, info, path, problems)
    return _walk_scalar(value, info, path, problems)


def _walk_list(value: Any, info: inspect.ListType | inspect.VarTupleType, path: Path, problems: list[Problem]) -> Any:
    if not isinstance(value, (list, tuple)):
        return _wrong("definition.expected_list", value, path, problems)
    return [_walk(each, info.item_type, (*path, index), problems) for index, each in enumerate(value)]


def _walk_scalar(value: Any, info: inspect.Type, path: Path, problems: list[Problem]) -> Any:
    for kind, accepted, code in _SCALARS:
        if isinstance(info, kind):
            is_bool_misplaced = isinstance(value, bool) and bool not in accepted
            if is_bool_misplaced or not isinstance(value, accepted):
                return _wrong(code, value, path, problems)
            return value
    return value


def _walk_struct(value: Any, info: inspect.StructType, path: Path, problems: list[Problem]) -> Any:
    if isinstance(value, info.cls):
        return value
    if info.cls is Label and isinstance(value, str):
        return {"zh": value}
    if not isinstance(value, dict):
        return _wrong("definition.expected_mapping", value, path, problems)
    known = {each.encode_name: each for each in info.fields}
    shaped: dict[str, Any] = {}
    for key, item in value.items():
        field = known.get(key) if isinstance(key, str) else None
        if field is None:
            near = get_close_matches(str(key), known, n=1, cutoff=0.6)
            code = "definition.unknown_key_near" if near else "definition.unknown_key"
            hint = near[0] if near else "、".join(known)
            problems.append(problem(code, *path, str(key), key=str(key), hint=hint))
            continue
        shaped[key] = _walk(item, field.type, (*path, key), problems)
    problems.extend(
        problem("definition.missing_key", *path, name, key=name)
        for name, field in known.items()
        if field.required and name not in value
    )
    return shaped


def _walk_dict(value: Any, info: inspect.DictType, path: Path, problems: list[Problem]) -> Any:
    if not isinstance(value, dict):
        return _wrong("definition.expected_mapping", value, path, problems)
    shaped: dict[Any, Any] = {}
    for key, item in value.items():
        shown = key if isinstance(key, (str, int)) else str(key)
        _walk(key, info.key_type, (*path, shown), problems)
        shaped[key] = _walk(item, info.value_type, (*path, shown), problems)
    return shaped


def _walk_tuple(value: Any, info: inspect.TupleType, path: Path, problems: list[Problem]) -> Any:
    if not isinstance(value, (list, tuple)) or len(value) != len(info.item_types):
        return _wrong("definition.expected_list", value, path, problems)
    return [
        _walk(each, kind, (*path, index), problems)
        for index, (each, kind) in enumerate(zip(value, info.item_types, strict=True))
    ]


def _walk_union(value: Any, info: inspect.UnionType, path: Path, problems: list[Problem]) -> Any:
    members = [each for each in info.types if not isinstance(each, inspect.NoneType)]
    if value is None and len(members) < len(info.types):
        return None
    best: tuple[Any, list[Problem]] | None = None
    for each in members:
        found: list[Problem] = []
        shaped = _walk(value, each, path, found)
        if not found:
            return shaped
        if best is None or len(found[0].path) > len(best[1][0].path):
            best = (shaped, found)
    if best is None:
        return _wrong("definition.expected_nothing", value, path, problems)
    problems.extend(best[1])
    return best[0]


def _walk_enum(value: Any, info: inspect.EnumType, path: Path, problems: list[Problem]) -> Any:
    return _choice(value, [each.value for each in info.cls], path, problems)


def _walk_literal(value: Any, info: inspect.LiteralType, path: Path, problems: list[Problem]) -> Any:
    return _choice(value, list(info.values), path, problems)


def _choice(value: Any, allowed: list[Any], path: Path, problems: list[Problem]) -> Any:
    if value not in allowed:
        listed = [str(each) for each in allowed]
        problems.append(problem("definition.not_allowed", *path, value=_shown(value), allowed=listed))
    return value


def _wrong(code: str, value: Any, path: Path, problems: list[Problem]) -> Any:
    problems.append(problem(code, *path, found=_shown(value)))
    return value


_WALKS: tuple[tuple[type[inspect.Type], Callable[..., Any]], ...] = (
    (inspect.StructType, _walk_struct),
    (inspect.UnionType, _walk_union),
    (inspect.DictType, _walk_dict),
    (inspect.ListType, _walk_list),
    (inspect.VarTupleType, _walk_list),
    (inspect.TupleType, _walk_tuple),
    (inspect.EnumType, _walk_enum),
    (inspect.LiteralType, _walk_literal),
)


def _shown(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"
