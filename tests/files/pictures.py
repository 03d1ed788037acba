"""Real JPEGs with EXIF, made for a test."""

import io
from datetime import datetime

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base


def jpeg(
    *,
    taken: datetime | None = None,
    offset: str | None = None,
    place: tuple[float, float] | None = None,
    size: tuple[int, int] = (64, 48),
    orientation: int | None = None,
    colour: str = "red",
) -> bytes:
    image = Image.new("RGB", size, colour)
    exif = Image.Exif()
    if orientation is not None:
        exif[Base.Orientation] = orientation
    if taken is not None:
        details = exif.get_ifd(IFD.Exif)
        details[Base.DateTimeOriginal] = taken.strftime("%Y:%m:%d %H:%M:%S")
        if offset is not None:
            details[Base.OffsetTimeOriginal] = offset
    if place is not None:
        gps = exif.get_ifd(IFD.GPSInfo)
        gps[GPS.GPSLatitudeRef] = "N" if place[0] >= 0 else "S"
        gps[GPS.GPSLatitude] = _parts(abs(place[0]))
        gps[GPS.GPSLongitudeRef] = "E" if place[1] >= 0 else "W"
        gps[GPS.GPSLongitude] = _parts(abs(place[1]))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def _parts(degrees: float) -> tuple[float, float, float]:
    minutes = (degrees - int(degrees)) * 60
    return float(int(degrees)), float(int(minutes)), round((minutes - int(minutes)) * 60, 4)
