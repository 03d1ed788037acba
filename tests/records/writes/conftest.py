"""Fixtures of the write path."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.conftest import Database
from tests.records.writes.scene import Scene, open_scene


@pytest.fixture
def scene(database: Database, run: Callable[..., Any]) -> Iterator[Scene]:
    """A workspace with definitions and people, and no records."""
    made: Scene = run(open_scene(database))
    yield made
    run(made.uow.abandon())
    run(made.uow.connection.close())
