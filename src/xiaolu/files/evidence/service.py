"""Use cases of evidence: hand in, list, count, check."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import decide, require
from xiaolu.access.store.titles import select_titles
from xiaolu.events.model import EventDraft
from xiaolu.events.service import append_event
from xiaolu.files import service as files
from xiaolu.files.evidence import store
from xiaolu.files.evidence.model import ChainReport, Evidence, EvidenceDraft, broken_links, evidence_hash
from xiaolu.files.model import StoredFile
from xiaolu.files.storage import FileStorage
from xiaolu.files.store import select_files
from xiaolu.files.validators import Proof, Surroundings, check_proof
from xiaolu.kit.db import Row
from xiaolu.kit.errors import Denied, Invalid, NotFound
from xiaolu.kit.ids import new_id
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.model.evidence import EvidenceRules, evidence_rules
from xiaolu.metadata.model.process import EvidenceSlot, Process
from xiaolu.metadata.snapshot import EntityModel

KINDS = ("file", "image", "text", "link")
"""What people hand in; proofs of the kind ``event`` are counted from the events themselves."""
LONGEST_TEXT = 20_000


async def add_evidence(ctx: Context, entity: str, record_id: UUID, draft: EvidenceDraft) -> Evidence:
    """Check a proof and attach it to a record for good.

    Raises:
        NotFound: there is no such record for the actor.
        Denied: the actor may read the record but neither change nor move it.
        Invalid: the proof does not show what its slot asks for; each problem names the validator and the way out.
    """
    model, subject = await _subject(ctx, entity, record_id)
    if not subject["may_add"]:
        raise Denied("evidence.denied")
    process = model.process_of(subject["process_version"])
    slot = _slot(process, draft.slot)
    earlier = await store.select_evidence(ctx.uow, entity, record_id)
    file = await _readable_file(ctx, draft)
    problems = _check_shape(draft, slot, earlier) + await _check_source(ctx, draft, file)
    if not problems:
        problems = await _check_content(ctx, model, record_id, draft, slot=slot, file=file)
        problems += _check_repeated(draft, file, earlier)
    if problems:
        raise Invalid("evidence.refused", problems)
    proof = _proof(ctx, model, record_id, draft, file=file)
    return await _append(ctx, replace(proof, stage=subject["stage"]), file)


async def list_evidence(ctx: Context, entity: str, record_id: UUID) -> list[Evidence]:
    """Return the proofs of a record that the actor may read, in the order in which they were handed in."""
    await _subject(ctx, entity, record_id)
    return await store.select_evidence(ctx.uow, entity, record_id)


async def count_evidence(
    ctx: Context, process: Process, record_id: UUID, *, since: datetime | None
) -> Mapping[str, int]:
    """Return how many proofs count for each slot of a process; system events count from ``since`` on."""
    slots = [slot for stage in process.stages for slot in stage.evidence]
    if not slots:
        return {}
    events = {slot.key: evidence_rules(slot.validators).event or "" for slot in slots if slot.kind == "event"}
    return await store.count_slots(ctx.uow, process.entity, record_id, events=events, since=since)


async def check_evidence(ctx: Context, storage: FileStorage, entity: str, record_id: UUID) -> ChainReport:
    """Hash everything again: the chain of a record's proofs, and the files themselves."""
    chain = await list_evidence(ctx, entity, record_id)
    altered = [
        proof.id
        for proof in chain
        if proof.sha256 is not None and await asyncio.to_thread(storage.digest, proof.sha256) != proof.sha256
    ]
    return ChainReport(len(chain), broken_links(chain), tuple(altered))


async def adopt_evidence(ctx: Context, entity: str, from_ids: Sequence[UUID], to_id: UUID) -> int:
    """Append the proofs that count for merged records to the record that is kept; return how many.

    The originals stay where they are. Each copy says who handed the proof in, and when; only its place in the chain is
    new. The caller has checked that the actor may merge the records.
    """
    adopted = 0
    for from_id in from_ids:
        chain = await store.select_evidence(ctx.uow, entity, from_id)
        replaced = {each.replaces for each in chain}
        for proof in chain:
            if proof.id not in replaced:
                await _chain(ctx, replace(proof, id=new_id(), record_id=to_id, replaces=None))
                adopted += 1
    return adopted


async def _subject(ctx: Context, entity: str, record_id: UUID) -> tuple[EntityModel, Row]:
    read = require(ctx, entity, Operation.READ)
    model = ctx.snapshot.entities[entity]
    change = [
        decide(ctx.actor, ctx.snapshot, entity, operation, now=ctx.now, time_zone=ctx.time_zone)
        for operation in (Operation.UPDATE, Operation.MOVE)
    ]
    row = await store.select_subject(ctx, model, record_id, read, change=change)
    if row is None:
        raise NotFound("record.not_found")
    return model, row


def _slot(process: Process | None, key: str | None) -> EvidenceSlot | None:
    if key is None:
        return None
    slots = [] if process is None else [slot for stage in process.stages for slot in stage.evidence]
    slot = next((each for each in slots if each.key == key), None)
    if slot is None:
        raise Invalid("evidence.refused", [problem("evidence.slot_unknown", "slot", slot=key)])
    return slot


