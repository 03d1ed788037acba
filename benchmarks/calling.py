"""Single JSON requests, for setting up and for looking whether the answers are right."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from uuid import uuid4


class Unexpected(Exception):
    """A server answered what it should not."""


def ask(
    url: str,
    body: object = None,
    headers: Mapping[str, str] | None = None,
    *,
    method: str | None = None,
    seconds: float = 300,
) -> Any:
    """Return what a JSON address answers; a body makes it a POST. Bytes are sent as they are, with the headers given."""
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    kind = {} if isinstance(body, bytes) else {"Content-Type": "application/json"}
    call = urllib.request.Request(url, data, {**kind, **(headers or {})}, method=method)
    try:
        with urllib.request.urlopen(call, timeout=seconds) as answer:
            return json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        said = error.read()[:300].decode("utf-8", "replace")
        raise Unexpected(f"{url.split('?', maxsplit=1)[0]} answered {error.code}: {said}") from None


def upload(url: str, name: str, content: bytes, headers: Mapping[str, str], **fields: str) -> Any:
    """Send a file, and fields before it, as a form does."""
    boundary = uuid4().hex
    parts = [f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}'.encode() for key, value in fields.items()]
    parts.append(f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode() + content)
    body = b"".join(f"--{boundary}\r\n".encode() + part + b"\r\n" for part in parts) + f"--{boundary}--\r\n".encode()
    return ask(url, body, {**headers, "Content-Type": f"multipart/form-data; boundary={boundary}"})


def must(condition: object, what: str) -> None:
    """Refuse answers that are not those that all are measured by."""
    if not condition:
        raise Unexpected(f"unexpected answer: {what}")
