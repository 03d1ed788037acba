"""A workspace with a form, a rep and a builder, for the tests of the ways in."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from litestar import Litestar
from litestar.di import Provide

from tests.access.http import Browser
from tests.access.scene import PASSWORD, Scene
from tests.conftest import Database
from xiaolu.access.authenticate import forget_identities
from xiaolu.access.routes import ROUTES as ACCESS
from xiaolu.files.routes import ROUTES as FILES
from xiaolu.files.storage import FileStorage
from xiaolu.kit.db import UnitOfWork
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.publishing.service import install_definitions, load_snapshot
from xiaolu.metadata.yamlform import decode_definitions
from xiaolu.records.routes import ROUTES as RECORDS
from xiaolu.runtime.workspace import Workspace, open_workspace
from xiaolu.studio.entrances import ROUTES
from xiaolu.tasks.routes import ROUTES as TASKS
from xiaolu.web.client import ROUTES as PAGES
from xiaolu.web.edge import make_web

BASE = """
format: 1
entities:
  - key: lead
    label: {zh: 线索, en: Lead}
    title: company
    duplicates: [[phone]]
    fields:
      - {key: company, label: {zh: 公司, en: Company}, type: text, required: true, searchable: true}
      - {key: phone, label: {zh: 手机, en: Mobile}, type: phone, required: true}
      - {key: need, label: {zh: 需求, en: Need}, type: long_text, options: {max_length: 200}}
      - {key: source, label: {zh: 来源, en: Source}, type: text}
      - {key: campaign, label: {zh: 活动, en: Campaign}, type: text}
      - {key: city, label: {zh: 城市, en: City}, type: region, options: {level: city}}
      - {key: budget, label: {zh: 预算, en: Budget}, type: money, rules: [{check: '{budget} >= 100', message: {zh: 预算不能低于 100, en: At least 100}}]}
      - {key: papers, label: {zh: 资料, en: Papers}, type: file}
processes:
  - key: flow
    label: 流程
    entity: lead
    initial: new
    stages: [{key: new, label: 新}, {key: done, label: 完}]
    transitions: [{key: go, label: 走, source: [new], target: done}]
roles:
  - {key: rep, label: 销售, grants: [{entity: lead, create: true, read: own, update: own}]}
  - {key: builder, label: 搭建, abilities: [build], grants: [{entity: lead, read: all}]}
public_forms:
  - key: website
    label: {zh: 官网咨询, en: Website enquiry}
    entity: lead
    fields: [{key: company}, {key: phone}, {key: need, required: true}, {key: city}, {key: budget}, {key: papers}]
    owner: {role: rep}
    consent: {zh: 同意我们联系您, en: You may contact me}
    thanks: {zh: 谢谢，我们会尽快联系您, en: Thank you}
    values: {source: 官网}
    origin: {utm_campaign: campaign}
    origins: [https://www.example.com]
"""


@dataclass
class Stage:
    """The application, the people, and strangers' browsers."""

    app: Litestar
    scene: Scene
    workspace: Workspace

    def stranger(self, address: str = "10.0.0.9") -> Browser:
        browser = Browser(self.app)
        browser.http._transport.client = (address, 5000)  # type: ignore[attr-defined]
        return browser

    async def member(self, login: str) -> Browser:
        browser = Browser(self.app)
        await browser.sign_in(login, PASSWORD)
        return browser


Story = Callable[[Stage], Awaitable[None]]


def base() -> Definitions:
    found = decode_definitions(BASE)
    assert isinstance(found, Definitions), found
    return found


@contextlib.asynccontextmanager
async def staged(
    uow: UnitOfWork, database: Database, folder: Path, wanted: Definitions | None = None
) -> AsyncIterator[Stage]:
    """Set the stage: two reps, a builder, and everything served."""
    forget_identities()
    await install_definitions(uow, wanted if wanted is not None else base())
    await uow.finish()
    scene = Scene(uow, await load_snapshot(uow))
    if wanted is None:
        await scene.member("rep", "rep", password=PASSWORD)
        await scene.member("rex", "rep", password=PASSWORD)
        await scene.member("boss", "builder", password=PASSWORD)
    else:
        await scene.member("boss", "admin", password=PASSWORD)
    storage = FileStorage(folder)

    def give() -> FileStorage:
        return storage

    async with open_workspace(database.url, database.schema, migrate=False) as workspace:
        yield Stage(
            make_web(
                workspace,
                [*ACCESS, *RECORDS, *FILES, *TASKS, *ROUTES],
                beside=PAGES,
                dependencies={"file_storage": Provide(give, sync_to_thread=False)},
                openapi_config=None,
            ),
            scene,
            workspace,
        )


def solved(riddle: dict[str, Any]) -> dict[str, Any]:
    """Solve a riddle as a browser does."""
    for number in range(riddle["most"] + 1):
        if sha256(f"{riddle['salt']}{number}".encode()).hexdigest() == riddle["challenge"]:
            kept = {key: riddle[key] for key in ("salt", "challenge", "issued", "signature")}
            return {**kept, "number": number}
    raise AssertionError("the riddle has no answer")
