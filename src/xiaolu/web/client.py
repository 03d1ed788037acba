"""The built web client: immutable assets, compressed beforehand, and one page for every address of the client."""

from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.response import File

from xiaolu.web.edge import PUBLIC

CLIENT = Path(__file__).resolve().parent.parent / "webdist"
YEAR = "public, max-age=31536000, immutable"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
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


@get(["/", "/{path:path}"], opt={PUBLIC: True}, include_in_schema=False)
async def serve_client(request: Request[Any, Any, Any], path: Path | None = None) -> Response[Any]:
    """Serve a file of the built client, or its page for an address that the client itself understands."""
    wanted = str(path or "").lstrip("/")
    if wanted == "api" or wanted.startswith("api/"):
        raise NotFoundException
    file = (CLIENT / wanted).resolve()
    if wanted and file.is_file() and file.is_relative_to(CLIENT) and file.suffix in TYPES:
        fresh = wanted.startswith("assets/")
        return _send(request, file, YEAR if fresh else "no-cache")
    if wanted.startswith("assets/"):
        raise NotFoundException
    page = CLIENT / "index.html"
    if not page.is_file():
        return Response(NOT_BUILT, media_type="text/html; charset=utf-8", status_code=503)
    return _send(request, page, "no-cache")


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


ROUTES = [serve_client]
