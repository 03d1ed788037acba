"""Every problem must speak both languages."""

from collections.abc import Iterable

from xiaolu.kit.i18n import LANGUAGES, catalogue, describe
from xiaolu.kit.problems import Problem


def assert_spoken(problems: Iterable[Problem]) -> None:
    """Each problem has a text in both languages, with all its parameters filled in."""
    for each in problems:
        for language in LANGUAGES:
            template = catalogue(language).get(each.code)
            assert template is not None, f"{each.code} has no text in {language}"
            assert "{" not in template.replace("{{", "") or describe(each, language) != template, (each, template)
