"""What access reads from a request besides its body: who is proved to send it, and which cookies carry the proof."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Request
from litestar.datastructures import Cookie

from xiaolu.access.credentials import csrf_token_of
from xiaolu.access.limits import SignInLimits
from xiaolu.access.model import Identity
from xiaolu.access.service.sign_in import SignedIn

SESSION_COOKIE = "xiaolu_session"
CSRF_COOKIE = "xiaolu_csrf"
PUBLIC = {"public": True}
"""Option of handlers that also serve people who are not signed in."""
BEFORE_PASSWORD_CHANGE = {"before_password_change": True}
"""Option of handlers that also serve members who must first choose a password of their own."""
ENDS_VIEWING = {"ends_viewing": True}
"""Option of handlers that write though somebody looks at the system as another member: those that end it."""

AnyRequest = Request[Any, Any, Any]


def current_session(request: AnyRequest) -> UUID | None:
    """Return the session that the request came with; None for API keys and people who are not signed in."""
    identity: Identity | None = request.scope["state"].get("identity")
    return None if identity is None else identity.session_id


def csrf_of(request: AnyRequest) -> str | None:
    """Return the CSRF token of the request's session."""
    token = request.cookies.get(SESSION_COOKIE)
    return None if token is None or current_session(request) is None else csrf_token_of(token)


def sign_in_limits(request: AnyRequest) -> SignInLimits:
    """Return this application's own count of sign-in attempts."""
    state = request.app.state
    if "sign_in_limits" not in state:
        state["sign_in_limits"] = SignInLimits()
    limits: SignInLimits = state["sign_in_limits"]
    return limits


def session_cookies(request: AnyRequest, opened: SignedIn) -> Sequence[Cookie]:
    """Return the cookies of a fresh session: the proof, which scripts cannot read, and the CSRF token, which they must."""
    return [
        _cookie(request, SESSION_COOKIE, opened.token, opened.lasts_seconds, httponly=True),
        _cookie(request, CSRF_COOKIE, csrf_token_of(opened.token), opened.lasts_seconds, httponly=False),
    ]


def ended_cookies(request: AnyRequest) -> Sequence[Cookie]:
    """Return cookies that make a browser forget its session."""
    return [
        _cookie(request, SESSION_COOKIE, "", 0, httponly=True),
        _cookie(request, CSRF_COOKIE, "", 0, httponly=False),
    ]


def _cookie(request: AnyRequest, key: str, value: str, seconds: int, *, httponly: bool) -> Cookie:
    secure = bool(request.app.state.get("secure_cookies")) or request.url.scheme == "https"
    return Cookie(key=key, value=value, max_age=seconds, path="/", httponly=httponly, secure=secure, samesite="lax")
