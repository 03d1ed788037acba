"""Places on the globe, with the accuracy and the moment of the fix."""

import re
from datetime import UTC
from decimal import Decimal
from typing import Any, ClassVar

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.text import clean_line
from xiaolu.metadata.fields.kind import Kind
from xiaolu.metadata.fields.moments import as_utc, written_moment
from xiaolu.metadata.fields.numbers import exact
from xiaolu.metadata.fields.protocol import Cell, FieldOptions, Names, Parsed, Reader, SortOrder, refuse
from xiaolu.metadata.model.entity import Field

_KEYS = frozenset({"lat", "lng", "accuracy", "at", "address"})
_WRITTEN = re.compile(
    r"(?P<lat>[-+]?\d{1,3}(?:\.\d+)?)\s*[,，]\s*(?P<lng>[-+]?\d{1,3}(?:\.\d+)?)"
    r"(?:\s*±\s*(?P<accuracy>\d+(?:\.\d+)?)\s*(?:m|米)?)?(?:\s+(?P<at>\d{4}-[-\d]+[T ][\d:.]+\S*))?"
    r"(?:\s*[(（](?P<address>.*)[)）])?",
    re.ASCII,
)
_PLACES = 7
"""Decimal places of a coordinate: about a centimetre."""


class LocationOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of a place: the worst accuracy, in metres, that is taken."""

    max_accuracy: float | None = None


class Location(Kind[LocationOptions]):
    """A place: ``{lat, lng, accuracy, at, address}``; the last three only where known.

    Degrees (WGS 84), metres, an ISO instant in UTC, and words.
    """

    key: ClassVar[str] = "location"
    label: ClassVar[Label] = Label("定位", "Location")
    options: ClassVar[type[FieldOptions]] = LocationOptions
    operators: ClassVar[tuple[str, ...]] = ("empty", "not_empty")
    sort: ClassVar[SortOrder] = "none"
    column: ClassVar[str] = "jsonb"
    value: ClassVar[ValueType] = ValueType.NONE

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of a place."""
        worst = self.settings(field).max_accuracy if is_limited else None

        def read(raw: Any, names: Names) -> Any:
            if raw is None or raw in ("", {}):
                return None
            if not isinstance(raw, dict) or not raw.keys() <= _KEYS:
                return refuse("field.expected_location")
            place = _coordinates(raw)
            if place is None or not _add_details(place, raw, names):
                return refuse("field.expected_location")
            accuracy = place.get("accuracy")
            if worst is not None and (accuracy is None or accuracy > worst):
                return refuse("location.inaccurate", worst=worst, accuracy=accuracy)
            return place

        return read

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write the address, or the coordinates."""
        return "" if not value else value.get("address") or f"{value['lat']:.5f}, {value['lng']:.5f}"

    def export(self, value: Any, field: Field, names: Names, language: Language) -> Cell:
        """Write the coordinates, then the accuracy and the moment of the fix where known, and the address in brackets."""
        if not value:
            return None
        accuracy = f" ±{value['accuracy']:g}m" if value.get("accuracy") is not None else ""
        moment = f" {value['at']}" if value.get("at") else ""
        address = f" ({value['address']})" if value.get("address") else ""
        return f"{value['lat']:.{_PLACES}f},{value['lng']:.{_PLACES}f}{accuracy}{moment}{address}"

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read ``29.8683,121.5440``, with what an export writes behind it: accuracy, moment, an address in brackets."""
        if isinstance(text, str) and text.strip():
            found = _WRITTEN.fullmatch(text.strip())
            if found is None:
                return Parsed(problems=refuse("field.expected_location").problems)
            text = found.groupdict()
        return self.parse(None if isinstance(text, str) else text, field, names)


def _coordinates(raw: dict[str, Any]) -> dict[str, Any] | None:
    degrees = [exact(raw.get(name)) for name in ("lat", "lng")]
    latitude, longitude = degrees
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return {"lat": round(float(latitude), _PLACES), "lng": round(float(longitude), _PLACES)}


def _add_details(place: dict[str, Any], raw: dict[str, Any], names: Names) -> bool:
    """Put accuracy, moment and address into ``place``; False where one makes no sense."""
    if raw.get("accuracy") is not None:
        accuracy = exact(raw["accuracy"])
        if accuracy is None or not 0 <= accuracy <= Decimal(10_000_000):
            return False
        place["accuracy"] = round(float(accuracy), 2)
    if raw.get("at") is not None:
        moment = written_moment(raw["at"]) if isinstance(raw["at"], str) and len(raw["at"]) <= 60 else None
        instant = as_utc(moment, names.zone) if moment is not None else None
        if instant is None:
            return False
        place["at"] = instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if raw.get("address") is not None:
        if not isinstance(raw["address"], str):
            return False
        address = clean_line(raw["address"][:500])
        if address:
            place["address"] = address
    return True
