"""Cursors of name-ordered lists: opaque text outside, (sort key, id) inside."""

import base64
import binascii
from uuid import UUID

from xiaolu.kit.errors import Invalid
from xiaolu.kit.problems import problem


def encode_cursor(sort: str, identifier: UUID) -> str:
    """Return the cursor that goes on behind this row."""
    return base64.urlsafe_b64encode(f"{identifier}{sort}".encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None) -> tuple[str, UUID] | None:
    """Return the row that a cursor goes on behind.

    Raises:
        Invalid: the cursor was not made by ``encode_cursor``.
    """
    if not cursor:
        return None
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        return text[36:], UUID(text[:36])
    except (ValueError, binascii.Error) as error:
        raise Invalid("request.cursor", [problem("request.cursor", "cursor")]) from error
