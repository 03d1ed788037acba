"""What images say of themselves, and their previews."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from tests.files.pictures import jpeg
from xiaolu.files import pixels
from xiaolu.files.documents import read_document_time
from xiaolu.files.images import UnreadableImage, preview_width, read_image, write_preview


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "content"
    path.write_bytes(content)
    return path


def test_time_and_place_are_read(tmp_path: Path) -> None:
    content = jpeg(taken=datetime(2026, 3, 2, 9, 30), offset="+08:00", place=(29.868336, 121.54399))  # noqa: DTZ001
    facts = read_image(_file(tmp_path, content), "Europe/London")
    assert facts.taken_at == datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    assert facts.place is not None
    assert facts.place.latitude == pytest.approx(29.868336, abs=1e-5)
    assert facts.place.longitude == pytest.approx(121.54399, abs=1e-5)


def test_a_time_without_offset_is_wall_clock_time_of_the_workspace(tmp_path: Path) -> None:
    facts = read_image(_file(tmp_path, jpeg(taken=datetime(2026, 3, 2, 9, 30))), "Asia/Shanghai")  # noqa: DTZ001
    assert facts.taken_at == datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def test_southern_and_western_places_are_negative(tmp_path: Path) -> None:
    facts = read_image(_file(tmp_path, jpeg(place=(-33.86, -70.5))), "Asia/Shanghai")
    assert facts.place is not None
    assert facts.place.latitude == pytest.approx(-33.86, abs=1e-4)
    assert facts.place.longitude == pytest.approx(-70.5, abs=1e-4)


def test_images_are_turned_upright_and_previews_carry_no_exif(tmp_path: Path) -> None:
    source = _file(tmp_path, jpeg(size=(800, 400), orientation=6, place=(29.8, 121.5)))
    assert (read_image(source, "UTC").width, read_image(source, "UTC").height) == (400, 800)
    target = tmp_path / "previews" / "p.webp"
    write_preview(source, target, 160)
    with Image.open(target) as preview:
        assert preview.format == "WEBP"
        assert preview.size == (160, 320)
        assert not preview.getexif()
    assert [each.name for each in target.parent.iterdir()] == ["p.webp"]


def test_bombs_and_broken_images_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pixels, "MOST_PIXELS", 1000)
    with pytest.raises(UnreadableImage):
        read_image(_file(tmp_path, jpeg(size=(64, 48))), "UTC")
    monkeypatch.undo()
    with pytest.raises(UnreadableImage):
        read_image(_file(tmp_path, b"\x89PNG\r\n\x1a\n" + b"\0" * 40), "UTC")
    with pytest.raises(UnreadableImage):
        write_preview(_file(tmp_path, jpeg(size=(400, 400))[:300]), tmp_path / "x.webp", 160)


def test_a_declared_size_beyond_the_limit_is_refused_before_decoding(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(buffer, "PNG")
    assert len(buffer.getvalue()) < 200_000
    with pytest.raises(UnreadableImage):
        read_image(_file(tmp_path, buffer.getvalue()), "UTC")


def test_few_preview_widths_are_offered() -> None:
    assert [preview_width(each) for each in (1, 160, 161, 5000)] == [160, 160, 320, 2048]


def test_documents_tell_when_they_were_changed(tmp_path: Path) -> None:
    path = _file(tmp_path, b"%PDF-1.4\n<< /CreationDate (D:20260101000000Z) /ModDate (D:20260302093000+08'00') >>")
    assert read_document_time(path, "application/pdf", "UTC") == datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    path = _file(tmp_path, b"%PDF-1.4\n<< /ModDate (D:20260302093000) >>")
    assert read_document_time(path, "application/pdf", "Asia/Shanghai") == datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    path = _file(tmp_path, b"%PDF-1.4\n<< /ModDate (D:20269902093000) >>")
    assert read_document_time(path, "application/pdf", "UTC") is None
