"""What an evidence slot demands of a proof: the typed form of ``EvidenceSlot.validators``."""

import msgspec

from xiaolu.metadata.model.common import Definition


class PlaceRule(Definition, frozen=True, kw_only=True):
    """Where a photo must have been taken: near a location field of the record, or near a fixed point."""

    field: str | None = None
    """Location field, dotted through relations (``customer.site``)."""
    latitude: float | None = None
    longitude: float | None = None
    metres: float = 500
    """Greatest distance."""


class EvidenceRules(Definition, frozen=True, kw_only=True):
    """Validators of a slot; what is left out is not asked for."""

    content_types: tuple[str, ...] = ()
    """Types found in the content itself, such as ``application/pdf`` or ``image/*``."""
    min_bytes: int | None = None
    max_bytes: int | None = None
    max_age_hours: float | None = None
    """Oldest time that the content may carry; a content that carries none is refused."""
    not_future: bool = False
    exif_time: bool = False
    """The content must carry the time at which it was made (EXIF of photos, properties of documents)."""
    exif_place: PlaceRule | None = None
    min_length: int | None = None
    """Fewest letters and digits (Chinese characters among them) of a text."""
    phrases: tuple[str, ...] = ()
    """Texts that say nothing and are refused, besides those that the platform knows."""
    entity: str | None = None
    """Entity that a link must lead to."""
    event: str | None = None
    """Kind of the system event that a slot of kind ``event`` waits for, such as ``task.done``."""


def evidence_rules(validators: dict[str, object]) -> EvidenceRules:
    """Read a slot's validators.

    Raises:
        msgspec.ValidationError: a validator is unknown or its setting has the wrong shape.
    """
    return msgspec.convert(validators, EvidenceRules)
