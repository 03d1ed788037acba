"""Shared by the types that choose among options: inline ones, or those of a controlled option set."""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from xiaolu.kit.i18n import Language
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.nearest import nearest
from xiaolu.metadata.fields.protocol import FieldOptions, Names
from xiaolu.metadata.model.common import KEY_PATTERN
from xiaolu.metadata.model.entity import Option

SEPARATORS = "、,，;；|\n"
_OPTION_KEY = re.compile(KEY_PATTERN)
_MOST_INDEXES = 5_000
_MOST_NAMED = 20
"""Options that a message names."""


class ChoiceOptions(FieldOptions, frozen=True, kw_only=True):
    """Where the options come from: the option set ``set``, or ``options`` of the field's own."""

    set: str | None = None
    options: tuple[Option, ...] = ()


class OptionIndex:
    """Options by key and by what people call them."""

    __slots__ = ("_spoken", "by_key", "options")

    def __init__(self, options: tuple[Option, ...]) -> None:
        self.options = options
        self.by_key = {each.key: each for each in options}
        self._spoken: dict[str, str] | None = None

    @property
    def spoken(self) -> dict[str, str]:
        """Option key by lower-cased label in both languages, and by key; live options win over retired ones."""
        if self._spoken is None:
            ordered = sorted(self.options, key=lambda each: each.retired)
            said: dict[str, str] = {}
            named = [(each.label.zh, each.key) for each in ordered]
            named += [(each.label.en, each.key) for each in ordered] + [(each.key, each.key) for each in ordered]
            for word, key in named:
                if word.strip():
                    said.setdefault(_spoken(word), key)
            self._spoken = said
        return self._spoken

    def find(self, text: str) -> str | None:
        """Return the key of the option that ``text`` names."""
        return self.spoken.get(_spoken(text))

    def suggest(self, text: str) -> list[Option]:
        """Return the options whose label in either language is nearest to ``text``, best first."""
        live = [each for each in self.options if not each.retired]
        by_label = {label: each for each in live for label in (each.label.text("en"), each.label.zh)}
        found = [by_label[label] for label in nearest(text, list(by_label))]
        return list({each.key: each for each in found}.values())


_EMPTY = OptionIndex(())
_indexes: dict[int, OptionIndex] = {}
Index: TypeAlias = Callable[[Names], OptionIndex]


def index_of(options: tuple[Option, ...]) -> OptionIndex:
    """Return the index of a tuple of options, remembered as long as the tuple is in use."""
    known = _indexes.get(id(options))
    if known is not None and known.options is options:
        return known
    if len(_indexes) >= _MOST_INDEXES:
        _indexes.clear()
    _indexes[id(options)] = built = OptionIndex(options)
    return built


def options_index(source: str | None, inline: tuple[Option, ...]) -> Index:
    """Return a function that gives the options of a field: of the set ``source`` as the names know it, or its own."""
    if source is None:
        own = index_of(inline)
        return lambda names: own

    def index(names: Names) -> OptionIndex:
        found = names.option_set(source)
        return _EMPTY if found is None else index_of(found.options)

    return index


def unknown_choice(value: Any, index: OptionIndex) -> Problem:
    """Return the problem of a value that is no option, with the nearest options."""
    text = str(value)[:80]
    near = index.suggest(text)
    if near:
        return problem("choice.unknown_near", value=text, near=_labels(near, "zh"), near_en=_labels(near, "en"))
    return problem("choice.unknown", value=text, **_allowed(index))


def _labels(options: Sequence[Option], language: Language) -> list[str]:
    return [each.label.text(language) for each in options]


def _allowed(index: OptionIndex) -> dict[str, list[str]]:
    """Return what may be chosen, as a problem names it in both languages."""
    live = [each for each in index.options if not each.retired][:_MOST_NAMED]
    return {"allowed": _labels(live, "zh"), "allowed_en": _labels(live, "en")}


def retired(keys: Sequence[str], index: OptionIndex) -> Problem | None:
    """Return the problem of options that may no longer be written."""
    gone = [option for key in keys if (option := index.by_key.get(key)) is not None and option.retired]
    if not gone:
        return None
    return problem("choice.retired", value=_labels(gone, "zh"), value_en=_labels(gone, "en"), **_allowed(index))


def choice_text(key: str, index: OptionIndex, language: Language) -> str:
    """Return an option's label; a key without an option is shown as it is."""
    option = index.by_key.get(key)
    return key if option is None else option.label.text(language)


def split_names(text: str, index: OptionIndex) -> list[str]:
    """Split a cell that lists options; a label that itself holds a separator is kept whole."""
    names: list[str] = []
    rest = text.strip(SEPARATORS + " ")
    longest_first = sorted(index.spoken, key=len, reverse=True)
    while rest:
        lowered = rest.lower()
        whole = next((each for each in longest_first if lowered.startswith(each) and _ends(rest, len(each))), None)
        length = len(whole) if whole else next((i for i, each in enumerate(rest) if each in SEPARATORS), len(rest))
        names.append(rest[:length].strip())
        rest = rest[length:].lstrip(SEPARATORS + " ")
    return names


def check_choices(settings: ChoiceOptions) -> list[Problem]:
    """Return what is wrong with the source of options."""
    if settings.set is not None:
        return [problem("options.set_and_options", "options")] if settings.options else []
    if not settings.options:
        return [problem("options.no_choices", "options")]
    return check_options(settings.options, "options")


def check_options(options: Sequence[Option], *path: str) -> list[Problem]:
    """Return what is wrong with a list of options: keys, repetitions, empty labels, parents."""
    found: list[Problem] = []
    seen: set[str] = set()
    labels: set[str] = set()
    keys = {each.key for each in options}
    for position, option in enumerate(options):
        if not _OPTION_KEY.fullmatch(option.key):
            found.append(problem("key.pattern", *path, position, "key", key=option.key))
        if option.key in seen:
            found.append(problem("key.repeated", *path, position, "key", key=option.key))
        if not option.label.zh.strip():
            found.append(problem("label.empty", *path, position, "label"))
        elif not option.retired and option.label.zh in labels:
            found.append(problem("label.repeated", *path, position, "label", label=option.label.zh))
        if option.parent is not None and option.parent not in keys:
            found.append(problem("reference.option", *path, position, "parent", key=option.parent))
        seen.add(option.key)
        if not option.retired:
            labels.add(option.label.zh)
    return found


def labels_of(options: Sequence[Option]) -> tuple[tuple[str, str], ...]:
    """Return (key, label) of each option, for formulas."""
    return tuple((each.key, each.label.zh) for each in options)


def joined(parts: Sequence[str], language: Language) -> str:
    """Join the parts of a list for people."""
    return ("、" if language == "zh" else ", ").join(parts)


def _spoken(word: str) -> str:
    return word.strip().lower()


def _ends(text: str, length: int) -> bool:
    after = text[length:].lstrip(" ")
    return not after or after[0] in SEPARATORS
