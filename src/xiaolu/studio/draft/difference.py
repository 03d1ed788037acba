"""How two sets of definitions differ, place by place. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from xiaolu.kit.i18n import Language, message
from xiaolu.studio.draft.model import Document, Edit, Path
from xiaolu.studio.draft.rules import identity
from xiaolu.studio.draft.words import Glossary, Labels, Name, label_of

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
    words: Labels = field(default_factory=dict)
    """What the keys in ``before`` and ``after`` are called."""


def differences(before: Document, after: Document, edits: Sequence[Edit] = ()) -> list[Change]:
    """Return every place that differs, the outermost where something came or went as a whole."""
    hands = {op.path: edit.author_name for edit in edits for op in edit.ops}
    glossary = Glossary(before, after)
    return [_signed(_named(each, glossary), hands) for each in _mapping((), (), before, after)]


def spoken(names: Sequence[Name], language: Language) -> list[str]:
    """Return a place's name in a language, from the outside in: the kind of a thing before its name, then the setting."""
    return [
        _word(each, language, is_kind=isinstance(after, dict))
        for each, after in zip(names, (*names[1:], ""), strict=True)
    ]


def told(value: Any, words: Labels, language: Language) -> Any:
    """Return a value with the names of what its keys stand for."""
    if isinstance(value, list):
        return [told(each, words, language) for each in value]
    return _said(words[value], language) if isinstance(value, str) and value in words else value


def _word(name: Name, language: Language, *, is_kind: bool) -> str:
    if isinstance(name, dict):
        return _said(name, language)
    for code in (f"studio.one.{name}", f"studio.part.{name}")[not is_kind :]:
        said = message(code, {}, language)
        if said != code:
            return said[:1].upper() + said[1:]
    return name


def _said(label: Mapping[str, Any], language: Language) -> str:
    return str(label.get(language) or label.get("zh") or "")


def _named(change: Change, glossary: Glossary) -> Change:
    """Return a change with labels in the place of keys."""
    words = glossary.words(change.path, change.before, change.after)
    return replace(change, names=glossary.named(change.path, change.names), words=words)


def _signed(change: Change, hands: dict[Path, str]) -> Change:
    near = [
        author
        for path, author in hands.items()
        if path[: len(change.path)] == change.path or change.path[: len(path)] == path
    ]
    return replace(change, by=near[-1]) if near else change


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
        named = label_of(after.get(key)) or label_of(before.get(key)) or key
        yield from _value((*path, key), (*names, named), before.get(key), after.get(key))
    kept = [key for key in before if key in after]
    order = [key for key in after if key in before]
    if kept != order:
        was, becomes = ([label_of(after[key]) or key for key in keys] for keys in (kept, order))
        yield Change(kind="moved", path=path, names=names, before=was, after=becomes)


def _is_mapping(value: Any) -> bool:
    return isinstance(value, dict) and not (value and value.keys() <= _LABEL_KEYS)


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
