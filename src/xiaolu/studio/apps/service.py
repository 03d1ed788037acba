"""Use cases of apps: each demands the ability ``build``. A new app is published at once, apart from the draft."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.kit.errors import Invalid
from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import problem
from xiaolu.metadata.model.access import Grant, Role, Scope
from xiaolu.metadata.model.entity import Entity, Field
from xiaolu.metadata.model.view import View
from xiaolu.metadata.model.workspace import App, Definitions, MenuItem
from xiaolu.metadata.packages import service as packages
from xiaolu.metadata.packages.copying import copy_app
from xiaolu.metadata.publishing.model import Published
from xiaolu.metadata.publishing.store.versions import read_current
from xiaolu.studio import service as building
from xiaolu.studio.draft.checking import plain
from xiaolu.studio.draft.difference import differences
from xiaolu.studio.draft.releasing import Changes
from xiaolu.studio.naming import key_from

NAME = Field(key="name", label=Label("名称", "Name"), type="text", required=True, searchable=True)
ALL = Label("全部", "All")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A new app, and where to go on with it."""

    app: App
    entity: str | None
    published: Published


async def create_app(ctx: Context, label: Label, icon: str, *, copy_of: str | None) -> Made:
    """Publish a new app: blank (a form, its list and a menu), or another app's structure under new keys, without its data.

    Those who build like its author may do everything with the records of its forms.

    Raises:
        Invalid: it has no name.
        NotFound: there is no app to copy.
    """
    require_ability(ctx, "build")
    if not label.zh.strip():
        raise Invalid("app.invalid", [problem("app.no_name", "label")])
    current = await read_current(ctx.uow)
    before = current.definitions
    taken = {each.key for each in (*before.apps, *before.entities, *before.views)}
    key = key_from(label.zh, taken, otherwise="app", longest=24)
    if copy_of is None:
        wanted = _blank(before, key, label, icon)
    else:
        wanted = copy_app(before, await packages.export_app(ctx.uow, copy_of), key, label)
    known = {each.key for each in before.entities}
    new = [each.key for each in wanted.entities if each.key not in known]
    wanted = msgspec.structs.replace(wanted, roles=_with_rights(ctx, wanted.roles, new))
    note = label.text(ctx.language)
    published = await building.publish_definitions(ctx, wanted, base_version=current.version, note=note, moves={})
    app = next(each for each in wanted.apps if each.key == key)
    return Made(app=app, entity=new[0] if new else None, published=published)


async def preview_removal(ctx: Context, key: str) -> Changes:
    """Return what taking an app out would do, measured. Changes nothing."""
    require_ability(ctx, "build")
    wanted, plan, problems = await packages.preview_removal(ctx.uow, key, now=ctx.now)
    current = await read_current(ctx.uow)
    return Changes(plan=plan, problems=problems, differences=differences(plain(current.definitions), plain(wanted)))


def counts_of(definitions: Definitions, app: App) -> Mapping[str, int]:
    """Return how many views and pages an app's menu shows, and how many forms lie behind them."""
    views = {item.view for item in app.menu if item.view}
    entities = {each.entity for each in definitions.views if each.key in views}
    return {
        "entities": len(entities),
        "views": len(views),
        "pages": sum(1 for item in app.menu if item.page),
        "processes": sum(1 for each in definitions.processes if each.entity in entities),
    }


def _blank(before: Definitions, key: str, label: Label, icon: str) -> Definitions:
    entity = Entity(key=key, label=label, title="name", icon=icon, fields=(NAME,))
    view = View(key=f"{key}_all", label=Label(f"全部{label.zh}", f"All {label.en or label.zh}"), entity=key)
    menu = (MenuItem(key=view.key, label=ALL, view=view.key),)
    return msgspec.structs.replace(
        before,
        entities=(*before.entities, entity),
        views=(*before.views, view),
        apps=(*before.apps, App(key=key, label=label, icon=icon, menu=menu)),
    )


def _with_rights(ctx: Context, roles: tuple[Role, ...], entities: list[str]) -> tuple[Role, ...]:
    """Let the author's building roles, as far as the author may change them, do everything with new forms."""
    mine = set(ctx.actor.roles)

    def changed(role: Role) -> Role:
        is_mine = role.key in mine and "build" in role.abilities
        if not is_mine or (role.owners and mine.isdisjoint(role.owners)):
            return role
        kept = tuple(each for each in role.grants if each.entity not in entities)
        return msgspec.structs.replace(role, grants=(*kept, *(_everything(each) for each in entities)))

    return tuple(changed(each) for each in roles)


def _everything(entity: str) -> Grant:
    every = Scope.ALL
    return Grant(
        entity=entity, create=True, read=every, update=every, delete=every, move=every, import_=True, export=True
    )
