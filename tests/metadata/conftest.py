"""Fixtures of metadata."""

from collections.abc import Iterator

import pytest

from tests.conftest import Database
from tests.metadata.workspace import Workspace
from xiaolu.kit.db import UnitOfWork


@pytest.fixture
def workspace(database: Database, uow: UnitOfWork) -> Iterator[Workspace]:
    """A workspace without definitions."""
    opened = Workspace(database, uow)
    yield opened
    opened.close()
