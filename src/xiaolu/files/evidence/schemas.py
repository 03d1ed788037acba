"""Shapes of evidence over HTTP."""

from datetime import datetime
from uuid import UUID

import msgspec

from xiaolu.files.evidence.model import EvidenceDraft
from xiaolu.files.schemas import FileOut


class RecordRef(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record that is pointed to."""

    entity: str
    id: UUID


class EvidenceIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A proof to hand in: a file, a text or a link to a record, as ``kind`` says."""

    kind: str
    slot: str | None = None
    file: UUID | None = None
    text: str | None = None
    record: RecordRef | None = None
    replaces: UUID | None = None

    def draft(self) -> EvidenceDraft:
        """Return what the service takes."""
        return EvidenceDraft(
            kind=self.kind,
            slot=self.slot,
            file_id=self.file,
            text=self.text,
            link_entity=self.record.entity if self.record else None,
            link_id=self.record.id if self.record else None,
            replaces=self.replaces,
        )


class PersonOut(msgspec.Struct, frozen=True):
    """A member."""

    id: UUID
    name: str


class LinkOut(msgspec.Struct, frozen=True):
    """A record that a proof points to; without a title where the reader may not see it."""

    entity: str
    id: UUID
    title: str | None


class PlaceOut(msgspec.Struct, frozen=True):
    """Where the content was made by its own account."""

    lat: float
    lng: float


class EvidenceOut(msgspec.Struct, frozen=True, kw_only=True):
    """A proof."""

    id: UUID
    position: int
    stage: str | None
    slot: str | None
    slot_label: str | None
    kind: str
    file: FileOut | None
    text: str | None
    record: LinkOut | None
    taken_at: datetime | None
    place: PlaceOut | None
    at: datetime
    by: PersonOut | None
    replaces: UUID | None
    counts: bool
    """False once another proof has replaced it."""
    hash: str


class EvidenceList(msgspec.Struct, frozen=True):
    """A record's proofs, oldest first."""

    evidence: list[EvidenceOut]


class CheckOut(msgspec.Struct, frozen=True):
    """What hashing all proofs again found."""

    count: int
    intact: bool
    broken: list[UUID]
    altered: list[UUID]
