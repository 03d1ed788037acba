"""One way to write a field's settings, so that equal definitions are equal, whoever wrote them."""

from decimal import Decimal
from typing import Any

import msgspec

from xiaolu.metadata.decoding import decode
from xiaolu.metadata.fields.computed import ComputedKind
from xiaolu.metadata.fields.registry import field_type
from xiaolu.metadata.fields.results import RESULT_TYPES
from xiaolu.metadata.model.entity import Field
from xiaolu.metadata.model.workspace import Definitions

_EXACT_BELOW = 2**53


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
    settings, problems = decode(options, kind.options, takes_any_scalar=True)
    if settings is None or problems:
        return options
    plain: dict[str, Any] = _simple(msgspec.to_builtins(settings, builtin_types=(Decimal,)))
    if isinstance(kind, ComputedKind) and "format" in plain:
        result = options.get("result", plain.get("result", ""))
        plain["format"] = (
            _canonical_options(str(result), plain["format"]) if result in RESULT_TYPES else plain["format"]
        )
        if not plain["format"]:
            del plain["format"]
    return plain


def _simple(value: Any) -> Any:
    """Write lists as lists, and numbers as numbers wherever that loses nothing."""
    if isinstance(value, (list, tuple)):
        return [_simple(each) for each in value]
    if isinstance(value, dict):
        return {key: _simple(each) for key, each in value.items()}
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT_BELOW:
        return int(value)
    if isinstance(value, Decimal):
        if value == value.to_integral_value() and abs(value) < _EXACT_BELOW:
            return int(value)
        return float(value) if Decimal(repr(float(value))) == value else str(value)
    return value
