"""The built web client: immutable assets, compressed beforehand, and one page for every address of the client."""

from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import File

from xiaolu.web.edge import PUBLIC

CLIENT = Path(__file__).resolve().parent.parent / "webdist"
YEAR = "public, max-age=31536000, immutable"
TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>Xiaolu</title><p>The web client is not built. Run <code>make client</code>, "
    "then load this page again. 网页端尚未构建，请先运行 <code>make client</code>。"
)


@get("/", opt={PUBLIC: True}, include_in_schema=False)
async def serve_page(request: Request[Any, Any, Any]) -> Response[Any]:
    """Serve the client's page."""
    return _answer(request, "")


@get("/{path:path}", opt={PUBLIC: True}, include_in_schema=False)
async def serve_client(request: Request[Any, Any, Any], path: FromPath[Path]) -> Response[Any]:
    """Serve a file of the built client, or its page for an address that the client itself understands."""
    return _answer(request, str(path).lstrip("/"))


def _answer(request: Request[Any, Any, Any], wanted: str) -> Response[Any]:
    if wanted == "api" or wanted.startswith("api/"):
        raise NotFoundException
    file = _find(wanted)
    if file is not None:
        fresh = wanted.startswith("assets/")
        return _send(request, file, YEAR if fresh else "no-cache")
    if wanted.startswith("assets/"):
        raise NotFoundException
    page = CLIENT / "index.html"
    if not page.is_file():
        return Response(NOT_BUILT, media_type="text/html", status_code=503)
    return _send(request, page, "no-cache")


def _find(wanted: str) -> Path | None:
    """Return the file of the client with this name; whatever else an address may hold is no file."""
    try:
        file = (CLIENT / wanted).resolve()
        return file if file.is_file() and file.is_relative_to(CLIENT) and file.suffix in TYPES else None
    except (ValueError, OSError):
        return None


def _send(request: Request[Any, Any, Any], file: Path, caching: str) -> File:
    headers = {"Cache-Control": caching, "Vary": "Accept-Encoding"}
    accepted = request.headers.get("accept-encoding", "")
    chosen = file
    for encoding, suffix in (("br", ".br"), ("gzip", ".gz")):
        packed = file.with_name(file.name + suffix)
        if encoding in accepted and packed.is_file():
            chosen = packed
            headers["Content-Encoding"] = encoding
            break
    return File(chosen, media_type=TYPES[file.suffix], headers=headers, content_disposition_type="inline")


ROUTES = [serve_page, serve_client]
