"""HTTP of guided tours."""

from typing import Any

import msgspec
from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from xiaolu.access.context import Context
from xiaolu.studio.tours import service
from xiaolu.studio.tours.model import Progress, State

TAGS = ["Tours"]


class TourStepOut(msgspec.Struct, frozen=True, kw_only=True):
    """A step."""

    key: str
    title: str
    text: str
    page: str | None
    anchor: str | None
    done: str


class TourOut(msgspec.Struct, frozen=True, kw_only=True):
    """A tour, and how far one has come."""

    key: str
    label: str
    description: str
    minutes: int
    for_builders: bool
    steps: list[TourStepOut]
    progress: Progress | None


class ProgressBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where one is."""

    state: State
    step: str | None = None
    done: list[str] = []


class CheckOut(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a step was done."""

    done: bool


@get("/tours", operation_id="listTours", summary="Guided tours", tags=TAGS)
async def list_tours(ctx: NamedDependency[Context]) -> list[TourOut]:
    """Return one's tours with the progress in each."""
    return [
        TourOut(
            key=own.tour.key,
            label=own.tour.label.text(ctx.language),
            description=own.tour.description.text(ctx.language) if own.tour.description else "",
            minutes=own.tour.minutes,
            for_builders=own.tour.ability == "build",
            steps=[
                TourStepOut(
                    key=each.key,
                    title=each.label.text(ctx.language),
                    text=each.text.text(ctx.language),
                    page=each.page,
                    anchor=each.anchor,
                    done=each.done,
                )
                for each in own.tour.steps
            ],
            progress=own.progress,
        )
        for own in await service.list_tours(ctx)
    ]


@put("/tours/{key:str}/progress", operation_id="keepTourProgress", summary="Keep where one is", tags=TAGS)
async def keep_progress(ctx: NamedDependency[Context], key: FromPath[str], data: JSONBody[ProgressBody]) -> Progress:
    """Keep where one is in a tour."""
    return await service.change_progress(ctx, key, data.state, data.step, data.done)


@get("/tours/{key:str}/steps/{step:str}", operation_id="checkTourStep", summary="Was it done?", tags=TAGS)
async def check_step(ctx: NamedDependency[Context], key: FromPath[str], step: FromPath[str]) -> CheckOut:
    """Tell whether one did what a step asks for."""
    return CheckOut(done=await service.check_step(ctx, key, step))


@get("/studio/tours/shipped", operation_id="listShippedTours", summary="Tours to take over", tags=TAGS)
async def list_shipped_tours(ctx: NamedDependency[Context]) -> list[dict[str, Any]]:
    """Return the tours that ship with the platform as definitions, for builders who want their own version of one."""
    found: list[dict[str, Any]] = msgspec.to_builtins(service.read_shipped_tours(ctx))
    return found


ROUTES: list[Any] = [list_shipped_tours, list_tours, keep_progress, check_step]
