"""Shapes of usages, counts and previews of numbers."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from xiaolu.kit.i18n import Label, Language, message
from xiaolu.metadata.model.entity import Numbering
from xiaolu.metadata.planner.model import Usage
from xiaolu.studio.modelling.service import NextNumbers
from xiaolu.studio.schemas.building import ProblemOut, problem_out


class UsageOut(Struct, frozen=True, kw_only=True):
    """A place that uses something."""

    kind: str
    key: str
    label: str
    entity: str | None
    aspect: str
    kind_label: str
    aspect_label: str


class ChoiceCountsOut(Struct, frozen=True, kw_only=True):
    """Records by option; null where counting takes too long."""

    counts: dict[str, int] | None


class EntityCountsOut(Struct, frozen=True, kw_only=True):
    """Records by entity, counted no further than ``most``."""

    counts: dict[str, int]
    most: int


Coordinate = Annotated[int, Meta(ge=-100_000, le=100_000)]
EntityKey = Annotated[str, Meta(max_length=40)]


class PlaceBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place on the picture of the model."""

    x: Coordinate
    y: Coordinate


class PlacesBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Places by entity; ``keep`` false: entities that are not named find places of their own."""

    places: Annotated[dict[EntityKey, PlaceBody], Meta(max_length=2_000)]
    keep: bool = True


class NumberingBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A numbering that is being made."""

    key: Annotated[str, Meta(max_length=40)]
    pattern: Annotated[str, Meta(max_length=200)]
    reset: Literal["never", "year", "month", "day"] = "never"
    start: Annotated[int, Meta(ge=-(2**53), le=2**53)] = 1


class NextNumbersOut(Struct, frozen=True, kw_only=True):
    """The numbers that come next."""

    numbers: list[str]
    problems: list[ProblemOut]


def usage_out(usage: Usage, language: Language) -> UsageOut:
    """Return a use in a language."""
    return UsageOut(
        kind=usage.kind,
        key=usage.key,
        label=usage.label.text(language),
        entity=usage.entity,
        aspect=usage.aspect,
        kind_label=message(f"planner.usage.{usage.kind}", {}, language),
        aspect_label=message(f"planner.usage_aspect.{usage.aspect}", {}, language),
    )


def numbering_of(body: NumberingBody) -> Numbering:
    """Return the numbering that a body describes."""
    return Numbering(key=body.key, label=Label(body.key), pattern=body.pattern, reset=body.reset, start=int(body.start))


def next_out(found: NextNumbers, language: Language) -> NextNumbersOut:
    """Return the next numbers in a language."""
    return NextNumbersOut(
        numbers=list(found.numbers), problems=[problem_out(each, language) for each in found.problems]
    )
