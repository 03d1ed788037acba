"""The built web client: immutable assets, compressed beforehand, and one page for every address of the client."""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from xiaolu.runtime.workspace import Workspace
from xiaolu.studio.public.store import find_form
from xiaolu.web.edge import PUBLIC
from xiaolu.web.security import CONTENT_SECURITY_POLICY

CLIENT = Path(__file__).resolve().parent.parent / "webdist"
YEAR = "public, max-age=31536000, immutable"
TYPES = {
    ".bcmap": "application/octet-stream",
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".pfb": "application/octet-stream",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
ALONE = frozenset({"sw.js", "manifest.webmanifest"})
"""Files that a browser fetches on its own: the page in their place would do harm."""
NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>Xiaolu</title><p>The web client is not built. Run <code>make client</code>, "
    "then load this page again. 网页端尚未构建，请先运行 <code>make client</code>。"
)


@get("/", opt={PUBLIC: True}, include_in_schema=False)
async def serve_page(request: Request[Any, Any, Any]) -> Response[Any]:
    """Serve the client's page."""
    return await _answer(request, "")


@get("/f/{token:str}", opt={PUBLIC: True}, include_in_schema=False)
async def serve_public_form(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    """Serve the page of a public form; the sites that the form names may show it inside their own pages."""
    answer = await _answer(request, f"f/{token}")
    workspace: Workspace = request.app.state.workspace
    snapshot = await workspace.snapshot()
    async with workspace.unit() as uow:
        key = await find_form(uow, token)
    form = next((each for each in snapshot.definitions.public_forms if each.key == key), None)
    if form is not None and form.origins:
        policy = CONTENT_SECURITY_POLICY.replace(
            "frame-ancestors 'none'", f"frame-ancestors 'self' {' '.join(form.origins)}"
        )
        answer.headers["Content-Security-Policy"] = policy
    return answer


@get("/{path:path}", opt={PUBLIC: True}, include_in_schema=False)
async def serve_client(request: Request[Any, Any, Any], path: FromPath[Path]) -> Response[Any]:
    """Serve a file of the built client, or its page for an address that the client itself understands."""
    return await _answer(request, str(path).lstrip("/"))


@dataclass(frozen=True, slots=True)
class _Content:
    """A file as it was when it was read: a new build may take its place at any moment."""

    data: bytes
    tag: str
    encoding: str | None


async def _answer(request: Request[Any, Any, Any], wanted: str) -> Response[Any]:
    if wanted == "api" or wanted.startswith("api/"):
        raise NotFoundException
    accepted = request.headers.get("accept-encoding", "")
    is_asset = wanted.startswith("assets/")
    found = await asyncio.to_thread(_read, wanted, accepted)
    if found is not None:
        return _send(request, found, TYPES[Path(wanted).suffix], YEAR if is_asset else "no-cache")
    if is_asset or wanted in ALONE:
        raise NotFoundException
    page = await asyncio.to_thread(_read, "index.html", accepted)
    if page is None:
        return Response(NOT_BUILT, media_type="text/html", status_code=503, headers={"Cache-Control": "no-store"})
    return _send(request, page, "text/html", "no-cache")


def _read(wanted: str, accepted: str) -> _Content | None:
    """Read the file of the client with this name, packed where the browser takes that.

    Whatever else an address may hold is no file, and neither is what a new build is about to replace.
    """
    try:
        file = (CLIENT / wanted).resolve()
        if not (file.is_file() and file.is_relative_to(CLIENT) and file.suffix in TYPES):
            return None
        for encoding, suffix in (("br", ".br"), ("gzip", ".gz")):
            packed = file.with_name(file.name + suffix)
            if encoding in accepted and packed.is_file():
                return _content(packed, encoding)
        return _content(file, None)
    except (ValueError, OSError):
        return None


def _content(file: Path, encoding: str | None) -> _Content:
    with file.open("rb") as stream:
        facts = os.fstat(stream.fileno())
        return _Content(stream.read(), f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"', encoding)


def _send(request: Request[Any, Any, Any], found: _Content, content_type: str, caching: str) -> Response[Any]:
    headers = {"Cache-Control": caching, "Vary": "Accept-Encoding", "ETag": found.tag}
    if found.tag in request.headers.get("if-none-match", ""):
        return Response(None, status_code=304, headers=headers)
    if found.encoding:
        headers["Content-Encoding"] = found.encoding
    return Response(found.data, media_type=content_type, headers=headers)


ROUTES = [serve_page, serve_public_form, serve_client]
