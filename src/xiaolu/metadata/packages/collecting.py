"""What belongs to an app: for its export, and for its removal. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import msgspec

from xiaolu.metadata.fields.registry import field_type
from xiaolu.metadata.model.access import Role
from xiaolu.metadata.model.entity import Entity, Field
from xiaolu.metadata.model.page import Page
from xiaolu.metadata.model.process import Process
from xiaolu.metadata.model.workspace import COLLECTIONS, App, Definitions

Keys: TypeAlias = Mapping[str, set[str]]
"""Collection → keys."""


def keys_of(definitions: Definitions | None) -> dict[str, set[str]]:
    """Return the keys of everything in a package."""
    given = definitions or Definitions()
    return {name: {each.key for each in getattr(given, name)} for name in COLLECTIONS}


def export_app(
    definitions: Definitions, app: App, shipped: Definitions | None, others: Iterable[Definitions]
) -> Definitions:
    """Return an app as a package: what it was shipped with as it is now, what its menu shows, and what those need.

    Args:
        definitions: all definitions of the workspace.
        app: the app.
        shipped: its package as it was installed, if it was.
        others: packages of the other installed apps; what they hold is left to them.
    """
    own = keys_of(shipped)
    foreign = _union(keys_of(each) for each in others)
    menu = {item.view for item in app.menu if item.view}
    fitting = {each.key for each in definitions.pages if views_of(each) and views_of(each) <= menu}
    wanted = fitting | own["pages"] | {item.page for item in app.menu if item.page}
    pages = tuple(each for each in definitions.pages if each.key in wanted - foreign["pages"])
    menu |= {view for page in pages for view in views_of(page)}
    views = [each for each in definitions.views if each.key in menu | own["views"]]
    entities = _with_needed(definitions, own["entities"] | {each.entity for each in views}, foreign["entities"])
    processes = tuple(each for each in definitions.processes if each.entity in entities)
    sets = _option_sets(definitions, entities, processes) | own["option_sets"]
    numberings = {str(field.options.get("numbering")) for field in _fields(definitions, entities)} | own["numberings"]
    return Definitions(
        apps=(app,),
        option_sets=tuple(each for each in definitions.option_sets if each.key in sets - foreign["option_sets"]),
        numberings=tuple(each for each in definitions.numberings if each.key in numberings - foreign["numberings"]),
        entities=tuple(each for each in definitions.entities if each.key in entities),
        processes=processes,
        views=tuple(each for each in definitions.views if each.entity in entities and each.key not in foreign["views"]),
        roles=_roles(definitions.roles, entities, own["roles"]),
        numbers=tuple(
            each for each in definitions.numbers if each.entity in entities and each.key not in foreign["numbers"]
        ),
        pages=pages,
        public_forms=tuple(
            each
            for each in definitions.public_forms
            if each.entity in entities and each.key not in foreign["public_forms"]
        ),
        tours=tuple(each for each in definitions.tours if each.key in own["tours"]),
    )


def without_app(
    definitions: Definitions, app: str, shipped: Definitions | None, others: Iterable[Definitions]
) -> Definitions:
    """Return the definitions without an app and all that it was shipped with, other apps' share left in place."""
    foreign = _union(keys_of(each) for each in others)
    gone = {name: keys - foreign[name] for name, keys in keys_of(shipped).items()}
    gone["apps"] = {app}
    entities = gone["entities"]
    left = {each.key for each in definitions.entities} - entities
    processes = tuple(each for each in definitions.processes if each.entity in left)
    gone["option_sets"] -= _option_sets(definitions, left, processes)
    gone["numberings"] -= {str(field.options.get("numbering")) for field in _fields(definitions, left)}
    kept = {
        name: tuple(each for each in getattr(definitions, name) if each.key not in gone[name]) for name in COLLECTIONS
    }
    for name in ("processes", "views", "numbers", "public_forms"):
        kept[name] = tuple(each for each in kept[name] if each.entity not in entities)
    kept["roles"] = tuple(
        msgspec.structs.replace(role, grants=tuple(each for each in role.grants if each.entity not in entities))
        for role in kept["roles"]
    )
    return Definitions(format=definitions.format, **kept)


def views_of(page: Page) -> set[str]:
    """Return the views that a page shows or leads to."""
    shown = {block.view for block in page.blocks} | {link.view for block in page.blocks for link in block.links}
    return {each for each in shown if each is not None}


def _union(each: Iterable[Keys]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {name: set() for name in COLLECTIONS}
    for keys in each:
        for name, some in keys.items():
            found[name] |= some
    return found


def _with_needed(definitions: Definitions, wanted: set[str], foreign: set[str]) -> set[str]:
    """Add child tables and the targets of relations, but nothing that another app brings."""
    known = {each.key: each for each in definitions.entities}
    found: set[str] = set()
    waiting = [key for key in wanted if key in known]
    while waiting:
        key = waiting.pop()
        if key in found:
            continue
        found.add(key)
        waiting.extend(target for target in _targets(known[key]) if target in known and target not in foreign)
    return found


def _targets(entity: Entity) -> list[str]:
    targets = [field_type(field.type).target(field) for field in entity.fields]
    return [each for each in (*targets, entity.parent) if each is not None]


def _fields(definitions: Definitions, entities: set[str]) -> list[Field]:
    return [field for each in definitions.entities if each.key in entities for field in each.fields]


def _option_sets(definitions: Definitions, entities: set[str], processes: Sequence[Process]) -> set[str]:
    named = {str(field.options["set"]) for field in _fields(definitions, entities) if field.options.get("set")}
    named |= {process.reasons for process in processes if process.reasons}
    return named | {each.reasons for process in processes for each in process.transitions if each.reasons}


def _roles(roles: Sequence[Role], entities: set[str], own: set[str]) -> tuple[Role, ...]:
    found: list[Role] = []
    for role in roles:
        grants = tuple(each for each in role.grants if each.entity in entities)
        if role.key in own:
            grants = tuple(each for each in role.grants if each.entity in entities or each.entity == "*")
        if grants or role.key in own:
            found.append(
                msgspec.structs.replace(role, grants=grants, abilities=role.abilities if role.key in own else ())
            )
    return tuple(found)
