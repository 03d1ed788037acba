"""Which type a content has, judged by the content itself, and how each type may be served."""

import re
from collections.abc import Sequence

import filetype

HEAD_BYTES = 16384
"""How much of a content ``sniff`` wants to see."""

UNKNOWN = "application/octet-stream"

INLINE_TYPES = frozenset(
    {
        "image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/bmp", "application/pdf", "text/plain",
        "audio/mpeg", "audio/mp4", "audio/ogg", "audio/x-wav", "audio/aac", "audio/x-flac", "audio/amr", "video/mp4",
        "video/webm", "video/quicktime",
    }
)  # fmt: skip
"""Types that a browser may show in place; everything else is offered as a download."""

PREVIEW_TYPES = frozenset(
    {"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/bmp", "image/tiff"}
)
"""Types of which a smaller picture can be made."""

ACTIVE_TYPES = frozenset({"text/html", "image/svg+xml", "application/xml"})
"""Types that may run scripts in a browser; they are always served as ``application/octet-stream``."""

_OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OFFICE_PARTS = "[content_types].xml"
_OFFICE_NAMES = {"word/": "DOCX", "xl/": "XLSX", "ppt/": "PPTX"}
_FAMILIES = {"image": "JPG/PNG/WEBP", "audio": "MP3/M4A", "video": "MP4"}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HTML = re.compile(
    r"<(!doctype\s+html|html|head|body|script|iframe|object|embed|img|a\s|div|style|meta|form)\b", re.IGNORECASE
)
_SVG = re.compile(r"<(\w+:)?svg\b", re.IGNORECASE)


def sniff(head: bytes, members: Sequence[str] = ()) -> str:
    """Return the content type that ``head`` (the first ``HEAD_BYTES``) shows.

    ``members`` are the names inside, where the content is a zip archive: office documents are told by them.
    """
    if head.startswith(b"PK\x03\x04"):
        return _archive_type(members)
    if head.startswith(_OLD_OFFICE):
        return "application/x-ole-storage"
    guess = filetype.guess(head) if head else None
    if guess is not None:
        return str(guess.mime)
    return _text_type(head)


def served_type(content_type: str) -> str:
    """Return the type to name when serving a content."""
    return UNKNOWN if content_type in ACTIVE_TYPES else content_type


def may_show_inline(content_type: str) -> bool:
    """Tell whether a browser may show the content in place."""
    return content_type in INLINE_TYPES


def matches(content_type: str, wanted: Sequence[str]) -> bool:
    """Tell whether a type is among ``wanted``, whose entries may end in ``*`` for any ending."""
    return any(
        content_type == each or (each.endswith("*") and content_type.startswith(each.removesuffix("*")))
        for each in wanted
    )


def short_name(content_type: str) -> str:
    """Return what people call a type, or a family of types, whatever language they speak: PDF, DOCX, JPG/PNG."""
    kind, _, ending = content_type.partition("/")
    if ending == "*":
        return _FAMILIES.get(kind, kind)
    family = [_OFFICE_NAMES[each] for each, office in _OFFICE.items() if matches(office, [content_type])]
    if ending.endswith("*") and family:
        return "/".join(family)
    folder = next((each for each, office in _OFFICE.items() if office == content_type), None)
    return _OFFICE_NAMES[folder] if folder else {"plain": "TXT", "octet-stream": "?"}.get(ending, ending.upper())


def _archive_type(members: Sequence[str]) -> str:
    # Any archive may have such a folder; only a document lists the types of its parts.
    if any(name.lower() == _OFFICE_PARTS for name in members):
        for folder, content_type in _OFFICE.items():
            if any(name.startswith(folder) for name in members):
                return content_type
    if "AndroidManifest.xml" in members:
        return "application/vnd.android.package-archive"
    if any(name.startswith("META-INF/") for name in members):
        return "application/java-archive"
    return "application/zip"


def _text_type(head: bytes) -> str:
    if not head or _CONTROLS.search(head):
        return UNKNOWN
    text = _decode(head)
    if text is None:
        return UNKNOWN
    if text.startswith("#!"):
        return "text/x-script"
    if _SVG.search(text):
        return "image/svg+xml"
    if _HTML.search(text):
        return "text/html"
    return "application/xml" if text.lstrip().startswith("<?xml") else "text/plain"


def _decode(head: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        for cut in range(4):
            try:
                return head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    return None
