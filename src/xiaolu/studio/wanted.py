"""The definitions that builders work on: those of the open draft, else the published ones."""

from dataclasses import dataclass

from xiaolu.access.context import Context
from xiaolu.metadata.catalogue import EntityCatalogue
from xiaolu.metadata.model.workspace import Definitions


@dataclass(frozen=True, slots=True)
class Wanted:
    """Definitions with the entities as formulas see them."""

    definitions: Definitions
    catalogue: EntityCatalogue


async def wanted_definitions(ctx: Context) -> Wanted:
    """Return the definitions that builders work on."""
    return Wanted(ctx.snapshot.definitions, ctx.snapshot.catalogue)
