"""The administrative regions that region fields choose from."""

from functools import cache

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency

from xiaolu.access.context import Context
from xiaolu.metadata.fields.regions import region_tree

WEEK = "private, max-age=604800"


class RegionOut(msgspec.Struct, frozen=True):
    """A province, city or district with what lies below it."""

    code: str
    label: str
    children: list["RegionOut"]


@cache
def regions() -> list[RegionOut]:
    """Return the provinces, read once."""
    return msgspec.convert(region_tree(), list[RegionOut])


@get("/regions", operation_id="listRegions", summary="Provinces, cities and districts", tags=["Definitions"])
async def list_regions(ctx: NamedDependency[Context]) -> Response[list[RegionOut]]:
    """Return the tree of regions; it changes with the release only, so browsers keep it for a week."""
    del ctx
    return Response(regions(), headers={"Cache-Control": WEEK})
