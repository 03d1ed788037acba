"""Use cases on the workspace itself."""

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.access.store import workspace as store
from xiaolu.kit.errors import Invalid
from xiaolu.kit.problems import problem
from xiaolu.kit.text import clean_line

LONGEST_NAME = 80


async def name_workspace(ctx: Context, name: str) -> None:
    """Give the company the name that everybody sees."""
    require_ability(ctx, "members")
    wanted = clean_line(name)
    if not wanted or len(wanted) > LONGEST_NAME:
        raise Invalid("workspace.invalid", [problem("workspace.name", "name", limit=LONGEST_NAME)])
    await ctx.uow.write(store.set_name(wanted))
