"""HTTP of apps."""

from typing import Annotated, Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from xiaolu.access.context import Context
from xiaolu.kit.i18n import Label
from xiaolu.studio.apps import service
from xiaolu.studio.draft.routes import role_name
from xiaolu.studio.draft.schemas import ChangesOut, changes_out

TAGS = ["Studio"]
Text = Annotated[str, Meta(max_length=80)]


class NewAppBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new app: blank, or with the structure of another one."""

    zh: Text
    en: Text = ""
    icon: Annotated[str, Meta(max_length=40)] = "appstore"
    copy_of: Annotated[str, Meta(max_length=40)] | None = None


class NewAppOut(Struct, frozen=True, kw_only=True):
    """A new app, and where to go on with it."""

    key: str
    entity: str | None
    view: str | None
    version: int
    state: str


@post("/studio/apps", operation_id="createApp", summary="A new app, blank or as a copy", tags=TAGS)
async def create_app(ctx: NamedDependency[Context], data: JSONBody[NewAppBody]) -> NewAppOut:
    """Publish a new app at once; those who build like its author may use it right away."""
    made = await service.create_app(ctx, Label(data.zh.strip(), data.en.strip()), data.icon, copy_of=data.copy_of)
    return NewAppOut(
        key=made.app.key,
        entity=made.entity,
        view=next((item.view for item in made.app.menu if item.view), None),
        version=made.published.version,
        state=made.published.state,
    )


@get(
    "/studio/apps/{key:str}/removal",
    operation_id="previewRemoval",
    summary="What taking an app out would do",
    tags=TAGS,
)
async def preview_removal(ctx: NamedDependency[Context], key: FromPath[str]) -> ChangesOut:
    """Return the steps, measured, and what stands in the way. Changes nothing."""
    return changes_out(await service.preview_removal(ctx, key), ctx.language, role_name(ctx))


ROUTES: list[Any] = [create_app, preview_removal]
