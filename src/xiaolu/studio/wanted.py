"""The definitions that builders work on: those of the open draft, else the published ones."""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from xiaolu.access.context import Context
from xiaolu.metadata.catalogue import EntityCatalogue, build_catalogue
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.snapshot import Snapshot
from xiaolu.studio.draft.checking import read_document
from xiaolu.studio.draft.store import read_open, read_revision


@dataclass(frozen=True, slots=True)
class Wanted:
    """Definitions with the entities as formulas see them."""

    definitions: Definitions
    catalogue: EntityCatalogue


_latest: WeakKeyDictionary[Snapshot, tuple[tuple[int, int], Wanted]] = WeakKeyDictionary()
"""The draft as it was last read, by the definitions that it was read beside: one per workspace of this process."""


async def wanted_definitions(ctx: Context) -> Wanted:
    """Return the definitions of the open draft; where it is not sound in its form, as it was before, else the published ones."""
    published = Wanted(ctx.snapshot.definitions, ctx.snapshot.catalogue)
    revision = await read_revision(ctx.uow)
    if revision is None:
        return published
    known = _latest.get(ctx.snapshot)
    if known is not None and known[0] == revision:
        return known[1]
    draft = await read_open(ctx.uow)
    found = None if draft is None else read_document(draft.document)[0]
    if draft is None or found is None:
        return known[1] if known is not None and known[0][0] == revision[0] else published
    wanted = Wanted(found, build_catalogue(found, ctx.snapshot.running))
    _latest[ctx.snapshot] = ((draft.id, draft.revision), wanted)
    return wanted
