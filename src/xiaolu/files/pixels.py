"""Images decoded with Pillow: size, EXIF time and place, previews. Loaded by ``images`` when the first image comes."""

import math
import struct
import warnings
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from PIL import Image, ImageOps
from PIL.ExifTags import GPS, IFD, Base

from xiaolu.files.images import UnreadableImage
from xiaolu.files.model import ImageFacts, Place

MOST_PIXELS = 100_000_000
"""Larger images are refused before they are decoded: a small file may unpack to gigabytes."""
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF")

Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def read_image(path: Path, time_zone: str) -> ImageFacts:
    """Return what an image says of itself, without decoding its pixels.

    A time without an offset is taken for wall-clock time in ``time_zone``.
    """
    with _open(path) as image:
        width, height = image.size
        try:
            exif = image.getexif()
            if exif.get(Base.Orientation) in {5, 6, 7, 8}:
                width, height = height, width
            return ImageFacts(width, height, _taken_at(exif, ZoneInfo(time_zone)), _place(exif.get_ifd(IFD.GPSInfo)))
        except (OSError, ValueError, SyntaxError, struct.error):
            return ImageFacts(width, height)


def write_preview(source: Path, target: Path, width: int) -> None:
    """Write an upright WebP of at most ``width`` pixels (and thrice that in height), stripped of EXIF.

    Raises:
        UnreadableImage: the pixels cannot be decoded.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{uuid4().hex}")
    try:
        with _open(source) as image:
            _shrink(image, width).save(part, "WEBP", quality=80, method=4)
        part.replace(target)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableImage(str(error)) from error
    finally:
        part.unlink(missing_ok=True)


def _shrink(image: Image.Image, width: int) -> Image.Image:
    image.draft("RGB", (width, width * 3))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((width, width * 3), Image.Resampling.LANCZOS)
    has_alpha = "A" in upright.getbands() or "transparency" in upright.info
    picture = upright.convert("RGBA" if has_alpha else "RGB")
    picture.info.clear()
    return picture


def _open(path: Path) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(path, formats=FORMATS)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnreadableImage(str(error)) from error
    if image.width * image.height > MOST_PIXELS:
        image.close()
        raise UnreadableImage("too many pixels")
    return image


def _taken_at(exif: Image.Exif, zone: ZoneInfo) -> datetime | None:
    details = exif.get_ifd(IFD.Exif)
    text = details.get(Base.DateTimeOriginal) or details.get(Base.DateTimeDigitized) or exif.get(Base.DateTime)
    moment = _moment(text)
    if moment is None:
        return None
    offset = _offset(details.get(Base.OffsetTimeOriginal) or details.get(Base.OffsetTime))
    return moment.replace(tzinfo=offset or zone).astimezone(UTC)


def _moment(text: Any) -> datetime | None:
    try:
        return datetime.strptime(str(text).strip("\x00 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the zone is added above
    except ValueError:
        return None


def _offset(text: Any) -> timezone | None:
    try:
        hours, _, minutes = str(text).strip("\x00 ").partition(":")
        sign = -1 if hours.startswith("-") else 1
        return timezone(sign * timedelta(hours=abs(int(hours)), minutes=int(minutes or 0)))
    except ValueError:
        return None


def _place(gps: dict[int, Any]) -> Place | None:
    latitude = _degrees(gps.get(GPS.GPSLatitude), gps.get(GPS.GPSLatitudeRef), "S")
    longitude = _degrees(gps.get(GPS.GPSLongitude), gps.get(GPS.GPSLongitudeRef), "W")
    if latitude is None or longitude is None or not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return Place(latitude, longitude)


def _degrees(parts: Any, reference: Any, negative: str) -> float | None:
    try:
        degrees, minutes, seconds = (
            float(Fraction(str(part))) if isinstance(part, str) else float(part) for part in parts
        )
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value):
        return None
    return -value if str(reference).strip("\x00 ").upper() == negative else value
