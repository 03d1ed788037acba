"""Results of formulas as people read them. Pure."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaolu.formula.typed import FieldValue, Typed, walk
from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Language, message


def target_of(node: Typed) -> str | None:
    """Return the entity whose records a formula gives; None where it gives no records or it cannot be told."""
    if node.type not in {ValueType.RECORD, ValueType.RECORD_LIST}:
        return None
    targets = {each.target for each in walk(node) if isinstance(each, FieldValue) and each.type == node.type}
    return targets.pop() if len(targets) == 1 else "member" if not targets else None


def records_in(values: Iterable[Any]) -> list[UUID]:
    """Return the records that values name, alone or in lists."""
    return [one for each in values if each is not None for one in (each if isinstance(each, list) else [each])]


def written(value: Any, node: Typed, zone: ZoneInfo, language: Language) -> str | None:
    """Write a result; None where it is empty."""
    if value is None or value == []:
        return None
    choices = dict(node.choices) if isinstance(node, FieldValue) else {}
    if isinstance(value, bool):
        return message("studio.sample.yes" if value else "studio.sample.no", {}, language)
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list):
        return "、".join(choices.get(str(each), str(each)) for each in value)
    if isinstance(value, (Decimal, int, float)):
        return plain_number(Decimal(str(value)))
    return choices.get(str(value), str(value))


def plain_number(value: Decimal) -> str:
    """Write a number without exponent and without zeros at its end."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
