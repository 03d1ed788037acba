"""Values out of events: JSON that was written under older definitions, shown under today's. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from xiaolu.kit.i18n import Language, message
from xiaolu.metadata.fields.model import FieldModel
from xiaolu.metadata.fields.protocol import Names, Refusal
from xiaolu.metadata.fields.system import SYSTEM_FIELD_MODELS
from xiaolu.records.blueprint import Blueprint


def past_text(model: FieldModel, value: Any, names: Names, language: Language) -> str:
    """Write an event's value for people; one that the field's present type cannot read is shown as it was kept."""
    if value is None:
        return ""
    if model.type.key == "sub_table" and isinstance(value, dict):
        return message("rows.changed", value, language)
    canonical = model.type.reader(model.definition, is_limited=False)(value, names)
    if isinstance(canonical, Refusal):
        return _plain(value)
    return model.type.display(canonical, model.definition, names, language)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_plain(each) for each in value)
    return "" if value is None else str(value)


def past_titles(
    blueprint: Blueprint, values: Iterable[Mapping[str, Any]], actors: Iterable[UUID | None]
) -> dict[str, set[UUID]]:
    """Collect the ids whose titles are needed to show values out of events, by target."""
    wanted: dict[str, set[UUID]] = {"member": {each for each in actors if each is not None}}
    for each in values:
        for key, value in each.items():
            model = blueprint.model.fields.get(key) or SYSTEM_FIELD_MODELS.get(key)
            target = model.type.target(model.definition) if model is not None else None
            if target is None or model is None or model.type.key == "sub_table":
                continue
            for item in value if isinstance(value, list) else [value]:
                identifier = _identifier(item)
                if identifier is not None:
                    wanted.setdefault(target, set()).add(identifier)
    return wanted


def _identifier(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
