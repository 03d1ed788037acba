"""Two builders, an owner and a rep on a small workspace, each with a browser, behind the real edge."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from tests.access.http import Browser
from tests.access.scene import PASSWORD, Scene
from tests.conftest import Database
from tests.metadata.planner.building import definitions, entity, field
from tests.studio.http import serving
from xiaolu.access.authenticate import forget_identities
from xiaolu.access.context import Cause, Context
from xiaolu.access.model import SYSTEM
from xiaolu.events.timers import fire_timer
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.access import Grant, Role, Scope
from xiaolu.metadata.publishing.service import install_definitions, load_snapshot
from xiaolu.worker.duties import TIMER_HANDLERS

BUILDER = Role(key="builder", label=Label("搭建"), abilities=("build",), grants=(Grant(entity="*", read=Scope.ALL),))
FINANCE = Role(key="finance", label=Label("财务", "Finance"))
BASE = definitions(
    entity("lead", field("name", label="名称"), field("amount", "money", label="金额")),
    msgspec.structs.replace(entity("contract", field("name", label="名称")), owners=("finance",)),
    roles=(BUILDER, FINANCE),
)
AMOUNT = ["entities", "lead", "fields", "amount"]
CONTRACT = ["entities", "contract", "fields", "name"]


@dataclass
class Building:
    """The people of a story."""

    zhang: Browser
    li: Browser
    owner: Browser
    """Owns the contract, and may not build."""
    uow: UnitOfWork

    async def edit(self, browser: Browser, revision: int, *ops: dict[str, Any], label: str = "改") -> Any:
        """Edit the draft."""
        body = {"revision": revision, "label": label, "ops": list(ops)}
        return await browser.send("POST", "/studio/draft/edits", body)

    async def at(self, now: datetime) -> None:
        """Let the worker do what is due at an instant."""
        snapshot = await load_snapshot(self.uow)
        ctx = Context(uow=self.uow, now=now, actor=SYSTEM, snapshot=snapshot, cause=Cause(kind="timer"))
        while await fire_timer(ctx, TIMER_HANDLERS):
            await self.uow.finish()
        await self.uow.finish()


Story = Callable[[Building], Awaitable[None]]


def put(path: list[str], value: Any) -> dict[str, Any]:
    """Return the step that puts a value."""
    return {"op": "put", "path": path, "value": value}


async def tell(uow: UnitOfWork, database: Database, story: Story) -> None:
    """Tell a story."""
    forget_identities()
    await install_definitions(uow, BASE)
    await uow.finish()
    scene = Scene(uow, await load_snapshot(uow))
    await scene.member("zhang", "builder", password=PASSWORD)
    await scene.member("li", "builder", password=PASSWORD)
    await scene.member("wang", "finance", password=PASSWORD)
    await uow.finish()
    async with serving(database) as app:
        it = Building(Browser(app), Browser(app), Browser(app), uow)
        for browser, login in ((it.zhang, "zhang"), (it.li, "li"), (it.owner, "wang")):
            await browser.sign_in(login, PASSWORD)
        await story(it)
