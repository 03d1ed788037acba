"""HTTP of templates."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from xiaolu.access.context import Context
from xiaolu.kit.i18n import Language
from xiaolu.metadata.fields.registry import field_type
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.studio.schemas.building import PublishedOut
from xiaolu.studio.templates import service
from xiaolu.studio.templates.library import Library

TAGS = ["Studio"]


class TemplateField(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a template's form."""

    label: str
    type: str
    type_label: str
    required: bool


class TemplateEntity(msgspec.Struct, frozen=True, kw_only=True):
    """A form of a template."""

    key: str
    label: str
    fields: list[TemplateField]


class TemplateStage(msgspec.Struct, frozen=True, kw_only=True):
    """A stage of a template's process."""

    label: str
    colour: str
    kind: str
    demands: int
    """How many proofs and fields it asks for."""


class TemplateView(msgspec.Struct, frozen=True, kw_only=True):
    """A view of a template."""

    label: str
    kind: str


class TemplateRole(msgspec.Struct, frozen=True, kw_only=True):
    """A role that a template brings."""

    key: str
    label: str


class TemplateOut(msgspec.Struct, frozen=True, kw_only=True):
    """A template, and what a schematic of it shows."""

    key: str
    label: str
    description: str
    icon: str
    version: str
    installed: bool
    entities: list[TemplateEntity]
    stages: list[TemplateStage]
    views: list[TemplateView]
    roles: list[TemplateRole]
    numbers: list[str]
    opens: str | None
    """The view that the app opens with."""


class TemplateSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What a card of the gallery says of a template."""

    key: str
    label: str
    description: str
    icon: str
    scenario: str
    """Key of the general template that it is, or is a variant of."""
    family: str | None
    industry: str | None
    """None: a general template."""
    fields: int
    stages: int
    views: int
    installed: bool


class GalleryGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A family of work, or an industry."""

    key: str
    label: str


class GalleryOut(msgspec.Struct, frozen=True, kw_only=True):
    """All templates in short, in the order in which they are shown."""

    families: list[GalleryGroup]
    industries: list[GalleryGroup]
    templates: list[TemplateSummary]


class InstallBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For roles of the template: roles of the workspace that get the same rights."""

    rights: dict[str, list[str]] = {}


def template_out(template: Definitions, language: Language, *, installed: bool) -> TemplateOut:
    """Return a template for the client."""
    app = template.apps[0]
    return TemplateOut(
        key=app.key,
        label=app.label.text(language),
        description=app.description.text(language) if app.description else "",
        icon=app.icon,
        version=app.version,
        installed=installed,
        entities=[
            TemplateEntity(
                key=entity.key,
                label=entity.label.text(language),
                fields=[
                    TemplateField(
                        label=each.label.text(language),
                        type=each.type,
                        type_label=field_type(each.type).label.text(language),
                        required=each.required,
                    )
                    for each in entity.fields
                ],
            )
            for entity in template.entities
        ],
        stages=[
            TemplateStage(
                label=each.label.text(language),
                colour=each.colour,
                kind=each.kind,
                demands=len(each.required) + len(each.evidence),
            )
            for process in template.processes
            for each in process.stages
        ],
        views=[TemplateView(label=each.label.text(language), kind=each.kind) for each in template.views],
        roles=[TemplateRole(key=each.key, label=each.label.text(language)) for each in template.roles],
        numbers=[each.label.text(language) for each in template.numbers],
        opens=next((each.view for each in app.menu if each.view), None),
    )


def gallery_out(library: Library, installed: set[str], language: Language) -> GalleryOut:
    """Return the gallery for the client."""
    return GalleryOut(
        families=[GalleryGroup(key=each.key, label=each.label.text(language)) for each in library.families],
        industries=[GalleryGroup(key=key, label=label.text(language)) for key, label in library.industries.items()],
        templates=[
            TemplateSummary(
                key=each.key,
                label=each.label.text(language),
                description=each.description.text(language) if each.description else "",
                icon=each.icon,
                scenario=each.scenario,
                family=each.family,
                industry=each.industry,
                fields=each.fields,
                stages=each.stages,
                views=each.views,
                installed=each.key in installed,
            )
            for each in library.summaries.values()
        ],
    )


@get("/studio/templates", operation_id="listTemplates", summary="Apps that can be installed", tags=TAGS)
async def list_templates(ctx: NamedDependency[Context]) -> GalleryOut:
    """Return the apps that ship with the platform, general ones and those of each industry, in short."""
    library, installed = await service.list_templates(ctx)
    return gallery_out(library, installed, ctx.language)


@get("/studio/templates/{key:str}", operation_id="readTemplate", summary="What a template brings", tags=TAGS)
async def read_template(ctx: NamedDependency[Context], key: FromPath[str]) -> TemplateOut:
    """Return an app that ships with the platform, with all that a preview shows."""
    template, installed = await service.preview_template(ctx, key)
    return template_out(template, ctx.language, installed=installed)


@post("/studio/templates/{key:str}/install", operation_id="installTemplate", summary="Install a template", tags=TAGS,
      status_code=200)  # fmt: skip
async def install_template(
    ctx: NamedDependency[Context], key: FromPath[str], data: JSONBody[InstallBody]
) -> PublishedOut:
    """Install an app that ships with the platform."""
    published = await service.install_template(ctx, key, data.rights)
    return PublishedOut(version=published.version, state=published.state, publication=published.publication)


ROUTES: list[Any] = [list_templates, read_template, install_template]
