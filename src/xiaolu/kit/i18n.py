"""Two languages, Chinese first: labels that definitions carry, and messages that the platform speaks.

Message catalogues are YAML files in ``xiaolu/messages/<language>/<package>.yaml``, keyed by the dotted code of an error
or problem; a test demands each code in both languages.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal, TypeAlias

import msgspec

from xiaolu.kit.problems import Param, Problem

Language: TypeAlias = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Label(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A name that users see, in Chinese and optionally in English."""

    zh: str
    en: str = ""

    def text(self, language: Language) -> str:
        """Return the label in ``language``, or the Chinese one where there is none."""
        return self.en if language == "en" and self.en else self.zh


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Return every message of a language by code."""
    merged: dict[str, str] = {}
    folder = resources.files("xiaolu").joinpath("messages", language)
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".yaml"):
            merged.update(msgspec.yaml.decode(entry.read_bytes(), type=dict[str, str]))
    return merged


def message(code: str, params: Mapping[str, Param], language: Language) -> str:
    """Return the text of ``code`` with its parameters filled in; an unknown code is returned as it is.

    A parameter ``@code`` is itself the code of a text, such as the name of a value type. A parameter that comes in two
    languages is given as ``label`` and ``label_en``; templates say ``{label}`` in both.
    """
    template = catalogue(language).get(code)
    if template is None:
        return code
    suffix = "_en" if language == "en" else ""
    try:
        return template.format(
            **{key: _spoken(params.get(key + suffix, value), language) for key, value in params.items()}
        )
    except (KeyError, IndexError, ValueError):
        return template


def describe(found: Problem, language: Language) -> str:
    """Return a problem's text in ``language``."""
    return found.message or message(found.code, found.params, language)


def _spoken(value: Param, language: Language) -> str:
    if isinstance(value, list):
        return ("、" if language == "zh" else ", ").join(value)
    if isinstance(value, str) and value.startswith("@"):
        return catalogue(language).get(value[1:], value)
    return "" if value is None else str(value)
