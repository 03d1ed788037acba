"""Types are found in the content; names do not matter."""

import io
import zipfile
from pathlib import Path

import pytest

from xiaolu.files.content_types import may_show_inline, served_type, sniff
from xiaolu.files.service import safe_name
from xiaolu.files.storage import ContentTooLarge, FileStorage


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 30, "image/png"),
        (b"<!DOCTYPE html><html></html>", "text/html"),
        ("\ufeff  <html>".encode(), "text/html"),
        (b"hello <script>alert(1)</script>", "text/html"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
        (b"<?xml version='1.0'?><a/>", "application/xml"),
        (b"MZ" + b"\0" * 60, "application/x-msdownload"),
        (b"#!/bin/sh\nrm -rf /", "text/x-script"),
        ("客户,金额\n甲,1".encode(), "text/plain"),
        ("客户,金额\n甲,1".encode("gb18030"), "text/plain"),
        (b"\0\1\2\3", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_content_decides(content: bytes, expected: str) -> None:
    assert sniff(content) == expected


@pytest.mark.parametrize(
    "content_type", ["text/html", "image/svg+xml", "application/xml", "application/x-msdownload", "text/x-script"]
)
def test_dangerous_types_are_never_shown_in_place(content_type: str) -> None:
    assert not may_show_inline(content_type)
    assert served_type("text/html") == served_type("image/svg+xml") == "application/octet-stream"


def test_office_documents_are_told_by_what_is_inside(tmp_path: Path) -> None:
    storage = FileStorage(tmp_path)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("xl/workbook.xml", "x")
    content = storage.add(io.BytesIO(buffer.getvalue()))
    assert storage.sniff(content.sha256) == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_an_archive_with_a_folder_of_that_name_is_no_document() -> None:
    assert sniff(b"PK\x03\x04", ["word/notes.txt", "xl/a.csv"]) == "application/zip"


def test_storage_keeps_equal_contents_once_and_refuses_large_ones(tmp_path: Path) -> None:
    storage = FileStorage(tmp_path, max_bytes=10, settle_seconds=0)
    first, second = storage.add(io.BytesIO(b"same")), storage.add(io.BytesIO(b"same"))
    assert first == second
    assert storage.digest(first.sha256) == first.sha256
    with pytest.raises(ContentTooLarge):
        storage.add(io.BytesIO(b"x" * 11))
    assert not list((tmp_path / "incoming").iterdir())
    assert storage.remove(first.sha256)
    assert storage.digest(first.sha256) is None


def test_a_fresh_content_is_not_removed(tmp_path: Path) -> None:
    storage = FileStorage(tmp_path, settle_seconds=60)
    content = storage.add(io.BytesIO(b"being uploaded"))
    assert not storage.remove(content.sha256)
    assert storage.digest(content.sha256) == content.sha256


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\合同.pdf", "合同.pdf"),
        ("a\nb\u202efdp.exe", "a_bfdp.exe"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_names_lose_folders_and_tricks(name: str, safe: str) -> None:
    assert safe_name(name) == safe
