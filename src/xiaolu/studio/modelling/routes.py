"""HTTP of usages, counts and previews of numbers."""

from typing import Annotated, Any

from litestar import get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from xiaolu.access.context import Context
from xiaolu.studio.modelling import service
from xiaolu.studio.modelling.service import Used, UsedKind
from xiaolu.studio.schemas import modelling as shapes

TAGS = ["Studio"]
Key = Annotated[str, QueryParameter(max_length=40)]


@get("/studio/usages", operation_id="findUsages", summary="Where is this used?", tags=TAGS)
async def find_usages(
    ctx: NamedDependency[Context],
    key: Key,
    kind: Annotated[UsedKind, QueryParameter()] = "entity",
    entity: Annotated[
        str, QueryParameter(max_length=40, description="Entity of a field, set of an option, process of a stage")
    ] = "",
) -> list[shapes.UsageOut]:
    """Return every place of the open draft that uses something; of an entity, those that use any of its fields."""
    found = await service.find_usages(ctx, Used(kind, key, entity))
    return [shapes.usage_out(each, ctx.language) for each in found]


@get("/studio/choices/{key:str}/counts", operation_id="countChoices", summary="Records by option", tags=TAGS)
async def count_choices(ctx: NamedDependency[Context], key: FromPath[str]) -> shapes.ChoiceCountsOut:
    """Return how many records hold each option of a set."""
    return shapes.ChoiceCountsOut(counts=await service.count_choices(ctx, key))


@get("/studio/model/counts", operation_id="countEntities", summary="Records by entity", tags=TAGS)
async def count_entities(ctx: NamedDependency[Context]) -> shapes.EntityCountsOut:
    """Return how many records each entity has, up to a bound."""
    return shapes.EntityCountsOut(counts=await service.count_entities(ctx), most=service.MOST_RECORDS)


@post("/studio/numberings/preview", operation_id="previewNumbers", summary="Numbers that come next", tags=TAGS,
      status_code=200)  # fmt: skip
async def preview_numbers(ctx: NamedDependency[Context], data: JSONBody[shapes.NumberingBody]) -> shapes.NextNumbersOut:
    """Return the next numbers of a numbering, going on from where it has counted to, or what is wrong with it."""
    return shapes.next_out(await service.preview_numbers(ctx, shapes.numbering_of(data)), ctx.language)


@get("/studio/model/places", operation_id="readPlaces", summary="Places on the picture of the model", tags=TAGS)
async def read_places(ctx: NamedDependency[Context]) -> shapes.PlacesBody:
    """Return where entities stand; those without a place find one by themselves."""
    found = await service.read_places(ctx)
    return shapes.PlacesBody(places={key: shapes.PlaceBody(x=x, y=y) for key, (x, y) in found.items()})


@put("/studio/model/places", operation_id="placeEntities", summary="Place entities on the picture of the model",
     tags=TAGS, status_code=204)  # fmt: skip
async def place_entities(ctx: NamedDependency[Context], data: JSONBody[shapes.PlacesBody]) -> None:
    """Put entities at places, for every builder."""
    await service.place_entities(ctx, {key: (each.x, each.y) for key, each in data.places.items()}, keep=data.keep)


ROUTES: list[Any] = [find_usages, count_choices, count_entities, preview_numbers, read_places, place_entities]
