"""What somebody may ask for while they look at the system as another member: reading, each time with an audit entry."""

from litestar.handlers import HTTPRouteHandler

from xiaolu.access.context import Context
from xiaolu.access.service.viewing import note_look
from xiaolu.kit.errors import Denied
from xiaolu.runtime.workspace import Workspace

ENDS_VIEWING = "ends_viewing"
"""Key in a handler's ``opt``: it ends the look, and so may write."""
READING_POSTS = frozenset(
    {
        "queryRecords", "readRecordWindow", "aggregateRecords", "mapRecords", "findDuplicates", "evaluateForm", "checkFormula",
        "previewNumbers", "listSeen",
    }
)  # fmt: skip
"""Operations that only read though their question comes as a body."""
PRIVATE = ("/me", "/api-keys")
"""What belongs to a person alone, and nobody looks at in their place."""


async def check_look(workspace: Workspace, ctx: Context, handler: HTTPRouteHandler) -> None:
    """Refuse what would change something or is private, and note the rest, whether it succeeds or not.

    The request then runs in a read-only transaction: what this check might overlook, the database refuses.

    Raises:
        Denied: the operation is not for looking.
    """
    name = handler.operation_id if isinstance(handler.operation_id, str) else handler.handler_name
    path = min(handler.paths)
    is_reading = handler.http_methods <= {"GET", "HEAD"} or name in READING_POSTS
    if not is_reading:
        raise Denied("view.read_only", name=ctx.actor.name)
    if any(path == each or path.startswith(f"{each}/") for each in PRIVATE):
        raise Denied("view.private", name=ctx.actor.name)
    async with workspace.context(ctx.actor, ctx.cause, address=ctx.address) as noting:
        await note_look(noting, name, path)
