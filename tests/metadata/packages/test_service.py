"""Apps over their life: installed, changed here, upgraded, exported, uninstalled."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.metadata.planner.building import entity, field, process, view
from tests.metadata.workspace import Run, Workspace
from xiaolu.kit.errors import Conflict, Invalid, NotFound
from xiaolu.kit.i18n import Label
from xiaolu.metadata.canonical import canonical
from xiaolu.metadata.model.access import Grant, Role, Scope
from xiaolu.metadata.model.entity import Option, OptionSet
from xiaolu.metadata.model.workspace import App, Definitions, MenuItem
from xiaolu.metadata.packages.folder import in_order, read_packages
from xiaolu.metadata.packages.service import export_app, install_package, preview_package, uninstall_app
from xiaolu.metadata.publishing.model import PLATFORM, Published
from xiaolu.metadata.publishing.service import load_snapshot, restore_version
from xiaolu.metadata.yamlform import decode_definitions, encode_definitions

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GRADES = OptionSet(key="grade", label=Label("等级"), options=(Option(key="a", label=Label("甲")),))


def _app(key: str, version: str = "1.0", depends: tuple[str, ...] = (), view_key: str = "") -> App:
    menu = (MenuItem(key="all", label=Label("全部"), view=view_key),) if view_key else ()
    return App(key=key, label=Label(key), version=version, depends=depends, menu=menu)


def _sales(version: str = "1.0", **labels: str) -> Definitions:
    return Definitions(
        apps=(_app("sales", version, view_key="lead_all"),),
        option_sets=(GRADES,),
        entities=(
            entity(
                "lead",
                field("name", label="名称"),
                field("amount", "money", label=labels.get("amount", "金额")),
                field("grade", "single_select", set="grade"),
            ),
        ),
        processes=(process("lead", "new", "won"),),
        views=(view("lead"),),
        roles=(Role(key="rep", label=Label("销售"), grants=(Grant(entity="lead", read=Scope.OWN),)),),
    )


def _service() -> Definitions:
    return Definitions(
        apps=(_app("service", depends=("sales",), view_key="ticket_all"),),
        entities=(entity("ticket", field("lead", "relation", target="lead")),),
        views=(view("ticket"),),
        roles=(Role(key="rep", label=Label("销售"), grants=(Grant(entity="ticket", read=Scope.ALL),)),),
    )


async def _install(workspace: Workspace, package: Definitions, **given: Any) -> Published:
    try:
        published = await install_package(workspace.uow, package, now=NOW, **given)
    except Exception:
        await workspace.uow.abandon()
        raise
    await workspace.uow.finish()
    return published


async def _change_label(workspace: Workspace, label: str) -> None:
    current = (await load_snapshot(workspace.uow)).definitions
    lead = current.entities[0]
    fields = tuple(
        msgspec.structs.replace(each, label=Label(label)) if each.key == "amount" else each for each in lead.fields
    )
    changed = msgspec.structs.replace(lead, fields=(*fields, field("mine")))
    await workspace.publish(msgspec.structs.replace(current, entities=(changed, *current.entities[1:])))


async def _amount_label(workspace: Workspace) -> str:
    model = (await load_snapshot(workspace.uow)).entities["lead"].fields["amount"]
    return model.definition.label.zh


def test_an_upgrade_keeps_what_you_changed(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await _install(workspace, _sales())
        await _change_label(workspace, "预计金额")
        await _install(workspace, _sales("1.1"))
        assert await _amount_label(workspace) == "预计金额"
        snapshot = await load_snapshot(workspace.uow)
        assert "mine" in snapshot.entities["lead"].fields
        assert snapshot.definitions.apps[0].version == "1.1"

    run(scenario())


def test_a_disagreement_waits_for_a_decision(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await _install(workspace, _sales())
        await _change_label(workspace, "预计金额")
        newer = _sales("1.1", amount="合同金额")
        preview = await preview_package(workspace.uow, newer, now=NOW)
        place = "entities/lead/fields/amount/label/zh"
        assert [each.place for each in preview.disagreements] == [place]
        with pytest.raises(Conflict) as caught:
            await _install(workspace, newer)
        params = caught.value.problems[0].params
        assert (params["shipped_then"], params["shipped_now"], params["yours"]) == (
            '"金额"',
            '"合同金额"',
            '"预计金额"',
        )
        with pytest.raises(Invalid):
            await _install(workspace, newer, resolutions={place: "theirs", "views/nothing": "mine"})
        await _install(workspace, newer, resolutions={place: "theirs"})
        assert await _amount_label(workspace) == "合同金额"
        await _install(workspace, _sales("1.2", amount="合同金额"))
        assert await _amount_label(workspace) == "合同金额"

    run(scenario())


def test_after_a_roll_back_the_older_package_is_the_base_again(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await _install(workspace, _sales())
        await _install(workspace, _sales("1.1", amount="合同金额"))
        await restore_version(workspace.uow, 1, author=PLATFORM, base_version=2, now=NOW)
        await workspace.uow.finish()
        await _install(workspace, _sales("1.1", amount="合同金额"))
        assert await _amount_label(workspace) == "合同金额"

    run(scenario())


def test_what_an_app_depends_on_comes_first_and_stays(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        with pytest.raises(Conflict) as missing:
            await _install(workspace, _service())
        assert missing.value.code == "package.missing_dependency"
        await _install(workspace, _sales())
        await _install(workspace, _service())
        with pytest.raises(Conflict) as needed:
            await uninstall_app(workspace.uow, "sales", author=PLATFORM, now=NOW)
        assert needed.value.code == "package.needed"
        await uninstall_app(workspace.uow, "service", author=PLATFORM, now=NOW)
        await workspace.uow.finish()
        left = (await load_snapshot(workspace.uow)).definitions
        assert [each.key for each in left.entities] == ["lead"]
        assert [grant.entity for role in left.roles for grant in role.grants] == ["lead"]
        await uninstall_app(workspace.uow, "sales", author=PLATFORM, now=NOW)
        await workspace.uow.finish()
        assert (await load_snapshot(workspace.uow)).definitions == Definitions()

    run(scenario())


def test_an_app_that_is_installed_again_has_its_records_back(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await _install(workspace, _sales())
        lead = await workspace.insert("lead", name="甲")
        await uninstall_app(workspace.uow, "sales", author=PLATFORM, now=NOW)
        await workspace.uow.finish()
        await _install(workspace, _sales())
        assert await workspace.connection.fetchval("SELECT name FROM r_lead WHERE id = $1", lead) == "甲"

    run(scenario())


def test_an_exported_app_installs_elsewhere_as_it_is_here(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await _install(workspace, _sales())
        await _install(workspace, _service())
        await _change_label(workspace, "预计金额")
        exported = await export_app(workspace.uow, "sales")
        again = decode_definitions(encode_definitions(exported))
        assert again == canonical(exported)
        assert [each.key for each in exported.entities] == ["lead"]
        assert [each.key for each in exported.option_sets] == ["grade"]
        assert [grant.entity for role in exported.roles for grant in role.grants] == ["lead"]
        assert exported.entities[0].field("mine") is not None
        other = await export_app(workspace.uow, "service")
        assert [each.key for each in other.entities] == ["ticket"]
        await workspace.publish(Definitions())
        await _install(workspace, exported)
        await _install(workspace, other)
        assert await _amount_label(workspace) == "预计金额"

    run(scenario())


def test_an_app_made_here_is_exported_from_its_menu(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        made = _sales()
        await workspace.publish(made)
        exported = await export_app(workspace.uow, "sales")
        assert {each.key for each in exported.entities} == {"lead"}
        assert {each.key for each in exported.processes} == {"lead_flow"}
        with pytest.raises(NotFound):
            await export_app(workspace.uow, "nothing")

    run(scenario())


def test_an_older_package_is_refused(workspace: Workspace, run: Run[None]) -> None:
    async def scenario() -> None:
        await _install(workspace, _sales("1.10"))
        with pytest.raises(Conflict) as caught:
            await _install(workspace, _sales("1.9"))
        assert caught.value.code == "package.older"
        with pytest.raises(Invalid):
            await _install(workspace, Definitions())

    run(scenario())


def test_folders_are_read_in_the_order_of_their_needs(tmp_path: Path) -> None:
    for folder, package in (("a_service", _service()), ("b_sales", _sales())):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "10_app.yaml").write_text(
            encode_definitions(Definitions(apps=package.apps)), encoding="utf-8"
        )
        rest = msgspec.structs.replace(package, apps=())
        (tmp_path / folder / "20_rest.yaml").write_text(encode_definitions(rest), encoding="utf-8")
    found = read_packages(tmp_path)
    assert [each.apps[0].key for each in found] == ["sales", "service"]
    assert [each.key for each in found[0].entities] == ["lead"]
    assert in_order([_service(), _sales()])[0].apps[0].key == "sales"
    (tmp_path / "b_sales" / "30_wrong.yaml").write_text("entities: 5", encoding="utf-8")
    with pytest.raises(Invalid) as caught:
        read_packages(tmp_path)
    assert caught.value.problems[0].path[0] == "30_wrong.yaml"
