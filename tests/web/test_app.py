"""The whole application can be built, without a warning (the run turns warnings into errors)."""

import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from tests.conftest import Database, Run
from xiaolu.files.storage import FileStorage
from xiaolu.kit.settings import Settings, read_settings
from xiaolu.runtime.workspace import open_workspace
from xiaolu.web.app import WebOptions, make_app
from xiaolu.web.edge import IdentityGuard


def test_the_application_holds_every_route_behind_the_guard(database: Database, run: Run, tmp_path: Path) -> None:
    async def story() -> None:
        async with open_workspace(database.url, database.schema, migrate=False) as workspace:
            app = make_app(workspace, FileStorage(tmp_path), WebOptions(tmp_path))
        paths = {route.path for route in app.routes}
        assert {"/", "/api/session", "/api/live", "/api/records/{entity:str}/query"} <= paths
        for route in app.routes:
            if route.path.startswith("/api/") and not route.path.startswith("/api/schema"):
                for handler in getattr(route, "route_handlers", []):
                    if "OPTIONS" not in handler.http_methods:
                        assert IdentityGuard in handler.resolve_middleware(), route.path

    run(story())


def test_a_mistyped_key_of_a_request_is_refused(database: Database, run: Run, tmp_path: Path) -> None:
    """A key that nobody reads would be lost without a word: every shape that a request may have forbids others."""

    async def story() -> None:
        async with open_workspace(database.url, database.schema, migrate=False) as workspace:
            app = make_app(workspace, FileStorage(tmp_path), WebOptions(tmp_path))
        open_shapes = {
            shape.__qualname__
            for route in app.routes
            for handler in getattr(route, "route_handlers", [])
            if (data := handler.parsed_fn_signature.parameters.get("data")) is not None
            for shape in shapes_in(data.annotation)
            if not shape.__struct_config__.forbid_unknown_fields
        }
        assert not open_shapes

    run(story())


def shapes_in(annotation: Any, seen: frozenset[Any] = frozenset()) -> Iterator[type[msgspec.Struct]]:
    """Find the structures in an annotation, and in the fields of those."""
    if annotation in seen:
        return
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        yield annotation
        for each in msgspec.structs.fields(annotation):
            yield from shapes_in(each.type, seen | {annotation})
    for inner in typing.get_args(annotation):
        if not isinstance(inner, str | int):
            yield from shapes_in(inner, seen)


def test_settings_are_read_from_the_environment() -> None:
    assert read_settings({"HOME": "/root"}) == Settings()
    given = read_settings({"XIAOLU_TRUSTED_PROXIES": "10.0.0.1,10.1.0.0/16", "XIAOLU_PORT": "81"})
    assert (given.trusted_proxies, given.port) == ("10.0.0.1,10.1.0.0/16", 81)
    assert Settings().trusted_proxies is None
