"""When a document says it was last changed: properties of Office files and PDFs. Blocking; call it in a thread."""

import re
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

EDGE_BYTES = 256 * 1024
"""How much of a PDF's beginning and end is searched for its dates."""
MOST_PROPERTY_BYTES = 64 * 1024

_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>([^<]{1,40})<")
_PDF_DATE = re.compile(rb"/(ModDate|CreationDate)\s*\(D:(\d{14})(?:([+\-Z])(?:(\d{2})'?(\d{2})?'?)?)?")


def read_document_time(path: Path, content_type: str, time_zone: str) -> datetime | None:
    """Return when a document was last changed by its own account, in UTC; None where it does not say."""
    try:
        if content_type == "application/pdf":
            return _pdf_time(path, ZoneInfo(time_zone))
        if content_type.startswith("application/vnd.openxmlformats-officedocument."):
            return _office_time(path)
    except (OSError, ValueError, KeyError, OverflowError, zipfile.BadZipFile):
        return None
    return None


def _office_time(path: Path) -> datetime | None:
    with zipfile.ZipFile(path) as archive, archive.open("docProps/core.xml") as stream:
        found = _MODIFIED.search(stream.read(MOST_PROPERTY_BYTES))
    if found is None:
        return None
    moment = datetime.fromisoformat(found.group(1).decode("ascii", "replace").replace("Z", "+00:00"))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _pdf_time(path: Path, zone: ZoneInfo) -> datetime | None:
    with path.open("rb") as stream:
        head = stream.read(EDGE_BYTES)
        size = path.stat().st_size
        if size > 2 * EDGE_BYTES:
            stream.seek(size - EDGE_BYTES)
        tail = stream.read(EDGE_BYTES)
    times = [_pdf_moment(found, zone) for found in _PDF_DATE.finditer(head + tail)]
    return max(times, default=None)


def _pdf_moment(found: re.Match[bytes], zone: ZoneInfo) -> datetime:
    moment = datetime.strptime(found.group(2).decode(), "%Y%m%d%H%M%S")  # noqa: DTZ007 - the zone is added below
    sign, hours, minutes = found.group(3), found.group(4), found.group(5)
    if sign is None:
        return moment.replace(tzinfo=zone).astimezone(UTC)
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return moment.replace(tzinfo=timezone(-offset if sign == b"-" else offset)).astimezone(UTC)
