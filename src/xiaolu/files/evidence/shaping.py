"""From proofs to what the client sees: names of slots, files, people and linked records."""

from collections.abc import Sequence
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.store.titles import select_titles
from xiaolu.files import service as files
from xiaolu.files.evidence.model import Evidence
from xiaolu.files.evidence.schemas import EvidenceOut, LinkOut, PersonOut, PlaceOut
from xiaolu.files.evidence.store import select_members
from xiaolu.files.schemas import file_out


async def shape_evidence(ctx: Context, entity: str, proofs: Sequence[Evidence]) -> list[EvidenceOut]:
    """Return proofs in the reader's language; what they may not see of linked records is left out."""
    stored = await files.load_files(ctx, {each.file_id for each in proofs if each.file_id})
    members = await select_members(ctx.uow, {each.by for each in proofs if each.by})
    titles: dict[tuple[str, UUID], str] = {}
    for target in {each.link_entity for each in proofs if each.link_entity}:
        wanted = {each.link_id for each in proofs if each.link_entity == target and each.link_id}
        titles |= {(target, key): title for key, title in (await select_titles(ctx, target, wanted)).items()}
    versions = ctx.snapshot.entities[entity].versions.all()
    slots = {slot.key: slot for process in reversed(versions) for stage in process.stages for slot in stage.evidence}
    replaced = {each.replaces for each in proofs}
    return [
        EvidenceOut(
            id=each.id,
            position=each.position,
            stage=each.stage,
            slot=each.slot,
            slot_label=slots[each.slot].label.text(ctx.language) if each.slot in slots else None,
            kind=each.kind,
            file=file_out(stored[each.file_id]) if each.file_id in stored else None,
            text=each.text,
            record=_link(each, titles),
            taken_at=each.taken_at,
            place=PlaceOut(each.place.latitude, each.place.longitude) if each.place else None,
            at=each.at,
            by=PersonOut(each.by, members.get(each.by, "")) if each.by else None,
            replaces=each.replaces,
            counts=each.id not in replaced,
            hash=each.hash,
        )
        for each in proofs
    ]


def _link(proof: Evidence, titles: dict[tuple[str, UUID], str]) -> LinkOut | None:
    if proof.link_entity is None or proof.link_id is None:
        return None
    return LinkOut(proof.link_entity, proof.link_id, titles.get((proof.link_entity, proof.link_id)))
