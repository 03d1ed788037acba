"""The short way of a request: the framework's own takes a third of what a small write costs, for what few handlers use.

It serves handlers that take nothing but the context, parts of their address and a JSON body of a known shape, and return a
value of a known shape. Whatever it cannot read goes the long way, which says what is wrong with it; what the use case
refuses is told by the same exception handlers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from litestar.enums import RequestEncodingType
from litestar.handlers import HTTPRouteHandler
from litestar.params import BodyKwarg, KwargDefinition
from litestar.routes import HTTPRoute
from litestar.serialization import encode_json
from litestar.types import HTTPScope, Receive, Send
from litestar.typing import FieldDefinition

from xiaolu.web.answers import Sent
from xiaolu.web.security import MAX_JSON_BYTES

SHORT_WAY = "short_way"
"""Key in a handler's ``opt`` of its ``ShortWay``."""


@dataclass(frozen=True, slots=True)
class ShortWay:
    """How one handler is called without the framework."""

    handler: HTTPRouteHandler
    address: tuple[str, ...]
    """The parts of the address that the handler takes."""
    decode: Callable[[bytes], Any] | None
    """Reads the body; None where the handler takes none."""

    async def answer(self, ctx: Any, scope: HTTPScope, body: Any, send: Send) -> None:
        """Call the handler and send what it returns."""
        given = {key: scope["path_params"][key] for key in self.address}
        if self.decode is not None:
            given["data"] = body
        found = await self.handler.fn(ctx=ctx, **given)
        await Sent(self.handler.status_code, encode_json(found))(scope, _nothing, send)


class Replay:
    """Gives again what was received of a request, and then what follows."""

    __slots__ = ("_receive", "_seen")

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._seen: list[Any] = []

    async def __call__(self) -> Any:
        """Return the next message."""
        return self._seen.pop(0) if self._seen else await self._receive()

    async def body(self) -> bytes | None:
        """Return the whole body, to be received once more; None where it breaks off, or is too large to be taken here."""
        body = bytearray()
        while len(body) <= MAX_JSON_BYTES:
            message = await self._receive()
            self._seen.append(message)
            if message["type"] != "http.request":
                return None
            body += message["body"]
            if not message["more_body"]:
                return bytes(body)
        return None

    async def read(self, decode: Callable[[bytes], Any]) -> Any:
        """Return the body as ``decode`` reads it; None where it cannot."""
        body = await self.body()
        try:
            return decode(body) if body else None
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None


def short_way_of(route: HTTPRoute, handler: HTTPRouteHandler) -> ShortWay | None:
    """Return a handler's short way; None where it asks more of the framework than that can give."""
    signature = handler.parsed_fn_signature
    wanted = dict(signature.parameters)
    is_served = "ctx" in wanted and len(handler.paths) == 1 and _is_struct(signature.return_type)
    if not is_served or _is_special(handler):
        return None
    del wanted["ctx"]
    data = wanted.pop("data", None)
    if data is not None and not (_is_struct(data) and _is_json(data)):
        return None
    if not all(key in route.path_parameters and _is_plain(each) for key, each in wanted.items()):
        return None
    decode = None if data is None else msgspec.json.Decoder(data.annotation, strict=False).decode
    return ShortWay(handler, tuple(wanted), decode)


def _is_special(handler: HTTPRouteHandler) -> bool:
    return bool(
        handler.resolve_guards()
        or handler.resolve_before_request()
        or handler.resolve_after_response()
        or handler.after_request
        or handler.cache
        or handler.background
        or handler.resolve_response_headers()
        or handler.resolve_response_cookies()
        or handler.resolve_type_encoders()
        or handler.resolve_type_decoders()
        or handler.resolve_return_dto()
        or handler.resolve_data_dto()
        or handler.media_type != "application/json"
    )


def _is_struct(field: FieldDefinition) -> bool:
    return field.is_subclass_of(msgspec.Struct)


def _is_json(field: FieldDefinition) -> bool:
    asked = field.kwarg_definition
    return isinstance(asked, BodyKwarg) and asked.media_type == RequestEncodingType.JSON and not asked.is_constrained


def _is_plain(field: FieldDefinition) -> bool:
    asked = field.kwarg_definition
    return field.annotation in (str, UUID) and not (isinstance(asked, KwargDefinition) and asked.is_constrained)


async def _nothing() -> Any:
    return {"type": "http.disconnect"}
