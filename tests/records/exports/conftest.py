"""Fixtures of exports."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.records.queries.scene import Scene, open_scene
from xiaolu.kit.db import UnitOfWork


@pytest.fixture
def scene(uow: UnitOfWork, run: Callable[..., Any]) -> Scene:
    """A workspace with definitions and no records."""
    made: Scene = run(open_scene(uow))
    return made
