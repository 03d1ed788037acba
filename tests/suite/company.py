"""A small company with the journey suite installed: people in a department tree, and a clock that is moved by hand."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.conftest import Database
from xiaolu.access.authenticate import load_actor
from xiaolu.access.context import Cause, Context
from xiaolu.access.model import SYSTEM
from xiaolu.files.evidence.model import Evidence, EvidenceDraft
from xiaolu.files.evidence.service import add_evidence
from xiaolu.files.service import store_file
from xiaolu.files.storage import FileStorage
from xiaolu.kit.ids import new_id
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.packages.folder import read_package
from xiaolu.metadata.packages.service import install_package
from xiaolu.metadata.publishing.service import install_definitions, load_snapshot
from xiaolu.metadata.snapshot import Snapshot
from xiaolu.records.model import Record
from xiaolu.records.service.create import create_record

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""A Monday, 9:00 in Shanghai."""
SUITE = Path(__file__).resolve().parents[2] / "suite"
PDF = b"%PDF-1.4\n1 0 obj\n<< /CreationDate (D:20260301100000+08'00') >>\nendobj\n%%EOF\n"


def journey() -> Definitions:
    """Return the journey package, its files put together."""
    return read_package(SUITE / "journey")


@dataclass
class Company:
    database: Database
    storage: FileStorage
    snapshot: Snapshot
    now: datetime = NOW
    people: dict[str, UUID] = field(default_factory=dict)
    departments: dict[str, UUID] = field(default_factory=dict)

    def move_clock(self, **by: float) -> None:
        self.now += timedelta(**by)

    @asynccontextmanager
    async def acting(self, name: str | None = None, *, commit: bool = True) -> AsyncIterator[Context]:
        """Act as a person (None: the platform itself); what was done is committed at the end."""
        uow = await self.database.uow()
        try:
            actor = SYSTEM
            if name is not None:
                found = await load_actor(uow, self.people[name], snapshot=self.snapshot)
                assert found is not None
                actor = found
            cause = Cause(kind="user" if name else "timer")
            yield Context(uow=uow, now=self.now, actor=actor, snapshot=self.snapshot, cause=cause)
            if commit:
                await uow.finish()
        finally:
            await uow.abandon()
            await uow.connection.close()

    async def add_customer(self, name: str = "宁波海天机械有限公司", owner: str = "rep") -> Record:
        async with self.acting(owner) as ctx:
            return await create_record(ctx, "customer", {"name": name, "industry": "machining", "level": "b"})

    async def add_lead(self, owner: str = "rep", **values: Any) -> Record:
        if "customer" not in values:
            customer = await self.add_customer(f"客户{new_id().hex[-8:]}", owner)
            async with self.acting(owner) as ctx:
                contact = await create_record(
                    ctx,
                    "contact",
                    {"name": "王工", "customer": str(customer.id), "mobile": f"138{new_id().int % 10**8:08d}"},
                )
            values |= {"customer": str(customer.id), "contact": str(contact.id)}
        async with self.acting(owner) as ctx:
            return await create_record(ctx, "lead", {"name": "空压站扩容 2 台 75kW", "source": "website", **values})

    async def upload(self, owner: str, content: bytes, name: str = "扫描件.pdf") -> UUID:
        async with self.acting(owner) as ctx:
            return (await store_file(ctx, self.storage, name, io.BytesIO(content))).id

    async def prove(self, owner: str, lead: UUID, slot: str, content: bytes = PDF) -> Evidence:
        file_id = await self.upload(owner, content + slot.encode())
        async with self.acting(owner) as ctx:
            return await add_evidence(ctx, "lead", lead, EvidenceDraft(kind="file", slot=slot, file_id=file_id))

    async def rows(self, statement: str, *values: Any) -> list[Any]:
        connection = await self.database.connect()
        try:
            return list(await connection.fetch(statement, *values))
        finally:
            await connection.close()


PEOPLE = (
    ("vp", "hq", ("director",)),
    ("director", "east", ("director",)),
    ("supervisor", "team", ("supervisor",)),
    ("rep", "team", ("rep",)),
    ("rep2", "other", ("rep",)),
    ("adviser", "tech", ("technical_adviser",)),
    ("adviser2", "tech", ("technical_adviser",)),
    ("admin", "hq", ("admin",)),
)
TREE = (
    ("hq", None, "vp"),
    ("east", "hq", "director"),
    ("team", "east", "supervisor"),
    ("other", "east", None),
    ("tech", "hq", None),
)


async def found_company(database: Database, folder: Path, definitions: Definitions | None = None) -> Company:
    """Install the suite (or other definitions) and hire everybody."""
    uow = await database.uow()
    if definitions is None:
        await install_package(uow, journey(), now=NOW)
    else:
        await install_definitions(uow, definitions)
    await uow.finish()
    snapshot = await load_snapshot(uow)
    company = Company(database, FileStorage(folder, settle_seconds=0), snapshot)
    connection = uow.connection
    for name, parent, _ in TREE:
        company.departments[name] = new_id()
        await connection.execute(
            "INSERT INTO department (id, name, parent_id, created_at) VALUES ($1, $2, $3, $4)",
            company.departments[name], name, company.departments.get(parent or ""), NOW,
        )  # fmt: skip
    for name, department, roles in PEOPLE:
        company.people[name] = new_id()
        await connection.execute(
            "INSERT INTO member (id, login, name, department_id, created_at) VALUES ($1, $2, $2, $3, $4)",
            company.people[name], name, company.departments[department], NOW,
        )  # fmt: skip
        for role in roles:
            await connection.execute(
                "INSERT INTO member_role (member_id, role) VALUES ($1, $2)", company.people[name], role
            )
    for name, _, manager in TREE:
        if manager is not None:
            await connection.execute(
                "UPDATE department SET manager_id = $2 WHERE id = $1",
                company.departments[name],
                company.people[manager],
            )
    await connection.close()
    return company
