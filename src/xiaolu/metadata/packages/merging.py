"""Three-way merge of definitions: as shipped then, as shipped now, and yours. Pure.

Lists of named things are merged thing by thing, settings setting by setting; whatever only one side changed is taken
from that side, and what both changed differently is a disagreement that a person decides.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from xiaolu.metadata.model.workspace import COLLECTIONS, Definitions
from xiaolu.metadata.packages.model import ABSENT, Disagreement, Merged, Resolutions

_IDENTITIES = ("key", "entity")
"""By which of its settings an element of a list is known."""


def merge_package(then: Definitions | None, now: Definitions, yours: Definitions, resolutions: Resolutions) -> Merged:
    """Merge a package as it is shipped now into your definitions.

    Args:
        then: the package as it was installed; None: it is installed for the first time.
        now: the package.
        yours: all definitions of the workspace; what the package never held stays untouched.
        resolutions: decisions on disagreements.
    """
    old, new, own = (_builtins(each) for each in (then or Definitions(), now, yours))
    merging = _Merging(resolutions)
    merged: dict[str, Any] = {}
    for name in COLLECTIONS:
        shipped = _keyed(old.get(name, [])) or {}, _keyed(new.get(name, [])) or {}
        mine = _keyed(own.get(name, [])) or {}
        scope = {*shipped[0], *shipped[1]}
        inside = {key: value for key, value in mine.items() if key in scope}
        result = merging.keyed((name,), shipped[0], shipped[1], inside)
        merged[name] = _woven(mine, {key: value for key, value in mine.items() if key not in scope}, result)
    definitions = msgspec.convert({"format": own.get("format", 1), **merged}, Definitions)
    return Merged(definitions, tuple(merging.open), merging.unknown())


def merge_plain(
    then: Mapping[str, Any], now: Mapping[str, Any], yours: Mapping[str, Any], resolutions: Resolutions
) -> tuple[dict[str, Any], tuple[Disagreement, ...]]:
    """Merge two sets of definitions, as plain structures, that both started from ``then``.

    Returns what comes of it, and the disagreements without a resolution: there ``yours`` stands.
    """
    merging = _Merging(resolutions)
    return merging.keyed((), then, now, yours), tuple(merging.open)


class _Merging:
    def __init__(self, resolutions: Resolutions) -> None:
        self._resolutions = resolutions
        self._used: set[str] = set()
        self.open: list[Disagreement] = []

    def unknown(self) -> tuple[str, ...]:
        return tuple(each for each in self._resolutions if each not in self._used)

    def value(self, path: tuple[str, ...], then: Any, now: Any, yours: Any) -> Any:
        if now in (then, yours):
            return yours
        if yours == then:
            return now
        inside = self._inside(path, then, now, yours)
        return self._decide(path, then, now, yours) if inside is ABSENT else inside

    def keyed(
        self, path: tuple[str, ...], then: Mapping[str, Any], now: Mapping[str, Any], yours: Mapping[str, Any]
    ) -> dict[str, Any]:
        merged = {}
        for key in _order(then, now, yours):
            each = self.value((*path, key), then.get(key, ABSENT), now.get(key, ABSENT), yours.get(key, ABSENT))
            if each is not ABSENT:
                merged[key] = each
        return merged

    def _inside(self, path: tuple[str, ...], then: Any, now: Any, yours: Any) -> Any:
        """Merge element by element where both sides are made of named elements; ABSENT where they are not."""
        if isinstance(now, dict) and isinstance(yours, dict):
            return self.keyed(path, then if isinstance(then, dict) else {}, now, yours)
        if isinstance(now, list) and isinstance(yours, list):
            theirs, mine = _keyed(now), _keyed(yours)
            base = _keyed(then) if isinstance(then, list) else {}
            if theirs is not None and mine is not None and base is not None:
                return list(self.keyed(path, base, theirs, mine).values())
        return ABSENT

    def _decide(self, path: tuple[str, ...], then: Any, now: Any, yours: Any) -> Any:
        found = Disagreement(path, then, now, yours)
        choice = self._resolutions.get(found.place)
        if choice is None:
            self.open.append(found)
            return yours
        self._used.add(found.place)
        return now if choice == "theirs" else yours


def _builtins(definitions: Definitions) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(definitions))
    return found


def _keyed(items: Iterable[Any]) -> dict[str, Any] | None:
    """Return a list's elements by what they are known by; None where they are not named, or a name repeats."""
    elements = list(items)
    for identity in _IDENTITIES:
        names = [each.get(identity) if isinstance(each, dict) else None for each in elements]
        if all(isinstance(each, str) for each in names) and len(set(names)) == len(names):
            return {str(name): each for name, each in zip(names, elements, strict=True)}
    return None


def _order(then: Mapping[str, Any], now: Mapping[str, Any], yours: Mapping[str, Any]) -> list[str]:
    """Return every key: in your order where you changed it, else in the package's, additions after their neighbour."""
    common = [key for key in then if key in yours]
    is_yours = [key for key in yours if key in then] != common
    first, second = (yours, now) if is_yours else (now, yours)
    return _interleaved(_interleaved(list(first), list(second)), list(then))


def _interleaved(order: list[str], additions: list[str]) -> list[str]:
    """Add what ``order`` lacks: after the neighbour before it, else before the one after it, else at the end."""
    result = list(order)
    for position, key in enumerate(additions):
        if key in result:
            continue
        before = next((each for each in reversed(additions[:position]) if each in result), None)
        after = next((each for each in additions[position:] if each in result), None)
        if before is not None:
            result.insert(result.index(before) + 1, key)
        elif after is not None:
            result.insert(result.index(after), key)
        else:
            result.append(key)
    return result


def _woven(mine: Mapping[str, Any], outside: Mapping[str, Any], merged: Mapping[str, Any]) -> list[Any]:
    """Put the merged things where they were among yours, new ones at their place or the end."""
    order = [key for key in mine if key in merged or key in outside]
    if [key for key in order if key in merged] == [key for key in merged if key in mine]:
        order = _interleaved(order, list(merged))
    else:
        order = [*merged, *outside]
    return [merged[key] if key in merged else outside[key] for key in order]
