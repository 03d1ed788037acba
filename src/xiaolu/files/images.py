"""Reading and shrinking images: size, EXIF time and place, previews. Blocking; call it in a thread.

The library that decodes them is loaded with the first image, so that a start does not wait for it.
"""

from pathlib import Path

from xiaolu.files.model import ImageFacts

PREVIEW_WIDTHS = (160, 320, 640, 1280, 2048)


class UnreadableImage(ValueError):
    """The content is no image of a known format, is damaged, or unpacks to too many pixels."""


def read_image(path: Path, time_zone: str) -> ImageFacts:
    """Return what an image says of itself, without decoding its pixels.

    A time without an offset is taken for wall-clock time in ``time_zone``.
    """
    from xiaolu.files import pixels

    return pixels.read_image(path, time_zone)


def write_preview(source: Path, target: Path, width: int) -> None:
    """Write an upright WebP of at most ``width`` pixels (and thrice that in height), stripped of EXIF.

    Raises:
        UnreadableImage: the pixels cannot be decoded.
    """
    from xiaolu.files import pixels

    pixels.write_preview(source, target, width)


def preview_width(wanted: int) -> int:
    """Return the smallest offered width that is not below ``wanted``: few sizes, so the cache stays small."""
    return next((each for each in PREVIEW_WIDTHS if each >= wanted), PREVIEW_WIDTHS[-1])
