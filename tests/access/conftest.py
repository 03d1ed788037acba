"""Fixtures of access."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.access.scene import Scene, snapshot_of
from xiaolu.access.authenticate import forget_identities
from xiaolu.kit.db import UnitOfWork


@pytest.fixture
def scene(uow: UnitOfWork) -> Scene:
    """A workspace without any record."""
    forget_identities()
    return Scene(uow, snapshot_of())


@pytest.fixture
def installed(scene: Scene, run: Callable[..., Any]) -> Scene:
    """A workspace with the tables of the test entities."""
    from tests.access.scene import definitions
    from xiaolu.metadata.publishing.service import install_definitions, load_snapshot

    async def install() -> Scene:
        await install_definitions(scene.uow, definitions())
        await scene.uow.finish()
        scene.snapshot = await load_snapshot(scene.uow)
        return scene

    return run(install())  # type: ignore[no-any-return]
