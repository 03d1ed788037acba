"""How answers leave: JSON, with no more than the headers that it needs."""

from typing import Any, TypeVar

from litestar import MediaType, Request, Response
from litestar.serialization import encode_json
from litestar.types import Receive, Scope, Send

T = TypeVar("T")
BODILESS = frozenset({204, 304})


class JsonAnswer(Response[T]):
    """The answer of every handler that returns a value; without headers or cookies of its own it takes a short way."""

    def to_asgi_response(self, app: Any, request: Request[Any, Any, Any], **options: Any) -> Any:
        """Return the ASGI application that sends the answer."""
        is_plain = not (self.headers or self.cookies or self.background or self.response_type_encoders)
        if is_plain and self.media_type == MediaType.JSON and _is_plain(options) and self.status_code not in BODILESS:
            return Sent(self.status_code or 200, encode_json(self.content))
        return super().to_asgi_response(app, request, **options)


def _is_plain(options: dict[str, Any]) -> bool:
    return not any(
        options.get(name) for name in ("headers", "cookies", "background", "type_encoders", "is_head_response")
    )


class Sent:
    """A JSON body and its status."""

    __slots__ = ("body", "status")

    def __init__(self, status: int, body: bytes) -> None:
        self.status = status
        self.body = body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - the shape of ASGI
        """Send the answer."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(self.body))]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": False})
