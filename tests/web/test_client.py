"""The built client: its files, its page for every address it understands, and what browsers may keep."""

from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from tests.conftest import Run
from tests.web.app import client
from xiaolu.web import client as module
from xiaolu.web.errors import EXCEPTION_HANDLERS
from xiaolu.web.security import BEFORE_SEND

PAGE = "<!doctype html><title>Xiaolu</title>"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built client in a folder of its own, with a file beside it that must never be served."""
    folder = tmp_path / "webdist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE)
    (folder / "icon.svg").write_text("<svg/>")
    (folder / "assets" / "app-1a2b.js").write_text("let plain = 1")
    (folder / "assets" / "app-1a2b.js.br").write_bytes(b"brotli")
    (folder / "assets" / "app-1a2b.js.gz").write_bytes(b"gzip")
    (folder / "assets" / "app.map").write_text("{}")
    (tmp_path / "secret.js").write_text("secret")
    monkeypatch.setattr(module, "CLIENT", folder)
    return folder


async def ask(path: str, **headers: str) -> httpx.Response:
    app = Litestar(
        route_handlers=module.ROUTES,
        exception_handlers=EXCEPTION_HANDLERS,
        before_send=BEFORE_SEND,
        openapi_config=None,
    )
    async with client(app, **headers) as http:
        request = http.build_request("GET", path)
        answer = await http.send(request, stream=True)
        answer._content = b"".join([part async for part in answer.aiter_raw()])
        return answer


@pytest.mark.parametrize("path", ["/", "/records/lead", "/records/lead/0192/edit", "/设置", "/apis"])
def test_every_address_of_the_client_gives_its_page(built: Path, run: Run, path: str) -> None:
    answer = run(ask(path))
    assert (answer.status_code, answer.content.decode()) == (200, PAGE)
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nothing", "/assets/gone-9z.js", "/assets/app.map"])
def test_what_is_missing_is_missing_and_no_page(built: Path, run: Run, path: str) -> None:
    answer = run(ask(path))
    assert answer.status_code == 404
    assert answer.json()["code"] == "request.unknown"
    assert "immutable" not in answer.headers.get("cache-control", "")


@pytest.mark.parametrize(
    ("accepted", "encoding", "content"),
    [("gzip, br", "br", b"brotli"), ("gzip", "gzip", b"gzip"), ("identity", None, b"let plain = 1")],
)
def test_named_assets_are_kept_for_ever_and_sent_packed(
    built: Path, run: Run, accepted: str, encoding: str | None, content: bytes
) -> None:
    answer = run(ask("/assets/app-1a2b.js", accept_encoding=accepted))
    assert answer.content == content
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "Accept-Encoding"


def test_files_outside_assets_are_asked_for_again(built: Path, run: Run) -> None:
    answer = run(ask("/icon.svg"))
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize(
    "path",
    ["/../secret.js", "/%2e%2e/secret.js", "/assets/..%2f..%2fsecret.js", "//secret.js", "/%00", "/" + "x" * 5000],
)
def test_nothing_outside_the_folder_is_served(built: Path, run: Run, path: str) -> None:
    answer = run(ask(path))
    assert answer.status_code in {200, 400, 404}
    assert b"secret" not in answer.content


def test_a_client_that_is_not_built_says_what_to_do(built: Path, run: Run) -> None:
    (built / "index.html").unlink()
    answer = run(ask("/"))
    assert answer.status_code == 503
    assert "make client" in answer.content.decode()


def test_what_a_browser_has_is_not_sent_again(built: Path, run: Run) -> None:
    tag = run(ask("/")).headers["etag"]
    again = run(ask("/", if_none_match=tag))
    assert (again.status_code, again.content) == (304, b"")
    (built / "index.html").write_text(PAGE.replace("Xiaolu", "Anew"))
    assert run(ask("/", if_none_match=tag)).status_code == 200


def test_a_new_build_takes_the_place_of_the_old_under_a_running_server(
    built: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(ask("/assets/app-1a2b.js")).status_code == 200
    for file in (built / "assets").iterdir():
        file.unlink()
    (built / "assets" / "app-3c4d.js").write_text("let fresh = 1")
    (built / "index.html").write_text("<!doctype html><title>Fresh</title>")
    assert "Fresh" in run(ask("/")).content.decode()
    assert run(ask("/assets/app-3c4d.js")).status_code == 200
    assert run(ask("/assets/app-1a2b.js")).status_code == 404

    def vanish(*_: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(module, "_content", vanish)
    assert run(ask("/assets/app-3c4d.js")).status_code == 404


@pytest.mark.parametrize("path", ["/sw.js", "/manifest.webmanifest"])
def test_no_page_stands_in_for_what_browsers_fetch_on_their_own(built: Path, run: Run, path: str) -> None:
    assert run(ask(path)).status_code == 404
