"""Definitions as YAML that people read and write: bare text for labels, Chinese as it is, stable order, no defaults.

Only the plain part of YAML is taken: mappings, lists and scalars; ``true`` and ``false`` alone are switches (``no`` is
the text "no"), dates are text, aliases and tags are refused.
"""

import re
from enum import Enum
from typing import Any, TypeVar

import msgspec
import yaml

from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.canonical import canonical
from xiaolu.metadata.decoding import decode
from xiaolu.metadata.model.entity import Field
from xiaolu.metadata.model.workspace import Definitions

S = TypeVar("S", bound=msgspec.Struct)

LONGEST = 8_000_000
"""Characters of a package at most."""
FORMAT = 1
_DEEPEST = 60
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_ODD_BREAK = re.compile("[\x85\u2028\u2029\ufeff]")
_NUMBER = re.compile(r"[-+]?[0-9]+\.[0-9]*(?:[eE][-+][0-9]+)?")
_PLAIN_TAGS = frozenset({"str", "null", "bool", "int", "float", "map", "seq", "timestamp", "value"})
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None, "true": True, "false": False,
          "True": True, "False": False, "TRUE": True, "FALSE": False}  # fmt: skip


def decode_definitions(text: str) -> Definitions | list[Problem]:
    """Read definitions from YAML, or return everything that is wrong with their form, each with path and line."""
    found = decode_yaml(text, Definitions)
    if isinstance(found, list):
        return found
    if found.format != FORMAT:
        return [problem("yaml.unknown_format", "format", format=found.format, known=FORMAT)]
    return canonical(found)


def decode_yaml(text: str, kind: type[S]) -> S | list[Problem]:
    """Read one structure from YAML, or return everything that is wrong with its form, each with path and line."""
    if len(text) > LONGEST:
        return [problem("yaml.too_long", maximum=LONGEST)]
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return [problem("yaml.malformed", line=line, column=column, detail=error.problem or error.context or "")]
    except (yaml.YAMLError, RecursionError) as error:
        return [problem("yaml.malformed", line=1, column=1, detail=str(error).partition("\n")[0])]
    problems: list[Problem] = []
    value = _Reading(problems).value(node, (), 0) if node is not None else {}
    found, misfits = decode({} if value is None else value, kind, takes_any_scalar=True)
    problems.extend(_with_line(each, node) for each in misfits)
    return problems if found is None or problems else found


class _Reading:
    """Turns YAML nodes into dicts, lists and scalars."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, path: tuple[str | int, ...], depth: int) -> Any:
        line = node.start_mark.line + 1
        if id(node) in self.seen or depth > _DEEPEST:
            self.problems.append(problem("yaml.alias" if depth <= _DEEPEST else "yaml.too_deep", *path, line=line))
            return None
        self.seen.add(id(node))
        if str(node.tag).removeprefix("tag:yaml.org,2002:") not in _PLAIN_TAGS:
            self.problems.append(problem("yaml.tag", *path, tag=str(node.tag), line=line))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(each, (*path, at), depth + 1) for at, each in enumerate(node.value)]
        return self.scalar(node)

    def mapping(self, node: yaml.MappingNode, path: tuple[str | int, ...], depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            line = key_node.start_mark.line + 1
            if key is None or key == "<<":
                self.problems.append(problem("yaml.bad_key", *path, line=line))
            elif key in found:
                self.problems.append(problem("yaml.repeated_key", *path, key, key=key, line=line))
            else:
                found[key] = self.value(value_node, (*path, key), depth + 1)
        return found

    def scalar(self, node: yaml.Node) -> Any:
        text: str = node.value
        if getattr(node, "style", None):
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text) and len(text) <= 30:
            return int(text)
        return float(text) if _NUMBER.fullmatch(text) and len(text) <= 40 else text


def _with_line(found: Problem, node: yaml.Node | None) -> Problem:
    line = 1
    for segment in found.path:
        below = _below(node, segment) if node is not None else None
        if below is None:
            break
        line, node = below[0].start_mark.line + 1, below[1]
    return msgspec.structs.replace(found, params={**found.params, "line": line})


def _below(node: yaml.Node, segment: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """Return the nodes of a key (or element) and its value."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == segment), None)
    if isinstance(node, yaml.SequenceNode):
        if isinstance(segment, int):
            return (node.value[segment], node.value[segment]) if segment < len(node.value) else None
        return next(((each, each) for each in node.value if _key_of(each) == segment), None)
    return None


def _key_of(node: yaml.Node) -> str | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value.value for key, value in node.value if key.value == "key"), None)


class _Dumper(yaml.SafeDumper):
    """Writes lists indented, short lists of scalars on one line, and texts of several lines as blocks."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = '"' if _ODD_BREAK.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _write_list(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.Node:
    scalars = all(isinstance(each, (str, int, float)) for each in items)
    is_short = scalars and sum(len(str(each)) + 2 for each in items) <= 90
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=is_short)


def _write_mapping(dumper: yaml.SafeDumper, items: dict[str, Any]) -> yaml.Node:
    scalars = all(isinstance(each, (str, int, float)) for each in items.values())
    is_short = scalars and sum(len(str(key)) + len(str(each)) + 4 for key, each in items.items()) <= 80
    return dumper.represent_mapping("tag:yaml.org,2002:map", items, flow_style=is_short)


_Dumper.add_representer(dict, _write_mapping)
_Dumper.add_representer(str, _write_text)
_Dumper.add_representer(list, _write_list)


def encode_definitions(definitions: Definitions) -> str:
    """Write definitions as YAML; ``decode_definitions`` gives equal ones back."""
    return yaml.dump(
        {"format": FORMAT, **_plain(canonical(definitions))},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=120,
        default_flow_style=False,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Label):
        return {"zh": value.zh, "en": value.en} if value.en else value.zh
    if isinstance(value, msgspec.Struct):
        return _plain_struct(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value


def _plain_struct(value: msgspec.Struct) -> dict[str, Any]:
    """Write what differs from the defaults: single values first, then what has parts, each in the order of definition."""
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(value):
        item = getattr(value, field.name)
        if field.default is not msgspec.NODEFAULT and item == field.default:
            continue
        if field.default_factory is not msgspec.NODEFAULT and item == field.default_factory():
            continue
        is_settings = isinstance(value, Field) and field.name == "options"
        found[field.encode_name] = _short_labels(item) if is_settings else _plain(item)
    return dict(sorted(found.items(), key=lambda each: isinstance(each[1], (list, dict)) and each[0] != "label"))


def _short_labels(value: Any) -> Any:
    """Write labels in a field's settings as bare text; reading them puts them back by the type's settings."""
    if isinstance(value, dict):
        if value.keys() == {"zh"} and isinstance(value["zh"], str):
            return value["zh"]
        return {key: _short_labels(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_short_labels(each) for each in value]
    return value
