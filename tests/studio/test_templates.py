"""Each template installs on an empty workspace, is sound by itself and speaks both languages."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Database
from tests.studio.entrances import Stage, staged
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.publishing.service import load_snapshot
from xiaolu.metadata.validation.check import check_definitions
from xiaolu.studio.templates.service import templates

Run = Callable[..., Any]
NAMES = sorted(templates())


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


@pytest.mark.parametrize("name", NAMES)
def test_each_is_sound_and_speaks_both_languages(name: str) -> None:
    template = templates()[name]
    assert check_definitions(template) == []
    assert all(each.zh and each.en for each in _labels(template))
    app = template.apps[0]
    assert app.description is not None
    assert {each.view for each in app.menu} <= {each.key for each in template.views}
    held = {grant.entity for role in template.roles for grant in role.grants}
    assert held >= {each.key for each in template.entities}


def test_there_are_enough() -> None:
    assert len(NAMES) >= 9
    assert "journey" in NAMES


def test_all_install_side_by_side_on_an_empty_workspace(
    uow: UnitOfWork, database: Database, run: Run, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with staged(uow, database, tmp_path, Definitions()) as stage:
            await _install(stage, uow)

    run(scenario())


async def _install(stage: Stage, uow: UnitOfWork) -> None:
    boss = await stage.member("boss")
    for name in NAMES:
        done = await boss.send("POST", f"/studio/templates/{name}/install", {})
        assert done.status_code == 200, (name, done.text)
    listed = (await boss.send("GET", "/studio/templates")).json()
    assert all(each["installed"] for each in listed)
    assert all(each["entities"] and each["views"] for each in listed)
    snapshot = await load_snapshot(uow)
    await uow.finish()
    await stage.workspace.read_state()
    assert {each.key for each in snapshot.definitions.apps} == set(NAMES)
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
