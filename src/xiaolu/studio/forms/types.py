"""The field types as a designer offers them. Pure."""

from typing import Any

from xiaolu.kit.i18n import Label, Language
from xiaolu.metadata.fields.choices import ChoiceOptions
from xiaolu.metadata.fields.palette import GROUPS, PALETTE
from xiaolu.metadata.fields.protocol import FieldType
from xiaolu.metadata.fields.registry import FIELD_TYPES
from xiaolu.metadata.fields.settings import Setting, result_choices, settings_of
from xiaolu.metadata.model.entity import Field
from xiaolu.metadata.validation.fields import cannot_be
from xiaolu.studio.forms.schemas import ChoiceOut, FieldTypeOut, FieldTypesOut, PropertiesOut, SettingOut

_ANY: dict[str, Any] = {"aggregate": "count"}
"""Values of settings that must be given, where any text will not do."""


def field_types(language: Language) -> FieldTypesOut:
    """Return every type with what it is for and what it can be set to, in the order of the palette."""
    return FieldTypesOut(
        groups=[ChoiceOut(key, label.text(language)) for key, label in GROUPS.items()],
        types=[_type(FIELD_TYPES[key], language) for key in PALETTE],
        results=[ChoiceOut(key, label.text(language)) for key, label in result_choices()],
    )


def _type(kind: FieldType, language: Language) -> FieldTypeOut:
    settings = settings_of(kind)
    example = Field(
        key="example",
        label=kind.label,
        type=kind.key,
        options={each.key: _ANY.get(each.key, "x") for each in settings if each.required},
    )
    offer = PALETTE[kind.key]
    return FieldTypeOut(
        key=kind.key,
        label=kind.label.text(language),
        about=offer.about.text(language),
        group=offer.group,
        is_computed=kind.is_computed,
        takes=_properties(kind, example),
        value=kind.value_type(example).value,
        casts=sorted(kind.casts()),
        settings=[_setting(each, language) for each in settings],
    )


def _properties(kind: FieldType, example: Field) -> PropertiesOut:
    refused = cannot_be(example, kind)
    return PropertiesOut(
        required=not kind.is_computed,
        unique="unique" not in refused,
        searchable="searchable" not in refused,
        default="default" not in refused,
        choices=issubclass(kind.options, ChoiceOptions),
        title=kind.is_text,
    )


def _setting(setting: Setting, language: Language) -> SettingOut:
    def text(label: Label | None) -> str | None:
        return None if label is None else label.text(language)

    return SettingOut(
        key=setting.key,
        label=setting.label.text(language),
        kind=setting.kind,
        required=setting.required,
        default=setting.default,
        help=text(setting.help),
        minimum=setting.minimum,
        maximum=setting.maximum,
        choices=[ChoiceOut(key, label.text(language)) for key, label in setting.choices],
    )
