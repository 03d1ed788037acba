"""Office files as text: what is read, and what is refused."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from xiaolu.files.archives import Unreadable
from xiaolu.files.texts import read_text

OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX, PPTX = (
    f"{OFFICE}wordprocessingml.document",
    f"{OFFICE}spreadsheetml.sheet",
    f"{OFFICE}presentationml.presentation",
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _zip(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_a_document_reads_as_paragraphs(tmp_path: Path) -> None:
    body = (
        f"<w:document {W}><w:body><w:p><w:r><w:t>客户需求</w:t></w:r><w:r><w:t>清单</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>型号</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>75kW</w:t></w:r></w:p></w:tc></w:tr>"
        "</w:tbl><w:p><w:r><w:t>完</w:t></w:r></w:p></w:body></w:document>"
    )
    found = read_text(_zip(tmp_path / "a.docx", {"word/document.xml": body}), DOCX, "a.docx")
    assert found is not None
    assert found.parts[0].text.splitlines()[0] == "客户需求清单"
    assert "型号 \t75kW" in found.parts[0].text
    assert not found.is_cut


def test_slides_read_in_order(tmp_path: Path) -> None:
    def slide(text: str) -> str:
        return f'<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'

    path = _zip(tmp_path / "a.pptx", {f"ppt/slides/slide{n}.xml": slide(f"第{n}页") for n in (10, 2, 1)})
    found = read_text(path, PPTX, "a.pptx")
    assert found is not None
    assert [each.text for each in found.parts] == ["第1页", "第2页", "第10页"]


def test_sheets_read_as_rows_up_to_a_bound(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "报价"
    for row in range(500):
        sheet.append([f"型号{row}", row * 1.5, None, True])
    book.save(tmp_path / "a.xlsx")
    found = read_text(tmp_path / "a.xlsx", XLSX, "a.xlsx")
    assert found is not None
    [part] = found.parts
    assert (part.title, part.rows[1], len(part.rows), found.is_cut) == ("报价", ("型号1", "1.5", "", "1"), 200, True)


def test_text_and_tables_in_either_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("姓名,电话\n王芳,138\n".encode("gb18030"))
    found = read_text(tmp_path / "a.csv", "text/plain", "名单.CSV")
    assert found is not None
    assert found.parts[0].rows == (("姓名", "电话"), ("王芳", "138"))
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + "你好".encode() * 200_000)
    found = read_text(tmp_path / "a.txt", "text/plain", "a.txt")
    assert found is not None
    assert (found.parts[0].text[:2], len(found.parts[0].text), found.is_cut) == ("你好", 100_000, True)
    assert read_text(tmp_path / "a.txt", "video/mp4", "a.mp4") is None


def test_bombs_are_cut_or_refused(tmp_path: Path) -> None:
    wide = f"<w:document {W}>" + "<w:p/>" * 3_000_000
    found = read_text(_zip(tmp_path / "wide.docx", {"word/document.xml": wide}), DOCX, "a.docx")
    assert found is not None
    assert found.is_cut
    silent = f"<w:document {W}>" + " " * 200_000_000
    found = read_text(_zip(tmp_path / "silent.docx", {"word/document.xml": silent}), DOCX, "a.docx")
    assert found is not None
    assert found.is_cut
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    deep = "<a>" * 5_000
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"word/{number:060}.xml", "")
    (tmp_path / "many.docx").write_bytes(many.getvalue())
    for path in (
        _zip(tmp_path / "laughs.docx", {"word/document.xml": laughs}),
        _zip(tmp_path / "deep.docx", {"word/document.xml": deep}),
        _zip(tmp_path / "empty.docx", {"word/other.xml": "<a/>"}),
        tmp_path / "many.docx",
    ):
        with pytest.raises(Unreadable):
            read_text(path, DOCX, "a.docx")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(Unreadable):
        read_text(tmp_path / "broken.xlsx", XLSX, "a.xlsx")
