"""One way to write a field's settings, so that equal definitions are equal, whoever wrote them."""

from typing import Any

import msgspec

from xiaolu.metadata.decoding import decode
from xiaolu.metadata.fields.computed import ComputedKind
from xiaolu.metadata.fields.registry import field_type
from xiaolu.metadata.fields.results import RESULT_TYPES
from xiaolu.metadata.model.entity import Field
from xiaolu.metadata.model.workspace import Definitions


def canonical(definitions: Definitions) -> Definitions:
    """Return the definitions with every field's settings written in the one way: defaults left out, labels in full.

    Settings that do not fit their type are left as they are; the validators say so.
    """
    entities = tuple(
        msgspec.structs.replace(entity, fields=tuple(canonical_field(each) for each in entity.fields))
        for entity in definitions.entities
    )
    return msgspec.structs.replace(definitions, entities=entities)


def canonical_field(field: Field) -> Field:
    """Return the field with its settings written in the one way."""
    options = _canonical_options(field.type, field.options)
    return field if options == field.options else msgspec.structs.replace(field, options=options)


def _canonical_options(type_key: str, options: dict[str, Any]) -> dict[str, Any]:
    try:
        kind = field_type(type_key)
    except KeyError:
        return options
    settings, problems = decode(options, kind.options)
    if settings is None or problems:
        return options
    plain: dict[str, Any] = msgspec.to_builtins(settings)
    if isinstance(kind, ComputedKind) and "format" in plain:
        result = options.get("result", plain.get("result", ""))
        plain["format"] = (
            _canonical_options(str(result), plain["format"]) if result in RESULT_TYPES else plain["format"]
        )
        if not plain["format"]:
            del plain["format"]
    return plain