async def _readable_file(ctx: Context, draft: EvidenceDraft) -> StoredFile | None:
    if draft.file_id is None or await files.find_unreadable(ctx, [draft.file_id]):
        return None
    return (await select_files(ctx.uow, [draft.file_id]))[0]


def _check_shape(draft: EvidenceDraft, slot: EvidenceSlot | None, earlier: list[Evidence]) -> list[Problem]:
    found = []
    if slot is not None and slot.kind == "event":
        found.append(problem("evidence.automatic", "slot"))
    elif draft.kind not in KINDS or (slot is not None and slot.kind != draft.kind):
        found.append(problem("evidence.kind", "kind", wanted=f"@evidence.kind.{slot.kind if slot else 'file'}"))
    given = {"file": draft.file_id, "image": draft.file_id, "text": draft.text, "link": draft.link_id}.get(draft.kind)
    if given is None:
        found.append(problem("evidence.nothing_given", draft.kind if draft.kind in KINDS else "kind"))
    if draft.text is not None and len(draft.text) > LONGEST_TEXT:
        found.append(problem("evidence.too_long", "text", limit=LONGEST_TEXT))
    replaced = next((each for each in earlier if each.id == draft.replaces), None)
    if draft.replaces is not None and (replaced is None or replaced.slot != draft.slot):
        found.append(problem("evidence.replaces_unknown", "replaces"))
    elif any(each.replaces == draft.replaces for each in earlier if draft.replaces is not None):
        found.append(problem("evidence.replaced_already", "replaces"))
    return found


async def _check_source(ctx: Context, draft: EvidenceDraft, file: StoredFile | None) -> list[Problem]:
    if draft.kind in {"file", "image"} and draft.file_id is not None and file is None:
        return [problem("file.not_found", "file")]
    if draft.kind == "link" and draft.link_id is not None:
        readable = await select_titles(ctx, draft.link_entity or "", [draft.link_id])
        return [] if readable else [problem("evidence.link_unknown", "record")]
    return []


async def _check_content(
    ctx: Context,
    model: EntityModel,
    record_id: UUID,
    draft: EvidenceDraft,
    *,
    slot: EvidenceSlot | None,
    file: StoredFile | None,
) -> list[Problem]:
    rules = evidence_rules(slot.validators) if slot else EvidenceRules()
    path = rules.exif_place.field if rules.exif_place else None
    places = await store.select_places(ctx.uow, ctx.snapshot, model, record_id, [path]) if path else {}
    proof = Proof(kind=draft.kind, file=file, text=draft.text, link_entity=draft.link_entity)
    return check_proof(proof, rules, Surroundings(now=ctx.now, time_zone=ctx.time_zone, places=places))


def _check_repeated(draft: EvidenceDraft, file: StoredFile | None, earlier: list[Evidence]) -> list[Problem]:
    """The same photo twice is one proof."""
    replaced = {each.replaces for each in earlier} | {draft.replaces}
    for each in earlier:
        if each.slot != draft.slot or each.slot is None or each.id in replaced:
            continue
        same_file = file is not None and each.sha256 == file.sha256
        same_text = draft.kind == "text" and each.text == (draft.text or "").strip()
        same_link = draft.kind == "link" and each.link_id == draft.link_id
        if same_file or same_text or same_link:
            return [problem("evidence.repeated", draft.kind if draft.kind != "image" else "file")]
    return []


def _proof(
    ctx: Context, model: EntityModel, record_id: UUID, draft: EvidenceDraft, *, file: StoredFile | None
) -> Evidence:
    is_link = draft.kind == "link"
    return Evidence(
        id=new_id(),
        entity=model.key,
        record_id=record_id,
        position=0,
        stage=None,
        slot=draft.slot,
        kind=draft.kind,
        file_id=file.id if file else None,
        sha256=file.sha256 if file else None,
        text=(draft.text or "").strip() if draft.kind == "text" else None,
        link_entity=draft.link_entity if is_link else None,
        link_id=draft.link_id if is_link else None,
        taken_at=file.taken_at if file else None,
        place=file.place if file else None,
        replaces=draft.replaces,
        at=ctx.now,
        by=ctx.actor.id,
    )


async def _append(ctx: Context, proof: Evidence, file: StoredFile | None) -> Evidence:
    final = await _chain(ctx, proof)
    if file is not None:
        await files.attach_files(ctx, [file.id], is_checked=True)
    after: dict[str, object] = {"evidence": final.id, "slot": final.slot, "kind": final.kind, "hash": final.hash}
    if file is not None:
        after["file"] = {"id": file.id, "name": file.name}
    await append_event(
        ctx, EventDraft(kind="evidence.added", entity=final.entity, record_id=final.record_id, after=after)
    )
    return final


async def _chain(ctx: Context, proof: Evidence) -> Evidence:
    last = await store.lock_chain(ctx.uow, proof.entity, proof.record_id)
    previous = last["hash"] if last else ""
    placed = replace(proof, position=last["position"] + 1 if last else 1, previous_hash=previous)
    final = replace(placed, hash=evidence_hash(placed, previous))
    await store.insert_evidence(ctx.uow, final)
    return final
