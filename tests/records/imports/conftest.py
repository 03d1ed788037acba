"""Fixtures of imports."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.records.imports.driver import Driver
from tests.records.queries.scene import Scene, open_scene
from xiaolu.kit.db import UnitOfWork


@pytest.fixture
def scene(uow: UnitOfWork, run: Callable[..., Any]) -> Scene:
    """A workspace with definitions and a person who may import."""

    async def make() -> Scene:
        made = await open_scene(uow)
        await made.department("华东")
        await made.member("ann", "boss", name="安娜", department="华东")
        return made

    made: Scene = run(make())
    return made


@pytest.fixture
def driver(scene: Scene, tmp_path: Path) -> Driver:
    """Imports by that person."""
    return Driver(scene, tmp_path)
