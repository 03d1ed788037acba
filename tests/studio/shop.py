"""A small company behind the real edge whose builder and rep ask over HTTP: customers with deals, a process, choices."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar

from tests.access.http import Browser
from tests.access.scene import PASSWORD, Scene
from tests.conftest import Database
from tests.metadata.planner.building import definitions, entity, field, formula, process, view
from xiaolu.access.authenticate import forget_identities
from xiaolu.access.routes import ROUTES as ACCESS
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.access import FieldAccess, Grant, Role, Scope
from xiaolu.metadata.model.entity import Numbering, Option, OptionSet
from xiaolu.metadata.publishing.service import install_definitions, load_snapshot
from xiaolu.records.routes import ROUTES as RECORDS
from xiaolu.runtime.workspace import open_workspace
from xiaolu.studio.routes import ROUTES as STUDIO
from xiaolu.web.edge import make_web

Story = Callable[[Browser], Awaitable[None]]

GRADES = OptionSet(
    key="grade",
    label=Label("等级", "Grade"),
    options=(
        Option(key="a", label=Label("重点", "Key"), colour="red"),
        Option(key="b", label=Label("一般", "Normal")),
    ),
)
SHOP = definitions(
    entity(
        "customer",
        field("name", label="名称"),
        field("region", label="区域"),
        field("grade", "single_select", set="grade", label="等级"),
        label=Label("客户", "Customer"),
    ),
    entity(
        "deal",
        field("name", label="名称"),
        field("amount", "money", label="金额"),
        field("cost", "money", label="成本"),
        field("customer", "relation", target="customer", label="客户"),
        field("mark", label="备注"),
        field("number", "auto_number", numbering="deal_number", label="编号"),
        formula("double", "{金额} * 2", label="双倍"),
        label=Label("商机", "Deal"),
    ),
    option_sets=(GRADES,),
    numberings=(Numbering(key="deal_number", label=Label("商机编号"), pattern="SJ{yyyy}-{seq:3}", reset="year"),),
    processes=(process("deal", "new", "won"),),
    views=(view("deal", columns=("name", "amount")),),
    roles=(
        Role(
            key="rep",
            label=Label("销售"),
            grants=(Grant(entity="deal", create=True, read=Scope.OWN, update=Scope.OWN),),
        ),
        Role(
            key="builder",
            label=Label("搭建"),
            abilities=("build",),
            grants=(
                Grant(entity="*", read=Scope.ALL, create=True, update=Scope.ALL),
                Grant(
                    entity="deal", read=Scope.ALL, create=True, update=Scope.ALL, fields={"cost": FieldAccess.HIDDEN}
                ),
            ),
        ),
    ),
)


@asynccontextmanager
async def serving_shop(database: Database, *routes: Any) -> AsyncIterator[Litestar]:
    """Open the workspace and give an application over it."""
    async with open_workspace(database.url, database.schema, migrate=False) as workspace:
        yield make_web(workspace, [*ACCESS, *STUDIO, *RECORDS, *routes], openapi_config=None)


async def play_shop(uow: UnitOfWork, database: Database, story: Story) -> None:
    """Tell a story to the builder's browser, on a workspace with the shop's definitions."""
    forget_identities()
    await install_definitions(uow, SHOP)
    await uow.finish()
    scene = Scene(uow, await load_snapshot(uow))
    await scene.member("rep", "rep", password=PASSWORD)
    await scene.member("boss", "builder", password=PASSWORD)
    async with serving_shop(database) as app:
        browser = Browser(app)
        await browser.sign_in("boss", PASSWORD)
        await story(browser)
