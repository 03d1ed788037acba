"""How two sets of definitions differ, place by place. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from xiaolu.kit.i18n import Language, message
from xiaolu.studio.draft.model import Document, Edit, Path
from xiaolu.studio.draft.rules import identity

Name: TypeAlias = str | dict[str, Any]
"""Part of a place's name: the key of a setting, or the label of something that has one."""

_LABEL_KEYS = frozenset({"zh", "en"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A place that differs; what is missing on a side is None there."""

    kind: Literal["added", "removed", "changed", "moved"]
    path: Path
    names: tuple[Name, ...]
    before: Any
    after: Any
    by: str | None = None
    """Who edited the place last, where that is known."""


def differences(before: Document, after: Document, edits: Sequence[Edit] = ()) -> list[Change]:
    """Return every place that differs, the outermost where something came or went as a whole."""
    hands = {op.path: edit.author_name for edit in edits for op in edit.ops}
    return [_signed(each, hands) for each in _mapping((), (), before, after)]


def spoken(names: Sequence[Name], language: Language) -> list[str]:
    """Return a place's name in a language, from the outside in."""
    return [_word(each, language) for each in names]


def _word(name: Name, language: Language) -> str:
    if isinstance(name, dict):
        return str(name.get(language) or name.get("zh") or "")
    code = f"studio.part.{name}"
    said = message(code, {}, language)
    return name if said == code else said


def _signed(change: Change, hands: dict[Path, str]) -> Change:
    near = [
        author
        for path, author in hands.items()
        if path[: len(change.path)] == change.path or change.path[: len(path)] == path
    ]
    return (
        change
        if not near
        else Change(
            kind=change.kind,
            path=change.path,
            names=change.names,
            before=change.before,
            after=change.after,
            by=near[-1],
        )
    )


def _value(path: Path, names: tuple[Name, ...], before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    if _is_mapping(before) and _is_mapping(after):
        yield from _mapping(path, names, before, after)
        return
    old, new = _elements(before), _elements(after)
    if old is not None and new is not None and (old or new):
        yield from _list(path, names, old, new)
        return
    kind: Literal["added", "removed", "changed"] = (
        "added" if before is None else "removed" if after is None else "changed"
    )
    yield Change(kind=kind, path=path, names=names, before=before, after=after)


def _mapping(path: Path, names: tuple[Name, ...], before: Document, after: Document) -> Iterator[Change]:
    for key in dict.fromkeys((*before, *after)):
        if path or key != "format":
            yield from _value((*path, key), (*names, key), before.get(key), after.get(key))


def _list(path: Path, names: tuple[Name, ...], before: Document, after: Document) -> Iterator[Change]:
    for key in dict.fromkeys((*before, *after)):
        named = _label(after.get(key)) or _label(before.get(key)) or key
        yield from _value((*path, key), (*names, named), before.get(key), after.get(key))
    kept = [key for key in before if key in after]
    order = [key for key in after if key in before]
    if kept != order:
        was, becomes = ([_label(after[key]) or key for key in keys] for keys in (kept, order))
        yield Change(kind="moved", path=path, names=names, before=was, after=becomes)


def _is_mapping(value: Any) -> bool:
    return isinstance(value, dict) and not (value and value.keys() <= _LABEL_KEYS)


def _label(item: Any) -> dict[str, Any] | None:
    label = item.get("label") if isinstance(item, dict) else None
    return label if isinstance(label, dict) else {"zh": label} if isinstance(label, str) else None


def _elements(value: Any) -> dict[str, Any] | None:
    """Return a list's elements by what they are known by; None where they are not known by anything."""
    if value is None:
        return {}
    if not isinstance(value, list):
        return None
    found = {identity(each): each for each in value}
    if None in found or len(found) != len(value):
        return None
    return {str(key): each for key, each in found.items()}
