"""Where is this used? Finds every place in the definitions that names a field, an entity or another definition. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from xiaolu.formula import find_references
from xiaolu.metadata.catalogue import build_catalogue
from xiaolu.metadata.computed import formula_text
from xiaolu.metadata.fields.registry import field_type
from xiaolu.metadata.model.entity import Entity, Field
from xiaolu.metadata.model.entrance import PublicForm
from xiaolu.metadata.model.page import Page
from xiaolu.metadata.model.process import Effect, Process, Transition
from xiaolu.metadata.model.view import Condition, View
from xiaolu.metadata.model.workspace import Definitions, Number
from xiaolu.metadata.planner.model import Usage

Target: TypeAlias = tuple[str, str | None]
"""(entity, field); a field of None means the entity itself."""
Found: TypeAlias = Iterator[tuple[Target, Usage]]


def usages(definitions: Definitions, entity: str, field: str | None = None) -> tuple[Usage, ...]:
    """Return the places that use a field of an entity, or (without ``field``) the entity or any of its fields."""
    index = usage_index(definitions)
    if field is not None:
        return index.get((entity, field), ())
    found = [usage for (owner, _), each in index.items() if owner == entity for usage in each if usage.entity != entity]
    return tuple(dict.fromkeys(found))


def usage_index(definitions: Definitions) -> Mapping[Target, tuple[Usage, ...]]:
    """Return every use, by what is used."""
    index: dict[Target, dict[Usage, None]] = defaultdict(dict)
    for target, usage in Uses(definitions).all():
        index[target][usage] = None
    return {target: tuple(each) for target, each in index.items()}


class Uses:
    """Walks the definitions and tells, place by place, what each uses; others may look at every formula and filter on the way."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._catalogue = build_catalogue(definitions)

    def saw_formula(self, text: str, entity: str, usage: Usage) -> None:
        """Take note of a formula; this one does nothing."""

    def saw_filter(self, condition: Condition, entity: str, usage: Usage) -> None:
        """Take note of a comparison of a filter; this one does nothing."""

    def all(self) -> Found:
        """Tell every use."""
        for entity in self._definitions.entities:
            yield from self._entity(entity)
        for process in self._definitions.processes:
            yield from self._process(process)
        for view in self._definitions.views:
            yield from self._view(view)
        for number in self._definitions.numbers:
            yield from self._number(number)
        for page in self._definitions.pages:
            yield from self._page(page)
        yield from self._entrances()
        yield from self._roles()
        for app in self._definitions.apps:
            for item in app.menu:
                entity_key = next((each.entity for each in self._definitions.views if each.key == item.view), None)
                if entity_key is not None:
                    yield (entity_key, None), Usage("app", app.key, app.label, aspect="menu")

    def _entity(self, entity: Entity) -> Found:
        own = Usage("entity", entity.key, entity.label, entity.key)
        yield (entity.key, entity.title), _as(own, "title")
        if entity.parent:
            yield (entity.parent, None), _as(own, "parent")
        for group in entity.duplicates:
            yield from (((entity.key, key), _as(own, "duplicates")) for key in group)
        if entity.layout is not None:
            keys = (*entity.layout.placed(), *entity.layout.hidden)
            yield from (((entity.key, key), _as(own, "layout")) for key in keys)
        for rule in entity.rules:
            yield from self._formula(
                rule.check, entity.key, Usage("rule", entity.key, rule.message, entity.key, "rule")
            )
        for field in entity.fields:
            yield from self._field(entity, field)

    def _field(self, entity: Entity, field: Field) -> Found:
        own = Usage("field", field.key, field.label, entity.key)
        target = field_type(field.type).target(field)
        if target is not None:
            yield (target, None), _as(own, "target")
        narrow = field.options.get("narrow")
        if narrow:
            yield (entity.key, narrow["field"]), _as(own, "narrow")
            yield (str(target), narrow["by"]), _as(own, "narrow")
        texts = {
            "formula": formula_text(field, entity.key, self._catalogue),
            "default": field.default,
            "visible_if": field.visible_if,
            "required_if": field.required_if,
            "set_when": field.set_when,
            "set_to": field.set_to,
        }
        for aspect, text in texts.items():
            yield from self._formula(text, entity.key, _as(own, aspect))
        for condition in field.options_if.values():
            yield from self._formula(condition, entity.key, _as(own, "options_if"))
        for condition in field.tip_if:
            yield from self._formula(condition, entity.key, _as(own, "tip_if"))
        for rule in field.rules:
            yield from self._formula(rule.check, entity.key, Usage("rule", field.key, rule.message, entity.key, "rule"))

    def _process(self, process: Process) -> Found:
        own = Usage("process", process.key, process.label, process.entity)
        yield (process.entity, None), _as(own, "process")
        for stage in process.stages:
            at = Usage("process", process.key, stage.label, process.entity)
            for aspect in ("required", "readonly", "open_when_frozen"):
                yield from (((process.entity, key), _as(at, aspect)) for key in getattr(stage, aspect))
        yield from self._effects(process, process.on_create, own)
        for transition in process.transitions:
            yield from self._transition(process, transition)

    def _transition(self, process: Process, transition: Transition) -> Found:
        at = Usage("process", process.key, transition.label, process.entity)
        yield from self._formula(transition.guard, process.entity, _as(at, "guard"))
        yield from self._effects(process, transition.effects, at)

    def _effects(self, process: Process, effects: tuple[Effect, ...], at: Usage) -> Found:
        for effect in effects:
            for key, text in effect.values.items():
                yield (process.entity, key), _as(at, "effect")
                yield from self._formula(text, process.entity, _as(at, "effect"))
            for path in (effect.to, effect.into, *effect.background):
                if path is not None:
                    yield from self._path(process.entity, path, _as(at, "effect"))

    def _view(self, view: View) -> Found:
        own = Usage("view", view.key, view.label, view.entity)
        yield (view.entity, None), _as(own, "view")
        named = {
            "column": view.columns,
            "sort": tuple(each.field for each in view.sort),
            "group": (*((view.group,) if view.group else ()), *(each.field for each in view.groups)),
            "measure": tuple(each.field for each in view.measures if each.field),
            "card": view.card,
            "summary": tuple(view.summary),
            "colour": tuple(each.field for each in view.colours if each.field),
            "layout": tuple(_laid_out(view)),
        }
        for aspect, keys in named.items():
            for key in keys:
                yield from self._path(view.entity, key, _as(own, aspect))
        yield from self._condition(view.filter, view.entity, _as(own, "filter"))
        for rule in view.colours:
            yield from self._condition(rule.when, view.entity, _as(own, "colour"))

    def _page(self, page: Page) -> Found:
        views = {each.key: each.entity for each in self._definitions.views}
        processes = {each.key: each.entity for each in self._definitions.processes}
        for block in page.blocks:
            own = Usage("page", page.key, page.label, block.entity, aspect="page")
            named = [block.entity, views.get(block.view or ""), *(each.create for each in block.links)]
            named += [views.get(each.view or "") for each in block.links]
            yield from (((each, None), own) for each in named if each is not None)
            entity = processes.get(block.process or "")
            if entity is not None and block.since:
                yield from self._path(entity, block.since, own)
            if block.entity is None:
                continue
            if block.group:
                yield from self._path(block.entity, block.group, _as(own, "group"))
            if block.measure is not None and block.measure.field:
                yield from self._path(block.entity, block.measure.field, _as(own, "measure"))
            yield from self._condition(block.filter, block.entity, _as(own, "filter"))

    def _number(self, number: Number) -> Found:
        own = Usage("number", number.key, number.label, number.entity)
        yield (number.entity, None), _as(own, "number")
        if number.measure.field:
            yield from self._path(number.entity, number.measure.field, _as(own, "measure"))
        yield from self._condition(number.filter, number.entity, _as(own, "filter"))
        yield from self._condition(number.of, number.entity, _as(own, "filter"))

    def _entrances(self) -> Found:
        for form in self._definitions.public_forms:
            yield from self._public_form(form)
        for tour in self._definitions.tours:
            for step in tour.steps:
                if step.entity:
                    yield (step.entity, None), Usage("tour", tour.key, tour.label, aspect="step")

    def _public_form(self, form: PublicForm) -> Found:
        own = Usage("public_form", form.key, form.label, form.entity)
        yield (form.entity, None), _as(own, "public_form")
        for key in (*(each.key for each in form.fields), *form.values, *form.origin.values()):
            yield (form.entity, key), _as(own, "public_field")

    def _roles(self) -> Found:
        for role in self._definitions.roles:
            own = Usage("role", role.key, role.label)
            for grant in role.grants:
                if grant.entity == "*":
                    continue
                yield (grant.entity, None), _as(own, "grant")
                yield from self._formula(grant.formula, grant.entity, _as(own, "scope"))
                keys = [*grant.fields, *(key for stage in grant.stages.values() for key in stage)]
                yield from (((grant.entity, key), _as(own, "grant")) for key in keys)

    def _condition(self, condition: Condition | None, entity: str, usage: Usage) -> Found:
        if condition is None:
            return
        for each in (*(condition.all_ or ()), *(condition.any_ or ())):
            yield from self._condition(each, entity, usage)
        if condition.field:
            self.saw_filter(condition, entity, usage)
            yield from self._path(entity, condition.field, usage)
        yield from self._formula(condition.formula, entity, usage)

    def _formula(self, text: str | None, entity: str, usage: Usage) -> Found:
        if not text:
            return
        self.saw_formula(text, entity, usage)
        for reference in find_references(text, entity=entity, catalogue=self._catalogue):
            yield (reference.entity, reference.field), usage

    def _path(self, entity: str, path: str, usage: Usage) -> Found:
        at: str | None = entity
        for key in path.split("."):
            if at is None:
                return
            yield (at, key), usage
            known = self._catalogue.get(at)
            field = next((each for each in known.fields if each.key == key), None) if known else None
            at = field.target if field else None


def _laid_out(view: View) -> Iterator[str]:
    """Give the fields that a calendar, gallery, map or timeline is made of."""
    for settings, names in (
        (view.calendar, ("start", "end", "title", "colour")),
        (view.gallery, ("picture",)),
        (view.map, ("place", "colour")),
        (view.timeline, ("start", "end", "progress", "title", "colour")),
    ):
        yield from (getattr(settings, name) for name in names if settings is not None and getattr(settings, name))


def _as(usage: Usage, aspect: str) -> Usage:
    return Usage(usage.kind, usage.key, usage.label, usage.entity, aspect)
