"""Files and evidence over HTTP: upload, safe serving, previews, proofs."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar, Request
from litestar.di import Provide
from litestar.testing import TestClient

from tests.conftest import Database
from tests.files.pictures import jpeg
from tests.suite.company import PDF, Company, found_company
from xiaolu.access.context import Context
from xiaolu.files.routes import ROUTES as FILES
from xiaolu.tasks.routes import ROUTES as TASKS
from xiaolu.web.errors import EXCEPTION_HANDLERS

Run = Callable[[Any], Any]


@pytest.fixture
def company(database: Database, runner: asyncio.Runner, tmp_path: Path) -> Company:
    return runner.run(found_company(database, tmp_path))


@pytest.fixture
def client(company: Company) -> Iterator[TestClient[Litestar]]:
    """The routes alone; the header ``x-who`` says who asks."""

    async def provide_context(request: Request[Any, Any, Any]) -> AsyncIterator[Context]:
        async with company.acting(request.headers.get("x-who", "rep")) as ctx:
            yield ctx

    app = Litestar(
        route_handlers=[*FILES, *TASKS],
        dependencies={
            "ctx": Provide(provide_context),
            "file_storage": Provide(lambda: company.storage, sync_to_thread=False),
        },
        exception_handlers=EXCEPTION_HANDLERS,
    )
    with TestClient(app) as client:
        yield client


def _upload(client: TestClient[Litestar], content: bytes, name: str = "a.bin") -> dict[str, Any]:
    response = client.post("/files", files={"file": (name, content, "image/png")})
    assert response.status_code == 201, response.text
    answer: dict[str, Any] = response.json()
    return answer


def test_upload_and_download(client: TestClient[Litestar]) -> None:
    file = _upload(client, PDF, "需求清单.pdf")
    assert (file["name"], file["size"], file["content_type"]) == ("需求清单.pdf", len(PDF), "application/pdf")
    response = client.get(f"/files/{file['id']}")
    assert response.content == PDF
    assert response.headers["content-type"].startswith("application/pdf")
    assert response.headers["content-disposition"].startswith("inline")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert client.get(f"/files/{file['id']}?download=true").headers["content-disposition"].startswith("attachment")
    assert client.get(f"/files/{file['id']}", headers={"x-who": "rep2"}).status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"MZ" + b"\0" * 80,
    ],
)
def test_dangerous_content_is_only_ever_downloaded(client: TestClient[Litestar], content: bytes) -> None:
    file = _upload(client, content, "photo.png")
    response = client.get(f"/files/{file['id']}")
    assert response.headers["content-disposition"].startswith("attachment")
    assert not response.headers["content-type"].startswith(("text/html", "image/svg"))


def test_previews(client: TestClient[Litestar]) -> None:
    file = _upload(client, jpeg(size=(900, 600), orientation=6))
    response = client.get(f"/files/{file['id']}/preview?width=300")
    assert (response.status_code, response.headers["content-type"]) == (200, "image/webp")
    assert client.get(f"/files/{file['id']}/preview?width=0").status_code in {400, 422}
    text = _upload(client, b"no picture")
    refused = client.get(f"/files/{text['id']}/preview")
    assert (refused.status_code, refused.json()["code"]) == (404, "file.no_preview")


def test_empty_and_missing_uploads(client: TestClient[Litestar]) -> None:
    response = client.post("/files", files={"file": ("a.txt", b"", "text/plain")})
    assert (response.status_code, response.json()["code"]) == (422, "file.empty")
    assert client.post("/files", data={"other": "x"}).status_code in {400, 422}
    assert client.get("/files/not-a-uuid").status_code == 404


def test_evidence(client: TestClient[Litestar], company: Company, run: Run) -> None:
    lead = run(company.add_lead())
    address = f"/records/lead/{lead.id}/evidence"
    file = _upload(client, PDF)
    answer = client.post(address, json={"kind": "file", "slot": "needs_list", "file": file["id"]})
    assert answer.status_code == 201, answer.text
    assert answer.json()["slot_label"] == "《客户需求清单》扫描件"
    assert answer.json()["by"]["name"] == "rep"
    refused = client.post(address, json={"kind": "file", "slot": "needs_list", "file": file["id"]})
    assert (refused.status_code, refused.json()["problems"][0]["code"]) == (422, "evidence.repeated")
    assert "已经提交过" in refused.json()["problems"][0]["message"]
    listed = client.get(address, headers={"x-who": "supervisor"}).json()["evidence"]
    assert [(each["kind"], each["counts"], each["file"]["id"]) for each in listed] == [("file", True, file["id"])]
    assert client.get(f"{address}/check").json() == {"count": 1, "intact": True, "broken": [], "altered": []}
    assert client.get(address, headers={"x-who": "rep2"}).status_code == 404
    assert client.post(address, json={"kind": "text", "text": "x", "colour": "red"}).status_code in {400, 422}


def test_tasks_and_notifications(client: TestClient[Litestar], company: Company, run: Run) -> None:
    from xiaolu.kit.i18n import Label
    from xiaolu.tasks.model import TaskDraft
    from xiaolu.tasks.service import create_task

    async def make() -> UUID | None:
        async with company.acting() as ctx:
            return await create_task(
                ctx, TaskDraft(kind="todo", title=Label("回访客户"), assignee=company.people["rep"])
            )

    task = run(make())
    page = client.get("/tasks").json()
    assert [(each["id"], each["title"], each["record"]) for each in page["tasks"]] == [(str(task), "回访客户", None)]
    assert client.get("/tasks/counts").json() == {"open": 1, "overdue": 0, "today": 0, "unread": 1}
    assert client.get("/tasks?before=rubbish").status_code == 422
    assert client.post(f"/tasks/{task}/reassign", json={"member": str(company.people["supervisor"])}).status_code == 200
    assert client.post(f"/tasks/{task}/done", json={}).status_code == 404
    done = client.post(f"/tasks/{task}/done", json={"note": "已联系"}, headers={"x-who": "supervisor"})
    assert (done.status_code, done.json()["state"]) == (200, "done")
    again = client.post(f"/tasks/{task}/done", json={}, headers={"x-who": "supervisor"})
    assert (again.status_code, again.json()["code"]) == (409, "task.closed")
    assert client.get("/notifications").json()["unread"] == 1
    assert client.post("/notifications/read", json={"all": True}).status_code == 204
    assert client.get("/notifications").json()["unread"] == 0


@pytest.mark.parametrize(
    ("wanted", "start", "stop"),
    [("bytes=0-3", 0, 4), ("bytes=5-", 5, None), ("bytes=-6", -6, None), ("bytes=2-99999", 2, None)],
)
def test_players_get_the_piece_they_ask_for(
    client: TestClient[Litestar], wanted: str, start: int, stop: int | None
) -> None:
    file = _upload(client, PDF, "需求清单.pdf")
    answer = client.get(f"/files/{file['id']}", headers={"Range": wanted})
    piece = PDF[start:stop]
    first = len(PDF) + start if start < 0 else start
    assert (answer.status_code, answer.content) == (206, piece)
    assert answer.headers["content-range"] == f"bytes {first}-{first + len(piece) - 1}/{len(PDF)}"
    assert answer.headers["content-type"].startswith("application/pdf")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["accept-ranges"] == "bytes"


def test_pieces_that_are_none(client: TestClient[Litestar]) -> None:
    file = _upload(client, PDF, "a.pdf")
    behind = client.get(f"/files/{file['id']}", headers={"Range": f"bytes={len(PDF)}-"})
    assert (behind.status_code, behind.headers["content-range"]) == (416, f"bytes */{len(PDF)}")
    for odd in ("bytes=4-2", "bytes=-", "pages=1-2", "bytes=0-1,4-5"):
        answer = client.get(f"/files/{file['id']}", headers={"Range": odd})
        assert (answer.status_code, answer.content) == (200, PDF)
    assert client.get(f"/files/{file['id']}", headers={"Range": "bytes=0-3", "x-who": "rep2"}).status_code == 404
