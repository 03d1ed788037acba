"""Text as people type it: made storable, trimmed, and told apart from nothing at all."""

import re
import unicodedata

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_LINE_SPACE = re.compile("[\\s\ufeff]+")
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2800\u3164\ufeff\uffa0"
)
_SEEN = re.compile(f"[^\\s{_INVISIBLE}]")
_PADDING = " \t\n\r\u00a0\u3000\u200b\u2060\ufeff"


def clean_line(text: str) -> str:
    """Return ``text`` as one line: composed, without control characters, runs of other white space as one space."""
    if not text.isprintable():
        text = _LINE_SPACE.sub(" ", _UNSTORABLE.sub("", text))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text.strip(_PADDING)


def clean_block(text: str) -> str:
    """Return ``text`` with its lines kept: composed, without control characters, lines ended by a line feed."""
    if not text.isprintable():
        text = _UNSTORABLE.sub("", _LINE_ENDS.sub("\n", text))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text.strip(_PADDING)


def is_blank(text: str | None) -> bool:
    """Tell whether nothing of ``text`` can be seen: empty, white space, zero-width and filler characters."""
    return not text or _SEEN.search(text) is None
