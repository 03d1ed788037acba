"""When records are merged, what was under way with them goes on with the one that is kept."""

from collections.abc import Sequence
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.comments import service as comments
from xiaolu.files.evidence.service import adopt_evidence
from xiaolu.process.store import windows
from xiaolu.tasks.service import move_tasks


async def follow_merge(ctx: Context, entity: str, from_ids: Sequence[UUID], to_id: UUID) -> None:
    """Move open tasks, windows, comments and followers to the record that is kept, and let it have the others' proofs."""
    if from_ids:
        await move_tasks(ctx, entity, from_ids, to_id)
        await windows.move_open(ctx.uow, entity, from_ids, to_id)
        await comments.follow_merge(ctx, entity, from_ids, to_id)
        await adopt_evidence(ctx, entity, from_ids, to_id)
