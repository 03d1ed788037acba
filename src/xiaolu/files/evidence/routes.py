"""HTTP of evidence."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from xiaolu.access.context import Context
from xiaolu.files.evidence import service
from xiaolu.files.evidence.schemas import CheckOut, EvidenceIn, EvidenceList, EvidenceOut
from xiaolu.files.evidence.shaping import shape_evidence
from xiaolu.files.storage import FileStorage


@get(
    "/records/{entity:str}/{record_id:uuid}/evidence",
    operation_id="listEvidence",
    summary="Proofs of a record, oldest first",
    tags=["Evidence"],
)
async def list_evidence(
    ctx: NamedDependency[Context], entity: FromPath[str], record_id: FromPath[UUID]
) -> EvidenceList:
    """Return the proofs of a record that the member may read."""
    proofs = await service.list_evidence(ctx, entity, record_id)
    return EvidenceList(await shape_evidence(ctx, entity, proofs))


@post(
    "/records/{entity:str}/{record_id:uuid}/evidence",
    operation_id="addEvidence",
    summary="Hand in a proof; it is checked and can never be changed",
    tags=["Evidence"],
)
async def add_evidence(
    ctx: NamedDependency[Context], entity: FromPath[str], record_id: FromPath[UUID], data: JSONBody[EvidenceIn]
) -> EvidenceOut:
    """Check a proof against its slot's validators and keep it."""
    proof = await service.add_evidence(ctx, entity, record_id, data.draft())
    return (await shape_evidence(ctx, entity, [proof]))[0]


@get(
    "/records/{entity:str}/{record_id:uuid}/evidence/check",
    operation_id="checkEvidence",
    summary="Hash all proofs of a record again and say whether they are as handed in",
    tags=["Evidence"],
)
async def check_evidence(
    ctx: NamedDependency[Context],
    file_storage: NamedDependency[FileStorage],
    entity: FromPath[str],
    record_id: FromPath[UUID],
) -> CheckOut:
    """Recompute the chain and the files' hashes."""
    report = await service.check_evidence(ctx, file_storage, entity, record_id)
    return CheckOut(report.count, report.is_intact, list(report.broken), list(report.altered))


ROUTES: list[Any] = [list_evidence, add_evidence, check_evidence]
