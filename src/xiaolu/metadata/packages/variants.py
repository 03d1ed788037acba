"""Fits a general template to an industry: its own words, choices, fields and demands, under keys of its own. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.canonical import canonical
from xiaolu.metadata.model.common import Definition
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.packages.copying import copy_package
from xiaolu.metadata.packages.industry import Industry, Variant, Words
from xiaolu.metadata.validation.scope import unknown

Plain = dict[str, Any]


def variant_key(template: str, industry: str) -> str:
    """Return the key of the app that a template becomes in an industry."""
    return f"{template}_{industry}"


def fit(template: Definitions, industry: Industry) -> Definitions | list[Problem]:
    """Return a template as it is in an industry, or everything in its variant that does not fit the template.

    Paths of problems lead through the industry's file: ``variants.complaint.fields.complaint.device.after``.
    """
    app = template.apps[0]
    variant = industry.variants[app.key]
    fitting = _Fitting(template, variant)
    fitting.run()
    if fitting.problems:
        return [each.under("variants", app.key) for each in fitting.problems]
    general = canonical(msgspec.convert(fitting.plain, Definitions))
    copied = copy_package(general, variant_key(app.key, industry.industry), variant.label)
    described = msgspec.structs.replace(
        copied.apps[0], version=app.version, description=variant.description, icon=variant.icon or app.icon
    )
    return msgspec.structs.replace(copied, apps=(described,))


class _Fitting:
    """Changes a template in its plain form, and collects what is not there to be changed."""

    def __init__(self, template: Definitions, variant: Variant) -> None:
        self.plain: Plain = _spoken(_plain(template), variant.words)
        self.variant = variant
        self.problems: list[Problem] = []

    def run(self) -> None:
        """Take each setting of the variant in turn."""
        self.labels(self.variant.labels)
        self.options()
        self.plain.setdefault("option_sets", []).extend(_plain(self.variant.option_sets))
        self.dropped()
        self.fields()
        self.settings()
        self.parts("stages", self.variant.stages, "stages", "reference.stage")
        self.parts("moves", self.variant.moves, "transitions", "reference.transition")
        self.figures()
        self.columns()

    def found(self, owner: Plain, part: str, key: str, code: str, path: Sequence[str]) -> Plain | None:
        """Return the definition with a key in a list of another, or tell that there is none."""
        items = {each["key"]: each for each in owner.get(part, ())}
        if key not in items:
            self.problems.append(unknown(code, key, items, *path))
        return items.get(key)

    def labels(self, labels: Mapping[str, Label]) -> None:
        for place, label in labels.items():
            owner: Plain | None = self.plain
            segments = place.split(".")
            for part, key in zip(segments[::2], segments[1::2], strict=False):
                items = owner.get(part) if owner else None
                listed = items if isinstance(items, list) else []
                owner = next((each for each in listed if isinstance(each, dict) and each.get("key") == key), None)
            if owner is None or owner is self.plain or len(segments) % 2:
                self.problems.append(problem("variant.no_such_place", "labels", place, place=place))
            else:
                owner["label"] = _plain(label)

    def options(self) -> None:
        for key, options in self.variant.options.items():
            found = self.found(self.plain, "option_sets", key, "reference.option_set", ("options", key))
            if found is not None:
                found["options"] = _plain(options)

    def dropped(self) -> None:
        for key, fields in self.variant.dropped.items():
            entity = self.found(self.plain, "entities", key, "reference.entity", ("dropped", key))
            if entity is None:
                continue
            for field in fields:
                self.found(entity, "fields", field, "reference.field", ("dropped", key, field))
            entity["fields"] = [each for each in entity["fields"] if each["key"] not in fields]
            self._leave_out(key, fields)

    def _leave_out(self, entity: str, fields: Iterable[str]) -> None:
        places = (("views", ("columns", "card")), ("processes", ("background",)))
        for collection, settings in places:
            for each in self.plain.get(collection, ()):
                for setting in settings:
                    if each["entity"] == entity and setting in each:
                        each[setting] = [shown for shown in each[setting] if shown not in fields]

    def fields(self) -> None:
        for key, added in self.variant.fields.items():
            entity = self.found(self.plain, "entities", key, "reference.entity", ("fields", key))
            if entity is None:
                continue
            last: dict[str, str] = {}
            for each in added:
                anchor = each.after or ""
                self._add_field(
                    entity, {**_plain(each), "after": last.get(anchor, each.after)}, ("fields", key, each.key)
                )
                last[anchor] = each.key

    def _add_field(self, entity: Plain, field: Plain, path: tuple[str, ...]) -> None:
        after = field.pop("after", None)
        fields = entity["fields"]
        if any(each["key"] == field["key"] for each in fields):
            self.problems.append(problem("variant.taken", *path, key=field["key"]))
            return
        before = self.found(entity, "fields", after, "reference.field", (*path, "after")) if after else None
        fields.insert(fields.index(before) + 1 if before else len(fields), field)
        _place(entity, field["key"], after)

    def settings(self) -> None:
        for key, fields in self.variant.settings.items():
            entity = self.found(self.plain, "entities", key, "reference.entity", ("settings", key))
            for name, fitted in fields.items() if entity is not None else ():
                field = self.found(entity or {}, "fields", name, "reference.field", ("settings", key, name))
                if field is not None:
                    given = _given(fitted)
                    options = {**field.get("options", {}), **given.pop("options", {})}
                    field.update(given, **({"options": options} if options else {}))

    def parts(self, setting: str, fits: Mapping[str, Mapping[str, Definition]], part: str, code: str) -> None:
        """Change stages or moves of processes."""
        for key, fitted in fits.items():
            process = self.found(self.plain, "processes", key, "reference.process", (setting, key))
            for name, fit in fitted.items() if process is not None else ():
                found = self.found(process or {}, part, name, code, (setting, key, name))
                if found is not None:
                    found.update(_given(fit))

    def figures(self) -> None:
        for key, fitted in self.variant.figures.items():
            number = self.found(self.plain, "numbers", key, "reference.number", ("figures", key))
            if number is not None:
                number.update(_given(fitted))

    def columns(self) -> None:
        for key, fields in self.variant.columns.items():
            view = self.found(self.plain, "views", key, "reference.view", ("columns", key))
            if view is None:
                continue
            shown = "columns" if view.get("kind", "grid") == "grid" else "card"
            own = view.get(shown, [])
            view[shown] = [*own, *(each for each in fields if each not in own)]


def _plain(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def _given(fitted: Definition) -> Plain:
    named = {name: getattr(fitted, name) for name in fitted.__struct_fields__}
    return {name: _plain(each) for name, each in named.items() if each is not None}


def _place(entity: Plain, field: str, after: str | None) -> None:
    """Put a field behind another one in the form's layout, if it has one; a field without a place comes last."""
    for tab in (entity.get("layout") or {}).get("tabs", ()):
        for group in tab.get("groups", ()):
            keys = [each["key"] for each in group.get("fields", ())]
            if after in keys:
                group["fields"].insert(keys.index(after) + 1, {"key": field})


def _spoken(value: Any, words: Words) -> Any:
    """Return a plain structure with words replaced in its labels."""
    if isinstance(value, list):
        return [_spoken(each, words) for each in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("zh"), str) and value.keys() <= {"zh", "en"}:
        return {name: _replaced(text, words.zh if name == "zh" else words.en) for name, text in value.items()}
    return {key: _spoken(each, words) for key, each in value.items()}


def _replaced(text: str, words: Mapping[str, str]) -> str:
    """Replace words, the longest first, none of them twice."""
    if not words:
        return text
    at, found = 0, ""
    longest_first = sorted(words, key=len, reverse=True)
    while at < len(text):
        word = next((each for each in longest_first if each and text.startswith(each, at)), None)
        found += words[word] if word else text[at]
        at += len(word) if word else 1
    return found
