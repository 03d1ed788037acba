"""Shapes of the form designer: labels are plain text in the builder's language."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from xiaolu.metadata.fields.settings import SettingKind
from xiaolu.records.schemas import ProblemOut


class ChoiceOut(Struct, frozen=True):
    """One of a few fixed values."""

    value: str
    label: str


class SettingOut(Struct, frozen=True, kw_only=True):
    """One setting of a field type."""

    key: str
    label: str
    kind: SettingKind
    required: bool
    default: Any
    help: str | None
    minimum: float | None
    maximum: float | None
    choices: list[ChoiceOut]


class PropertiesOut(Struct, frozen=True, kw_only=True):
    """Which properties make sense for fields of a type."""

    required: bool
    unique: bool
    searchable: bool
    default: bool
    """A default, and values that are set automatically."""
    choices: bool
    """Conditions on single options."""
    title: bool
    """Such a field may name a record."""


class FieldTypeOut(Struct, frozen=True, kw_only=True):
    """A field type as a designer offers it."""

    key: str
    label: str
    about: str
    group: str
    is_computed: bool
    takes: PropertiesOut
    value: str
    """The type of its value in formulas."""
    casts: list[str]
    """Types that it may become with its values kept."""
    settings: list[SettingOut]


class FieldTypesOut(Struct, frozen=True, kw_only=True):
    """Every field type, in groups."""

    groups: list[ChoiceOut]
    types: list[FieldTypeOut]
    results: list[ChoiceOut]
    """Types that a computed value may have."""


class TrialBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A form as the designer holds it, not published, and what was typed into it."""

    entity: dict[str, Any]
    option_sets: Annotated[list[dict[str, Any]], Meta(max_length=2000)] = []
    values: dict[str, Any] = {}
    stage: Annotated[str, Meta(max_length=40)] | None = None


class TrialOut(Struct, frozen=True, kw_only=True):
    """What the form would show, demand, offer, tell, fill in and refuse."""

    visible: dict[str, bool]
    required: dict[str, bool]
    options: dict[str, list[str]]
    tips: dict[str, list[str]]
    values: dict[str, Any]
    display: dict[str, str]
    problems: list[ProblemOut]
    later: list[str]
    """Fields with formulas that read other records: they show in the real form alone."""
