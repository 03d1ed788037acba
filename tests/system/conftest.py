"""One small demo company for the whole run, made once and copied for every test that changes or breaks something."""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.system.place import Person, Place, new_folder

LEADS = "40"


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Place]:
    """A stopped place with the suite and a small demo company; shared by parallel test processes. Copy it, never start it.

    TEST_PLACE names a place that was made before (with `serve --demo --demo-leads 40`, then stopped).
    """
    given = os.environ.get("TEST_PLACE")
    if given:
        yield Place(Path(given))
        return
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    note = shared / "system-template.json"
    with (shared / "system-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known: dict[str, Any] = json.loads(note.read_text()) if note.exists() else {"folder": None, "users": 0}
        if known["folder"] is None:
            place = Place(new_folder("template"))
            place.serve("--demo", "--demo-leads", LEADS)
            place.stop()
            known["folder"] = str(place.folder)
        known["users"] += 1
        note.write_text(json.dumps(known))
    yield Place(Path(known["folder"]))
    with (shared / "system-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = json.loads(note.read_text())
        known["users"] -= 1
        if known["users"] == 0:
            shutil.rmtree(known["folder"], ignore_errors=True)
            known["folder"] = None
        note.write_text(json.dumps(known))


@pytest.fixture(scope="session")
def place(template: Place) -> Iterator[Place]:
    """A running server that tests share: they leave it standing."""
    copied = template.copy("shared", XIAOLU_TEST_CLOCK="1")
    try:
        copied.serve()
        yield copied
    finally:
        copied.remove()


@pytest.fixture
def copy(template: Place) -> Iterator[Callable[..., Place]]:
    """Make copies of the demo company for this test alone: ``copy(XIAOLU_TEST_CLOCK="1")``."""
    made: list[Place] = []

    def make(**settings: str) -> Place:
        made.append(template.copy("copy", **settings))
        return made[-1]

    yield make
    for each in made:
        each.remove()


@pytest.fixture
def empty() -> Iterator[Callable[..., Place]]:
    """Make empty places for this test alone."""
    made: list[Place] = []

    def make(**settings: str) -> Place:
        made.append(Place(new_folder("empty"), settings=settings))
        return made[-1]

    yield make
    for each in made:
        each.remove()


@pytest.fixture(scope="session")
def admin(place: Place) -> Iterator[Person]:
    """The administrator of the shared place."""
    person = place.person("admin")
    yield person
    person.close()


@pytest.fixture(scope="session")
def rep(place: Place) -> Iterator[Person]:
    """A sales representative of the shared place."""
    person = place.person("rep")
    yield person
    person.close()
