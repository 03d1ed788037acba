"""Relations that are narrowed by another field: both fields exist, and hold the same kind of thing."""

from xiaolu.kit.problems import problem
from xiaolu.metadata.fields.registry import FIELD_TYPES
from xiaolu.metadata.model.entity import Entity, Field
from xiaolu.metadata.validation.scope import Found, Scope, unknown

COMPARABLE = ("relation", "user", "department", "single_select")
"""Types whose values are equal only where they mean the same thing."""


def check_narrow(scope: Scope, entity: Entity, field: Field) -> Found:
    """Check what narrows a relation, whose settings are well-formed and whose target exists."""
    narrow, target = field.options["narrow"], scope.entities[field.options["target"]]
    here = ("options", "narrow")
    own, other = entity.field(narrow["field"]), target.field(narrow["by"])
    if own is None:
        yield unknown("reference.field", narrow["field"], _known(entity, field), *here, "field")
    elif own is field:
        yield problem("narrow.itself", *here, "field")
    if other is None:
        yield unknown("reference.field", narrow["by"], _known(target), *here, "by")
    if own is None or other is None or own is field:
        return
    kinds = [_kind(own), _kind(other)]
    if None in kinds or kinds[0] != kinds[1]:
        yield problem("narrow.differs", *here, field=own.key, by=other.key, target=target.key)


def _known(entity: Entity, without: Field | None = None) -> dict[str, None]:
    return {each.key: None for each in entity.fields if each is not without and _kind(each) is not None}


def _kind(field: Field) -> tuple[str, object] | None:
    """Return what a field's value means; None where it cannot narrow."""
    if field.type not in COMPARABLE or field.options.get("multiple"):
        return None
    if field.type == "single_select":
        return None if field.options.get("set") is None else (field.type, field.options["set"])
    kind = FIELD_TYPES[field.type]
    return None if kind.check_definition(field) else (field.type, kind.target(field))
