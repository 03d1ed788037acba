"""What every request must pass and every answer carries: origin, CSRF, rate and size limits, security headers."""

import hmac
import math
from typing import Any
from urllib.parse import urlsplit

from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from xiaolu.access.credentials import csrf_token_of
from xiaolu.access.routes.requests import SESSION_COOKIE
from xiaolu.kit.errors import Denied, Limited
from xiaolu.kit.ratelimit import TokenBuckets

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MAX_JSON_BYTES = 16 * 1024 * 1024
REQUESTS_PER_SECOND = 100
"""Of one person, on average; five times as many at once. The setting ``requests_per_second`` overrides it, 0 turns it off."""
BURST_SECONDS = 5

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""Everything from this server alone; inline styles because the client's component library writes them."""

HEADERS: tuple[tuple[str, str], ...] = (
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "SAMEORIGIN"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(self), microphone=(self), geolocation=(self), payment=(), usb=(), interest-cohort=()",
    ),
)
STRICT_TRANSPORT = "max-age=31536000"


async def add_security_headers(message: Message, scope: Scope) -> None:
    """Put the security headers on an answer; a handler's own (stricter, for uploaded files) stay.

    Answers of the API are private to the person who asked, so nothing in between may keep them.
    """
    if message["type"] != "http.response.start" or scope["type"] != ScopeType.HTTP:
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in HEADERS:
        if name not in headers:
            headers[name] = value
    if scope["scheme"] == "https" or scope["litestar_app"].state.get("secure_cookies"):
        headers["strict-transport-security"] = STRICT_TRANSPORT
    if "cache-control" not in headers and scope["path"].startswith("/api"):
        headers["cache-control"] = "no-store"


class RequestGuard:
    """Refuses requests of foreign pages, without a CSRF token, too many or too large, before anything else runs."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check one request and hand it on."""
        if scope["type"] == ScopeType.HTTP and scope["path"].startswith("/api"):
            _check(scope)
        await self.app(scope, receive, send)


def _check(scope: HTTPScope) -> None:
    connection: ASGIConnection[Any, Any, Any, Any] = ASGIConnection(scope)
    headers = connection.headers
    key = api_key_of(headers)
    token = None if key is not None else connection.cookies.get(SESSION_COOKIE)
    check_rate(scope["litestar_app"], key or token or _address(scope))
    check_size(headers)
    if scope["method"] not in SAFE_METHODS and key is None:
        check_origin(headers)
        check_csrf(headers, token, is_sign_in=_is_sign_in(scope))


def api_key_of(headers: Headers) -> str | None:
    """Return the API key that a request presents. With one, cookies do not count; any other scheme is no proof at all."""
    scheme, _, key = headers.get("authorization", "").partition(" ")
    return key if scheme == "Bearer" else None


def check_rate(app: Litestar, person: str | None) -> None:
    """Count a request of a person (session, key, or address of somebody unknown).

    Raises:
        Limited: there were too many lately.
    """
    buckets = _buckets(app)
    if buckets is None:
        return
    wait = buckets.take(hash(person))
    if wait > 0:
        raise Limited("request.too_often", retry_after=math.ceil(wait))


def _buckets(app: Litestar) -> TokenBuckets | None:
    state = app.state
    if "request_buckets" not in state:
        rate = state.get("requests_per_second", REQUESTS_PER_SECOND)
        state["request_buckets"] = TokenBuckets(rate, rate * BURST_SECONDS) if rate > 0 else None
    buckets: TokenBuckets | None = state["request_buckets"]
    return buckets


def check_size(headers: Headers) -> None:
    """Refuse a JSON body that announces more than any use case needs; other bodies have limits of their own."""
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and len(length) < 20 and int(length) > MAX_JSON_BYTES:
        kind = headers.get("content-type", "application/json")
        if not kind.startswith(("multipart/", "application/octet-stream")):
            raise HTTPException(status_code=413, detail="body too large")


def check_origin(headers: Headers) -> None:
    """Refuse a change that another site's page asks for.

    Browsers say so themselves (``Sec-Fetch-Site``) on secure connections; elsewhere the page's origin must be this host.
    Programs send neither and are held by their credentials alone.

    Raises:
        Denied: the request comes from a foreign page.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        if site not in {"same-origin", "none"}:
            raise Denied("request.foreign")
        return
    origin = headers.get("origin")
    if origin is None:
        return
    if not _is_same_host(origin, headers.get("host", "")):
        raise Denied("request.foreign")


def _is_same_host(origin: str, host: str) -> bool:
    try:
        return bool(host) and urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False


def check_csrf(headers: Headers, session_token: str | None, *, is_sign_in: bool = False) -> None:
    """Demand the session's own CSRF token of a change that a cookie vouches for.

    Signing in replaces whatever session a browser still remembers, so an old cookie does not matter there.

    Raises:
        Denied: the header ``X-CSRF-Token`` is missing or belongs to another session.
    """
    if session_token is None or is_sign_in:
        return
    given = headers.get("x-csrf-token", "")
    if not hmac.compare_digest(given.encode(), csrf_token_of(session_token).encode()):
        raise Denied("request.csrf")


def _is_sign_in(scope: HTTPScope) -> bool:
    return scope["path"] == "/api/session" and scope["method"] == "POST"


def _address(scope: HTTPScope) -> str | None:
    client = scope.get("client")
    return client[0] if client else None


MIDDLEWARE: list[Any] = [RequestGuard]
BEFORE_SEND: list[Any] = [add_security_headers]
