"""Values of evidence, and the hash that ties each proof to the one before."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from xiaolu.files.model import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDraft:
    """What somebody hands in: one of file, text and link, as ``kind`` says."""

    kind: str
    slot: str | None = None
    """The demand that it answers; None: volunteered."""
    file_id: UUID | None = None
    text: str | None = None
    link_entity: str | None = None
    link_id: UUID | None = None
    replaces: UUID | None = None
    """An earlier proof of the same record and slot that no longer counts; it stays readable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A proof as it was accepted."""

    id: UUID
    entity: str
    record_id: UUID
    position: int
    """1 for the record's first proof, and so on without gaps."""
    stage: str | None
    slot: str | None
    kind: str
    file_id: UUID | None
    sha256: str | None
    text: str | None
    link_entity: str | None
    link_id: UUID | None
    taken_at: datetime | None
    place: Place | None
    replaces: UUID | None
    at: datetime
    by: UUID | None
    previous_hash: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What checking a record's proofs found."""

    count: int
    broken: tuple[UUID, ...]
    """Proofs whose own hash or link to the one before does not hold."""
    altered: tuple[UUID, ...] = ()
    """Proofs whose file is gone or has other content than when it was handed in."""

    @property
    def is_intact(self) -> bool:
        """Tell whether nothing was found."""
        return not self.broken and not self.altered


def evidence_hash(proof: Evidence, previous_hash: str) -> str:
    """Return the hash of a proof together with the hash of the one before (empty for the first)."""
    place = None if proof.place is None else [repr(proof.place.latitude), repr(proof.place.longitude)]
    content = [
        previous_hash, str(proof.id), proof.entity, str(proof.record_id), proof.position, proof.stage, proof.slot, proof.kind,
        _text(proof.file_id), proof.sha256, proof.text, proof.link_entity, _text(proof.link_id), _moment(proof.taken_at), place,
        _text(proof.replaces), _moment(proof.at), _text(proof.by),
    ]  # fmt: skip
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()


def broken_links(chain: Sequence[Evidence]) -> tuple[UUID, ...]:
    """Return the proofs of one record, given in order, that do not hold: changed, inserted, or after a missing one."""
    broken = []
    previous = ""
    for position, proof in enumerate(chain, start=1):
        is_whole = proof.hash == evidence_hash(proof, proof.previous_hash)
        if not is_whole or proof.previous_hash != previous or proof.position != position:
            broken.append(proof.id)
        previous = proof.hash
    return tuple(broken)


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat(timespec="microseconds")
