"""Keys made of labels: Chinese by its sound. Pure."""

import re

from xiaolu.kit.pinyin import syllables
from xiaolu.studio.naming import shortened

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_OTHER = re.compile(r"[^a-z0-9]+")


def key_of(label: str) -> str:
    """Return a well-formed key for a label; ``x`` where nothing in it can be spoken."""
    said = _HAN.sub(lambda found: "_" + "".join(syllables(found.group())) + "_", label[:100].lower())
    key = _OTHER.sub("_", said).strip("_")
    if not key:
        return "x"
    return shortened(key if key[0].isalpha() else f"x_{key}", label)
