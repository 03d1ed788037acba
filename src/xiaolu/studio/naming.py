"""Keys for new things, made from what people call them. Pure."""

import re
import zlib
from collections.abc import Container

from xiaolu.kit.pinyin import sort_key

LONGEST = 40
_ODD = re.compile(r"[^a-z0-9]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def key_from(label: str, taken: Container[str], *, otherwise: str = "field", longest: int = LONGEST) -> str:
    """Return a free key that sounds like a label: 客户名称 → ``ke_hu_ming_cheng``, Deal stage → ``deal_stage``."""
    spoken = (sort_key(_HUMP.sub(" ", label)) or "").partition("\x01")[0]
    key = _ODD.sub("_", spoken.lower()).strip("_")
    if not key:
        key = otherwise
    elif not key[0].isalpha():
        key = f"{otherwise[:1]}_{key}"
    key = shortened(key, label, longest)
    free, number = key, 2
    while free in taken:
        ending = f"_{number}"
        free, number = key[: longest - len(ending)] + ending, number + 1
    return free


def shortened(key: str, label: str, longest: int = LONGEST) -> str:
    """Return a key that is not too long: one that is cut ends with a mark of the whole label.

    Labels that differ behind the cut so have keys of their own, whichever of them comes first.
    """
    if len(key) <= longest:
        return key
    mark = f"_{zlib.crc32(label.strip().encode()) & 0xFFFFF:05x}"
    return key[: longest - len(mark)].rstrip("_") + mark


def readable(name: str) -> str:
    """Return a heading as a label: ``deal_stage`` and ``dealStage`` read "Deal stage"; Chinese stays as it is."""
    words = _HUMP.sub(" ", name).replace("_", " ").strip() if name.isascii() else name.strip()
    text = " ".join(words.split())
    if name.isascii() and text and not text.isupper():
        text = text[:1].upper() + (text[1:].lower() if _HUMP.search(name) or "_" in name else text[1:])
    return text[:80]
