"""Values of the files package."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the earth, WGS 84, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What an image says of itself."""

    width: int
    """Pixels, after turning the image upright."""
    height: int
    taken_at: datetime | None = None
    """EXIF, UTC."""
    place: Place | None = None
    """EXIF."""


@dataclass(frozen=True, slots=True)
class StoredContent:
    """Bytes that lie in the storage."""

    sha256: str
    """Hexadecimal, lower case."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """One upload."""

    id: UUID
    name: str
    size: int
    """Bytes."""
    content_type: str
    """Found by looking at the content."""
    sha256: str
    created_at: datetime
    created_by: UUID | None
    width: int | None = None
    """Pixels; only images have it."""
    height: int | None = None
    taken_at: datetime | None = None
    """When the content was made by its own account, UTC."""
    place: Place | None = None
    attached_at: datetime | None = None

    @property
    def is_image(self) -> bool:
        """Tell whether the content was read as an image."""
        return self.width is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """A part of a file's text: running text, or the rows of a table."""

    title: str = ""
    """Name of the sheet, number of the slide."""
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class FileText:
    """What a file says; ``is_cut`` where there is more than is shown."""

    parts: tuple[TextPart, ...]
    is_cut: bool
