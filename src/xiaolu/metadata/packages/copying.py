"""An app's structure under new keys: everything that it holds, and references inside it led to the copies. Pure.

Fields, stages and options keep their keys, so that formulas stay as they are written; only the names of collections seen
from the other side of a relation (``visit__lead``, or ``visit`` alone) carry an entity's key, and are rewritten.
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.access import Role
from xiaolu.metadata.model.workspace import COLLECTIONS, Definitions

LONGEST = 40
ROLE = "role:"
"""Begins the name of a role where other receivers may stand as well."""
COPIED = tuple(name for name in COLLECTIONS if name not in ("apps", "roles"))
"""Roles are people's and stay; what they may do with the original, they may do with the copy."""

_REFERENCES: Mapping[str, str] = {
    "entity": "entities",
    "create": "entities",
    "reasons": "option_sets",
    "process": "processes",
    "view": "views",
    "page": "pages",
    "role": "roles",
}
"""Setting → the collection whose key it holds."""
_IN_OPTIONS: Mapping[str, str] = {
    "entity": "entities",
    "target": "entities",
    "children": "entities",
    "set": "option_sets",
    "numbering": "numberings",
}
"""The same for the settings of a field's type; a move's ``target``, for one, is a stage."""
_LISTS: Mapping[str, str] = {"numbers": "numbers", "roles": "roles"}
"""Setting → the collection whose keys it lists."""

Renamed = Mapping[str, Mapping[str, str]]
"""Collection → key → new key."""


def copy_app(definitions: Definitions, package: Definitions, key: str, label: Label) -> Definitions:
    """Return the definitions with a copy of a package's structure as a new app.

    Args:
        definitions: all definitions of the workspace.
        package: the app as it is now (``collecting.export_app``).
        key: the new app's key; keys of what is copied begin with it.
        label: the new app's name.
    """
    taken = {name: {each.key for each in getattr(definitions, name)} for name in COPIED}
    renamed = _renamed(package, key, taken)
    rewriting = _Rewriting(renamed, package)
    added = _under_new_keys(package, rewriting, key, label)
    together = {name: (*getattr(definitions, name), *getattr(added, name)) for name in (*COPIED, "apps")}
    roles = tuple(_with_copied_grants(each, renamed["entities"], rewriting) for each in definitions.roles)
    return msgspec.structs.replace(definitions, **together, roles=roles)


def copy_package(package: Definitions, key: str, label: Label) -> Definitions:
    """Return a package with everything in it, its roles too, under keys that begin with a new app's key.

    Args:
        package: the package.
        key: the new app's key.
        label: the new app's name.
    """
    renamed = _renamed(package, key, {name: set[str]() for name in (*COPIED, "roles")})
    return _under_new_keys(package, _Rewriting(renamed, package), key, label)


def _renamed(package: Definitions, key: str, taken: Mapping[str, set[str]]) -> Renamed:
    apps = (package.apps[0].key, key)
    return {name: _fresh([each.key for each in getattr(package, name)], used, apps) for name, used in taken.items()}


def _under_new_keys(package: Definitions, rewriting: "_Rewriting", key: str, label: Label) -> Definitions:
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(package))
    renamed = rewriting.renamed
    copied = {
        name: [_named(rewriting.definition(name, each), names) for each in plain.get(name, ())]
        for name, names in renamed.items()
    }
    copied["entities"] = [_with_parent(each, renamed["entities"]) for each in copied["entities"]]
    app = rewriting.value(plain["apps"][0])
    app |= {"key": key, "label": msgspec.to_builtins(label), "version": "0.1.0"}
    app["menu"] = [_menu_item(each) for each in app.get("menu", ())]
    return msgspec.convert({**copied, "apps": [app]}, Definitions)


class _Rewriting:
    def __init__(self, renamed: Renamed, package: Definitions) -> None:
        self.renamed = renamed
        self._fields = {each.key: {field.key for field in each.fields} for each in package.entities}
        self._any = {key for fields in self._fields.values() for key in fields}
        self._own: set[str] = self._any
        entities = "|".join(map(re.escape, sorted(renamed["entities"], key=len, reverse=True)))
        self._collections = re.compile(rf"\b({entities})__(?=[a-z])") if entities else None
        self._bare = re.compile(rf"(?<=([{{.]))({entities})(?=[.}}])") if entities else None

    def definition(self, collection: str, definition: dict[str, Any]) -> Any:
        """Return a definition with its references led to the copies; formulas are read on the entity that it is about."""
        entity = definition["key"] if collection == "entities" else definition.get("entity")
        self._own = self._fields.get(str(entity), self._any)
        return self.value(definition)

    def formula(self, entity: str, text: str) -> str:
        """Return a formula over an entity's fields with its references led to the copies."""
        self._own = self._fields.get(entity, self._any)
        return self.text(text)

    def value(self, value: Any, setting: str = "", inside: str = "") -> Any:
        if isinstance(value, dict):
            return {key: self.value(each, key, setting) for key, each in value.items()}
        if isinstance(value, list):
            names = self.renamed.get(_LISTS[setting], {}) if setting in _LISTS else {}
            return [names.get(each, each) if isinstance(each, str) and names else self.value(each) for each in value]
        if not isinstance(value, str):
            return value
        references = _IN_OPTIONS if inside == "options" else _REFERENCES
        if setting in references:
            return self.renamed.get(references[setting], {}).get(value, self.text(value))
        return self.text(value)

    def text(self, text: str) -> str:
        if text.startswith(ROLE):
            role = text.removeprefix(ROLE)
            return ROLE + self.renamed.get("roles", {}).get(role, role)
        if self._collections is None or self._bare is None:
            return text
        names = self.renamed["entities"]
        text = self._collections.sub(lambda found: f"{names[found.group(1)]}__", text)

        def bare(found: re.Match[str]) -> str:
            is_field = found.group(2) in (self._own if found.group(1) == "{" else self._any)
            return found.group(2) if is_field else names[found.group(2)]

        return self._bare.sub(bare, text)


def _fresh(keys: list[str], taken: set[str], apps: tuple[str, str]) -> dict[str, str]:
    """Return a free key for each: the new app's key in the place of the old one's, or before it."""
    old, new = apps
    found: dict[str, str] = {}
    used = set(taken)
    for key in keys:
        rest = "" if key == old else key.removeprefix(f"{old}_")
        wanted = f"{new}_{rest}"[:LONGEST].strip("_") if rest else new
        free, number = wanted, 2
        while free in used:
            ending = f"_{number}"
            free, number = wanted[: LONGEST - len(ending)] + ending, number + 1
        found[key] = free
        used.add(free)
    return found


def _named(definition: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    named = {**definition, "key": names[definition["key"]]}
    named.pop("owners", None)
    return named


def _with_parent(entity: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    parent = entity.get("parent")
    return entity if parent is None else {**entity, "parent": names.get(parent, parent)}


def _menu_item(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "key": (item.get("view") or item.get("page") or item["key"])[:LONGEST]}


def _with_copied_grants(role: Role, entities: Mapping[str, str], rewriting: _Rewriting) -> Role:
    copies = tuple(
        msgspec.structs.replace(
            each,
            entity=entities[each.entity],
            formula=rewriting.formula(each.entity, each.formula) if each.formula else None,
        )
        for each in role.grants
        if each.entity in entities
    )
    return msgspec.structs.replace(role, grants=(*role.grants, *copies)) if copies else role
