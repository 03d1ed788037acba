"""The whole of a workspace's definitions, and a package of them."""

from hashlib import sha256
from typing import TypeVar

from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.access import Role
from xiaolu.metadata.model.common import Definition, Named, Owned
from xiaolu.metadata.model.entity import Entity, Numbering, OptionSet
from xiaolu.metadata.model.entrance import PublicForm, Tour
from xiaolu.metadata.model.page import Page
from xiaolu.metadata.model.process import Process
from xiaolu.metadata.model.view import Condition, Measure, View

N = TypeVar("N", bound=Named)


class Number(Owned, frozen=True, kw_only=True):
    """A figure on a home page or morning meeting: an aggregate over filtered records that leads down to the rows."""

    entity: str
    measure: Measure
    filter: Condition | None = None
    of: Condition | None = None
    """With ``of`` the figure is a share: records that meet ``filter`` and ``of`` divided by those that meet ``of``."""
    unit: Label | None = None
    roles: tuple[str, ...] = ()
    view: str | None = None


class MenuItem(Named, frozen=True, kw_only=True):
    """An entry of an app's menu: a view or a page."""

    view: str | None = None
    page: str | None = None


class App(Owned, frozen=True, kw_only=True):
    """An installed package."""

    version: str = "0.1.0"
    depends: tuple[str, ...] = ()
    icon: str = "appstore"
    menu: tuple[MenuItem, ...] = ()


class Definitions(Definition, frozen=True, kw_only=True):
    """All definitions of a workspace at one version; the same structure holds one package. ``format`` is always 1."""

    format: int = 1
    apps: tuple[App, ...] = ()
    option_sets: tuple[OptionSet, ...] = ()
    numberings: tuple[Numbering, ...] = ()
    entities: tuple[Entity, ...] = ()
    processes: tuple[Process, ...] = ()
    views: tuple[View, ...] = ()
    roles: tuple[Role, ...] = ()
    numbers: tuple[Number, ...] = ()
    pages: tuple[Page, ...] = ()
    public_forms: tuple[PublicForm, ...] = ()
    tours: tuple[Tour, ...] = ()


COLLECTIONS = tuple(name for name in Definitions.__struct_fields__ if name != "format")
"""The lists of named things that definitions consist of."""


def by_key(items: tuple[N, ...], key: str) -> N | None:
    """Return the definition with this key, if there is one."""
    return next((each for each in items if each.key == key), None)


def table_of(entity_key: str) -> str:
    """Return the name of the table that holds an entity's records."""
    return f"r_{entity_key}"


def link_table_of(entity_key: str, field_key: str) -> str:
    """Return the name of the table that holds a many-to-many field's pairs (source, target, position)."""
    return fitting_name(f"l_{entity_key}${field_key}")


LONGEST_NAME = 55
"""Bytes that a table or index name may take, so that PostgreSQL's 63 leave room for a prefix put before it."""


def fitting_name(name: str) -> str:
    """Return ``name``, or where it is too long for PostgreSQL its beginning and a hash of the whole."""
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[: LONGEST_NAME - 9]}_{sha256(name.encode()).hexdigest()[:8]}"
