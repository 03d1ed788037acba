"""What every request must pass and every answer carries: origin, CSRF, rate and size limits, security headers."""

import hmac
import math
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from litestar import Litestar
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from xiaolu.access.credentials import csrf_token_of
from xiaolu.access.routes.requests import SESSION_COOKIE
from xiaolu.kit.errors import Denied, Limited
from xiaolu.kit.ratelimit import TokenBuckets

READ = {
    each.encode(): each
    for each in (
        "authorization",
        "content-length",
        "content-type",
        "cookie",
        "host",
        "origin",
        "sec-fetch-site",
        "x-csrf-token",
    )
}
"""The headers that are looked at here; of one that is repeated, the first counts."""
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
_ENCODED = tuple((name.encode(), value.encode()) for name, value in HEADERS)
_NAMES = frozenset(name for name, _ in _ENCODED)
STRICT_TRANSPORT = (b"strict-transport-security", b"max-age=31536000")
NEVER_STORED = (b"cache-control", b"no-store")


async def finish_headers(message: Message, scope: Scope) -> None:
    """Put the security headers on an answer; a handler's own (stricter, for uploaded files) stay.

    Answers of the API are private to the person who asked, so nothing in between may keep them; and they tell the
    platform's time, from which browsers count freezes and stalls instead of from their own clock.
    """
    if message["type"] != "http.response.start" or scope["type"] != ScopeType.HTTP:
        return
    headers = [*message.get("headers", ())]
    given = {name for name, _ in headers}
    headers += _ENCODED if _NAMES.isdisjoint(given) else [each for each in _ENCODED if each[0] not in given]
    state = scope["litestar_app"].state
    if scope["scheme"] == "https" or state.get("secure_cookies"):
        headers.append(STRICT_TRANSPORT)
    if scope["path"].startswith("/api"):
        if NEVER_STORED[0] not in given:
            headers.append(NEVER_STORED)
        workspace = state.get("workspace")
        if workspace is not None:
            headers.append((b"x-xiaolu-now", workspace.now.isoformat().encode()))
    message["headers"] = headers


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
    headers = {READ[name]: value.decode("latin-1") for name, value in reversed([*scope["headers"]]) if name in READ}
    proof = scope["state"]["proof"] = _proof_in(headers)
    check_rate(scope["litestar_app"], proof.text or _address(scope))
    check_size(headers)
    if scope["method"] not in SAFE_METHODS and not proof.is_api_key:
        check_origin(headers)
        check_csrf(headers, proof.text, is_sign_in=_is_sign_in(scope))


class Proof(NamedTuple):
    """What a request presents to say who sends it: the token of a session, or an API key."""

    text: str | None
    is_api_key: bool


def proof_of(scope: HTTPScope) -> Proof:
    """Return the proof that the guard found in a request."""
    proof: Proof = scope["state"]["proof"]
    return proof


def _proof_in(headers: Mapping[str, str]) -> Proof:
    """Find a request's proof. With an API key, cookies do not count; any other scheme is no proof at all."""
    scheme, _, key = headers.get("authorization", "").partition(" ")
    if scheme == "Bearer":
        return Proof(key, is_api_key=True)
    token = None
    for cookie in headers.get("cookie", "").split(";"):
        name, _, value = cookie.partition("=")
        if name.strip() == SESSION_COOKIE:
            token = value.strip()
    return Proof(token, is_api_key=False)


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


def check_size(headers: Mapping[str, str]) -> None:
    """Refuse a JSON body that announces more than any use case needs; other bodies have limits of their own."""
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and len(length) < 20 and int(length) > MAX_JSON_BYTES:
        kind = headers.get("content-type", "application/json")
        if not kind.startswith(("multipart/", "application/octet-stream")):
            raise HTTPException(status_code=413, detail="body too large")


def check_origin(headers: Mapping[str, str]) -> None:
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


def check_csrf(headers: Mapping[str, str], session_token: str | None, *, is_sign_in: bool = False) -> None:
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
BEFORE_SEND: list[Any] = [finish_headers]
