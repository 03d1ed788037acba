"""What of a process concerns the records in it. Pure."""

from typing import Any

import msgspec

from xiaolu.metadata.model.process import Process

_LOOKS = frozenset({"label", "description", "colour"})
_WORDS = _LOOKS | {"guard_message", "title", "goal", "next_step", "text", "reason", "background"}


def concerns_records(before: Process, after: Process) -> bool:
    """Tell whether a change is more than names, colours, texts, the order of stages and where new records begin."""
    return bool(_essence(before) != _essence(after))


def _essence(process: Process) -> Any:
    plain = _plain(process)
    plain.pop("initial", None)
    plain.pop("key", None)
    plain.pop("on_create", None)
    plain["stages"] = {each["key"]: each for each in plain["stages"]}
    plain["transitions"] = {each["key"]: each for each in plain["transitions"]}
    return _without(plain, _WORDS)


def _plain(value: Any) -> Any:
    """Return a definition as dictionaries with every default written out: 48 and 48.0 hours are the same."""
    if isinstance(value, msgspec.Struct):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value


def _without(value: Any, names: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {key: _without(each, names) for key, each in value.items() if key not in names}
    if isinstance(value, (list, tuple)):
        return [_without(each, names) for each in value]
    return value
