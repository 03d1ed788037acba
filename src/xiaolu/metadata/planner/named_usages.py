"""Where are option sets, options, stages, numberings, processes, views, roles, numbers and apps used? Pure."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal, TypeAlias

from xiaolu.formula import find_references
from xiaolu.metadata.model.entity import Entity, Field
from xiaolu.metadata.model.page import Block
from xiaolu.metadata.model.process import Process
from xiaolu.metadata.model.view import Condition
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.planner.model import Usage
from xiaolu.metadata.planner.usages import Uses

NamedKind: TypeAlias = Literal[
    "option_set", "option", "stage", "numbering", "process", "view", "role", "number", "page", "app"
]
Found: TypeAlias = Iterator[Usage]
_TEXTS = re.compile(r'"((?:[^"]|"")*)"|“([^”]*)”')


def named_usages(definitions: Definitions, kind: NamedKind, key: str, owner: str = "") -> tuple[Usage, ...]:
    """Return the places that use a definition; ``owner`` is the option set of an option, the process of a stage."""
    finders: Mapping[str, Callable[[], Found]] = {
        "option_set": lambda: _option_set(definitions, key),
        "option": lambda: _option(definitions, owner, key),
        "stage": lambda: _stage(definitions, owner, key),
        "numbering": lambda: _numbering(definitions, key),
        "process": lambda: _process(definitions, key),
        "view": lambda: _view(definitions, key),
        "role": lambda: _role(definitions, key),
        "number": lambda: _on_pages(definitions, lambda block: key in block.numbers),
        "page": lambda: _page(definitions, key),
        "app": lambda: (Usage("app", each.key, each.label, aspect="depends") for each in definitions.apps if key in each.depends),
    }  # fmt: skip
    return tuple(dict.fromkeys(finders[kind]()))


def fields_of_set(definitions: Definitions, key: str) -> list[tuple[Entity, Field]]:
    """Return the fields that choose from an option set, computed ones included."""
    return [(entity, field) for entity in definitions.entities for field in entity.fields if key in _sets_of(field)]


def _sets_of(field: Field) -> set[str]:
    shape = field.options.get("format")
    named = (field.options.get("set"), shape.get("set") if isinstance(shape, dict) else None)
    return {each for each in named if isinstance(each, str)}


def _option_set(definitions: Definitions, key: str) -> Found:
    for entity, field in fields_of_set(definitions, key):
        yield Usage("field", field.key, field.label, entity.key, "choices")
    for process in definitions.processes:
        if process.reasons == key:
            yield Usage("process", process.key, process.label, process.entity, "reasons")
        for transition in process.transitions:
            if transition.reasons == key:
                yield Usage("process", process.key, transition.label, process.entity, "reasons")


def _option(definitions: Definitions, owner: str, key: str) -> Found:
    options = next((each.options for each in definitions.option_sets if each.key == owner), ())
    option = next((each for each in options if each.key == key), None)
    if option is None:
        return
    for each in definitions.option_sets:
        for child in each.options:
            if child.parent == key and (each.key == owner or key not in {one.key for one in each.options}):
                yield Usage("option_set", each.key, child.label, aspect="parent_option")
    holders = {(entity.key, field.key) for entity, field in fields_of_set(definitions, owner)}
    for entity, field in fields_of_set(definitions, owner):
        if key in field.options_if:
            yield Usage("field", field.key, field.label, entity.key, "options_if")
    yield from _Mentions(definitions, holders, {key, option.label.zh, option.label.en} - {""}, key).found()


def _stage(definitions: Definitions, owner: str, key: str) -> Found:
    process = next((each for each in definitions.processes if each.key == owner), None)
    stage = process.stage(key) if process else None
    if process is None or stage is None:
        return
    if process.initial == key:
        yield Usage("process", process.key, process.label, process.entity, "initial")
    for transition in process.transitions:
        if key in transition.source or key == transition.target:
            yield Usage("process", process.key, transition.label, process.entity, "transition")
    for role in definitions.roles:
        if any(grant.entity == process.entity and key in grant.stages for grant in role.grants):
            yield Usage("role", role.key, role.label, aspect="grant")
    names = {key, stage.label.zh}
    yield from _Mentions(definitions, {(process.entity, "stage")}, names, key).found()


def _numbering(definitions: Definitions, key: str) -> Found:
    for entity in definitions.entities:
        for field in entity.fields:
            if field.type == "auto_number" and field.options.get("numbering") == key:
                yield Usage("field", field.key, field.label, entity.key, "numbering")


def _process(definitions: Definitions, key: str) -> Found:
    process = next((each for each in definitions.processes if each.key == key), None)
    if process is None:
        return
    for role in definitions.roles:
        if any(grant.entity == process.entity and grant.stages for grant in role.grants):
            yield Usage("role", role.key, role.label, aspect="grant")
    for view in definitions.views:
        if view.entity == process.entity and view.group == "stage":
            yield Usage("view", view.key, view.label, view.entity, "group")
    yield from _on_pages(definitions, lambda block: block.process == key)
    names = {name for each in process.stages for name in (each.key, each.label.zh)}
    yield from _Mentions(definitions, {(process.entity, "stage")}, names, None).found()


def _view(definitions: Definitions, key: str) -> Found:
    for app in definitions.apps:
        if any(item.view == key for item in app.menu):
            yield Usage("app", app.key, app.label, aspect="menu")
    for number in definitions.numbers:
        if number.view == key:
            yield Usage("number", number.key, number.label, number.entity, "opens")
    yield from _on_pages(definitions, lambda block: block.view == key or any(each.view == key for each in block.links))


def _page(definitions: Definitions, key: str) -> Found:
    for app in definitions.apps:
        if any(item.page == key for item in app.menu):
            yield Usage("app", app.key, app.label, aspect="menu")
    yield from _on_pages(definitions, lambda block: any(each.page == key for each in block.links))


def _on_pages(definitions: Definitions, uses: Callable[[Block], bool]) -> Found:
    for page in definitions.pages:
        if any(uses(block) for block in page.blocks):
            yield Usage("page", page.key, page.label, aspect="page")


def _role(definitions: Definitions, key: str) -> Found:
    for view in definitions.views:
        if key in view.roles:
            yield Usage("view", view.key, view.label, view.entity, "shown_to")
    for number in definitions.numbers:
        if key in number.roles:
            yield Usage("number", number.key, number.label, number.entity, "shown_to")
    for page in definitions.pages:
        if key in page.roles:
            yield Usage("page", page.key, page.label, aspect="shown_to")
    for process in definitions.processes:
        yield from _role_in_process(process, key)


def _role_in_process(process: Process, key: str) -> Found:
    named = f"role:{key}"
    for stage in process.stages:
        if stage.limit is not None and named in stage.limit.escalate:
            yield Usage("process", process.key, stage.label, process.entity, "escalation")
    if any(effect.role == key or effect.to == named for effect in process.on_create):
        yield Usage("process", process.key, process.label, process.entity, "effect")
    for transition in process.transitions:
        at = Usage("process", process.key, transition.label, process.entity)
        if key in transition.roles:
            yield Usage(at.kind, at.key, at.label, at.entity, "transition")
        if any(effect.role == key or effect.to == named for effect in transition.effects):
            yield Usage(at.kind, at.key, at.label, at.entity, "effect")


class _Mentions(Uses):
    """Formulas and filters that compare one of some fields with a value that bears one of some names."""

    def __init__(
        self, definitions: Definitions, fields: set[tuple[str, str]], names: set[str], value: str | None
    ) -> None:
        super().__init__(definitions)
        self._fields = fields
        self._names = names
        self._value = value
        self._seen: dict[Usage, None] = {}

    def found(self) -> Found:
        for _ in self.all():
            pass
        yield from self._seen

    def saw_formula(self, text: str, entity: str, usage: Usage) -> None:
        spoken = {(plain or curly).replace('""', '"') for plain, curly in _TEXTS.findall(text)}
        if not spoken & self._names:
            return
        references = find_references(text, entity=entity, catalogue=self._catalogue)
        if any((each.entity, each.field) in self._fields for each in references):
            self._seen[usage] = None

    def saw_filter(self, condition: Condition, entity: str, usage: Usage) -> None:
        targets = [target for target, _ in self._path(entity, condition.field or "", usage)]
        values = condition.value if isinstance(condition.value, (list, tuple)) else [condition.value]
        wanted = self._names if self._value is None else {self._value}
        if targets and targets[-1] in self._fields and wanted & {each for each in values if isinstance(each, str)}:
            self._seen[usage] = None
