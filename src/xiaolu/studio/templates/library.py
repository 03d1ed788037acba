"""What ships with the platform to be installed: general templates, and their variants by industry.

The gallery's list is read once, at first use, and keeps summaries alone; a template is put together when somebody looks
at it, and only the last few are kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from xiaolu.kit.errors import Invalid
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.packages.folder import (
    INDUSTRIES,
    industry_files,
    package_folders,
    read_industry,
    read_package,
    read_shelf,
    suite_folder,
)
from xiaolu.metadata.packages.industry import Family, Industry
from xiaolu.metadata.packages.variants import fit, variant_key

FOLDER = "templates"
KEPT = 8
"""Templates kept after they were looked at; an installation follows its preview."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a gallery's card says of a template."""

    key: str
    label: Label
    description: Label | None
    icon: str
    scenario: str
    """Key of the general template."""
    family: str | None
    industry: str | None
    """None: it is a general template."""
    fields: int
    stages: int
    views: int


@dataclass(frozen=True, slots=True)
class Library:
    """All templates, in the order of a gallery."""

    summaries: Mapping[str, Summary]
    families: tuple[Family, ...]
    industries: Mapping[str, Label]


@cache
def read_library() -> Library:
    """Return what there is to be installed: the general templates first, then each industry's."""
    shelf = read_shelf(suite_folder())
    shelved = [key for family in shelf.families for key in family.templates]
    families = {key: family.key for family in shelf.families for key in family.templates}
    general = [_summary(read_package(each), families) for each in _folders().values()]
    general.sort(key=lambda each: _place(each.key, shelved))
    found = [read_industry(each) for each in industry_files(suite_folder())]
    industries = sorted(found, key=lambda each: _place(each.industry, shelf.industries))
    summaries = [*general, *(each for industry in industries for each in _variants(industry, general))]
    return Library(
        summaries={each.key: each for each in summaries},
        families=shelf.families,
        industries={each.industry: each.label for each in industries},
    )


@lru_cache(maxsize=KEPT)
def compose(key: str) -> Definitions | None:
    """Return a template with all that it holds, if there is one.

    Raises:
        Invalid: it does not fit together.
    """
    summary = read_library().summaries.get(key)
    if summary is None:
        return None
    general = read_package(_folders()[summary.scenario])
    if summary.industry is None:
        return general
    found = fit(general, _industry(summary.industry))
    if isinstance(found, list):
        raise Invalid("package.unreadable", found, folder=key)
    return found


@lru_cache(maxsize=1)
def _industry(key: str) -> Industry:
    return read_industry(suite_folder() / INDUSTRIES / f"{key}.yaml")


@cache
def _folders() -> Mapping[str, Path]:
    """Return the folders of the suite's own apps and of the general templates, by their names: the keys of the apps."""
    folders = [*package_folders(suite_folder()), *package_folders(suite_folder() / FOLDER)]
    return {each.name: each for each in folders}


def _place(key: str, order: Sequence[str]) -> tuple[int, str]:
    return (order.index(key) if key in order else len(order), key)


def _summary(template: Definitions, families: Mapping[str, str]) -> Summary:
    app = template.apps[0]
    return Summary(
        key=app.key,
        label=app.label,
        description=app.description,
        icon=app.icon,
        scenario=app.key,
        family=families.get(app.key),
        industry=None,
        fields=sum(len(each.fields) for each in template.entities),
        stages=sum(len(each.stages) for each in template.processes),
        views=len(template.views),
    )


def _variants(industry: Industry, general: Sequence[Summary]) -> Iterator[Summary]:
    for scenario in general:
        variant = industry.variants.get(scenario.key)
        if variant is not None:
            added = sum(map(len, variant.fields.values())) - sum(map(len, variant.dropped.values()))
            yield replace(
                scenario,
                key=variant_key(scenario.key, industry.industry),
                label=variant.label,
                description=variant.description,
                icon=variant.icon or scenario.icon,
                industry=industry.industry,
                fields=scenario.fields + added,
            )
