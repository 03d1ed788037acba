"""Each template, general or of an industry, is sound by itself, speaks both languages and installs beside all others."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.conftest import Database
from tests.studio.entrances import Stage, staged
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.workspace import COLLECTIONS, Definitions
from xiaolu.metadata.packages.folder import read_package
from xiaolu.metadata.publishing.service import install_definitions
from xiaolu.metadata.publishing.store import versions
from xiaolu.metadata.validation.check import check_definitions
from xiaolu.studio.templates import library
from xiaolu.studio.templates.library import compose, read_library

Run = Callable[..., Any]
LIBRARY = read_library()
GENERAL = [each.key for each in LIBRARY.summaries.values() if each.industry is None]
FIRST_OF_INDUSTRY = {each.industry: each.key for each in [*LIBRARY.summaries.values()][::-1] if each.industry}
FEWEST = 217
AT_ONCE = 110


@pytest.fixture(scope="module", autouse=True)
def _read_once() -> Iterator[None]:
    """Read each general template once: every industry's variants rest on it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "read_package", cache(read_package))
        yield


def _labels(value: Any) -> Iterator[Label]:
    if isinstance(value, Label):
        yield value
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _labels(each)
    elif isinstance(value, dict):
        yield from _labels(list(value.values()))
    elif hasattr(value, "__struct_fields__"):
        for name in value.__struct_fields__:
            yield from _labels(getattr(value, name))


@cache
def _composed(key: str) -> Definitions:
    found = compose(key)
    assert found is not None
    return found


def test_each_industry_calls_its_forms_by_names_of_its_own() -> None:
    names: dict[str, list[tuple[str, ...]]] = {}
    for key, summary in LIBRARY.summaries.items():
        labels = tuple(each.label.zh for each in _composed(key).entities)
        names.setdefault(key.removesuffix(f"_{summary.industry}"), []).append(labels)
    assert [key for key, found in names.items() if len(set(found)) < len(found)] == []


@pytest.mark.parametrize("key", LIBRARY.summaries)
def test_each_is_sound_and_speaks_both_languages(key: str) -> None:
    template = _composed(key)
    assert check_definitions(template) == []
    assert all(each.zh and each.en for each in _labels(template))
    app, summary = template.apps[0], LIBRARY.summaries[key]
    assert app.description is not None
    assert {each.view for each in app.menu} <= {each.key for each in template.views}
    held = {grant.entity for role in template.roles for grant in role.grants}
    assert held >= {each.key for each in template.entities}
    counted = sum(len(each.fields) for each in template.entities), sum(len(each.stages) for each in template.processes)
    assert (app.key, app.label, counted) == (key, summary.label, (summary.fields, summary.stages))
    assert summary.family is not None


def test_the_library_is_large_and_each_industry_has_its_own() -> None:
    assert len(LIBRARY.summaries) >= FEWEST
    assert "journey" in GENERAL
    told = [each.description.zh for each in LIBRARY.summaries.values() if each.description]
    assert len(set(told)) == len(LIBRARY.summaries)


def test_all_install_side_by_side_on_an_empty_workspace(
    uow: UnitOfWork, database: Database, run: Run, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with staged(uow, database, tmp_path, Definitions()) as stage:
            await _install(stage, uow)
        await uow.finish()
        await _clear(database)

    run(scenario())


async def _publish(uow: UnitOfWork, packages: list[Definitions]) -> None:
    current = (await versions.read_current(uow)).definitions
    together = {
        name: tuple(each for some in (current, *packages) for each in getattr(some, name)) for name in COLLECTIONS
    }
    await install_definitions(uow, msgspec.structs.replace(current, **together))
    await uow.finish()


async def _clear(database: Database) -> None:
    """Drop the tables of records in portions: all of them at once would take more locks than PostgreSQL has."""
    connection = await database.connect()
    try:
        listed = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = $1", database.schema)
        tables = [f'"{database.schema}"."{each["tablename"]}"' for each in listed if each["tablename"].startswith("r_")]
        for start in range(0, len(tables), AT_ONCE):
            await connection.execute(f"DROP TABLE {', '.join(tables[start : start + AT_ONCE])} CASCADE")
    finally:
        await connection.close()


async def _install(stage: Stage, uow: UnitOfWork) -> None:
    """A builder installs the suite's own and one of each industry; all others come in a few publications."""
    boss = await stage.member("boss")
    for key in (GENERAL[0], *FIRST_OF_INDUSTRY.values()):
        done = await boss.send("POST", f"/studio/templates/{key}/install", {})
        assert done.status_code == 200, (key, done.text)
    others = [key for key in LIBRARY.summaries if key not in (GENERAL[0], *FIRST_OF_INDUSTRY.values())]
    for start in range(0, len(others), AT_ONCE):
        await _publish(uow, [_composed(key) for key in others[start : start + AT_ONCE]])
    await stage.workspace.read_state()
    gallery = (await boss.send("GET", "/studio/templates")).json()
    assert [each["key"] for each in gallery["templates"] if each["installed"]] == [*LIBRARY.summaries]
    assert {each["key"] for each in gallery["industries"]} == set(FIRST_OF_INDUSTRY)
    preview = (await boss.send("GET", f"/studio/templates/{GENERAL[1]}")).json()
    assert preview["installed"]
    assert preview["views"]
    body = {"values": {"customer": "远山", "model": "GX-75", "wanted_on": "2026-05-01"}}
    made = await boss.send("POST", "/records/sample_request", body)
    assert made.status_code == 201, made.text
    assert made.json()["values"]["urgency"] == "normal"


def test_roles_that_are_there_get_the_rights(uow: UnitOfWork, database: Database, run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with staged(uow, database, tmp_path) as stage:
            boss = await stage.member("boss")
            wrong = await boss.send(
                "POST", "/studio/templates/visit_note/install", {"rights": {"visit_rep": ["nobody"]}}
            )
            assert wrong.status_code == 422
            await boss.send("POST", "/studio/templates/visit_note/install", {"rights": {"visit_rep": ["rep"]}})
            await stage.workspace.read_state()
            rep = await stage.member("rep")
            body = {
                "values": {
                    "customer": "远山", "goal": "connect", "summary": "<p>很好</p>", "next_step": "寄样", "next_on": "2026-05-01",
                }
            }  # fmt: skip
            assert (await rep.send("POST", "/records/visit_note", body)).status_code == 201
            long = {"values": {**body["values"], "summary": f"<p>{'长' * 301}</p>"}}
            assert (await rep.send("POST", "/records/visit_note", long)).status_code == 422
            assert (await rep.send("GET", "/studio/templates")).status_code == 403

    run(scenario())
