"""Files as people have them: encodings, separators, titles above the table, empty lines; and what columns hold."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.records.imports.driver import workbook
from tests.records.queries.scene import LEAD, definitions
from xiaolu.kit.errors import Invalid
from xiaolu.metadata.fields.model import field_model
from xiaolu.metadata.snapshot import Snapshot
from xiaolu.records.imports.guessing import guess_fields
from xiaolu.records.imports.kept import drop_kept, keep_lines, kept_lines
from xiaolu.records.imports.naming import ImportNames
from xiaolu.records.imports.sources import column_names, inspect_file, read_rows

TEXT = '名称,城市\n甲公司,宁波\n\n乙公司,"合肥\n市区"\n丙公司,杭州\n'


def write(folder: Path, content: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_text_in_every_encoding_and_with_every_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    table = inspect_file(write(tmp_path, TEXT.replace(",", separator).encode(encoding)), "x.csv")
    assert table.header == ["名称", "城市"]
    assert table.total == 3
    assert [(row.number, row.line, row.cells) for row in table.rows] == [
        (1, 2, ["甲公司", "宁波"]), (2, 4, ["乙公司", "合肥\n市区"]), (3, 6, ["丙公司", "杭州"]),
    ]  # fmt: skip
    assert [row.number for row in read_rows(tmp_path / "file", table.shape, after=2)] == [3]


def test_a_title_above_the_table_is_no_header(tmp_path: Path) -> None:
    data = workbook(
        ["客户一览"],
        ["制表：安娜", "2026-03"],
        [],
        ["名称", "城市", "金额"],
        ["甲", "宁波", 1],
        [],
        ["乙", "合肥", 2.5],
    )
    table = inspect_file(write(tmp_path, data), "x.xlsx")
    assert table.header == ["名称", "城市", "金额"]
    assert [(row.line, row.cells) for row in table.rows] == [(5, ["甲", "宁波", 1.0]), (7, ["乙", "合肥", 2.5])]


def test_kept_rows_are_the_rows_of_the_sheet(tmp_path: Path) -> None:
    cells = ["甲", 1.5, True, date(2026, 3, 1), datetime(2026, 3, 1, 8, 30), time(7, 5), timedelta(hours=30), None]  # noqa: DTZ001 - a cell knows no time zone
    lines = [(at, list(cells)) for at in range(3, 1_203)]
    keep_lines(tmp_path / "kept", lines)
    read = list(kept_lines(tmp_path / "kept"))
    assert read == [(at, cells) for at in range(3, 1_203)]
    assert [type(each) for each in read[-1][1]] == [type(each) for each in cells]


def test_a_sheet_is_parsed_once_and_forgotten_with_its_import(tmp_path: Path) -> None:
    path = write(tmp_path, workbook(["名称", "日期"], ["甲", date(2026, 3, 1)]))
    table = inspect_file(path, "x.xlsx")
    path.write_bytes(b"no longer looked at")
    assert [row.cells for row in read_rows(path, table.shape)] == [["甲", date(2026, 3, 1)]]
    drop_kept(path)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_a_long_text_with_a_character_on_the_edge_of_what_is_looked_at(tmp_path: Path) -> None:
    text = "名称,说明\n" + "".join(f"客户{at},{'汉' * 50}\n" for at in range(3_000))
    for encoding in ("utf-8", "gb18030"):
        table = inspect_file(write(tmp_path, text.encode(encoding)), "x.csv")
        assert (table.total, table.shape.encoding) == (3_000, "utf-8-sig" if encoding == "utf-8" else "gb18030")


def test_formula_like_text_loses_the_apostrophe_of_an_export(tmp_path: Path) -> None:
    table = inspect_file(write(tmp_path, "名称,备注\n'=1+1,'quoted\n'+86 1,x\n".encode()), "x.csv")
    assert [row.cells for row in table.rows] == [["=1+1", "'quoted"], ["+86 1", "x"]]


@pytest.mark.parametrize("content", [b"", b"\x00\x01", "名称\n".encode(), b"\xd0\xcf\x11\xe0rubbish", b"PK\x03\x04"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Invalid):
        inspect_file(write(tmp_path, content), "x")


def test_columns_without_or_with_the_same_name_are_told_apart() -> None:
    assert column_names(["名称", None, "名称", " 客户  名 ", "", None]) == ["名称", "#2", "名称 (2)", "客户 名"]


@pytest.mark.parametrize(
    ("column", "samples", "field"),
    [
        ("名称", ["x"], "name"),
        ("Name", ["x"], "name"),
        ("手机号", ["13812345678", "13912345678"], "phone"),
        ("联系电话", ["13812345678"], "phone"),
        ("等级 ", ["高"], "level"),
        ("dengji", ["高"], "level"),
        ("Amount", [1], "amount"),
        ("到期日", ["2026-01-01"], "due"),
        ("客户名称", ["甲"], "name"),
        ("完全无关", ["随便"], None),
    ],
)
def test_guesses(column: str, samples: list[Any], field: str | None) -> None:
    snapshot = Snapshot(1, definitions())
    names = ImportNames(snapshot, ZoneInfo("Asia/Shanghai"))
    fields = {each.key: field_model(each) for each in LEAD.fields}
    guess = guess_fields([column], [samples], fields, names)[0]
    assert (guess.field if guess else None) == field


def test_a_field_is_guessed_for_one_column_only() -> None:
    snapshot = Snapshot(1, definitions())
    names = ImportNames(snapshot, ZoneInfo("Asia/Shanghai"))
    fields = {each.key: field_model(each) for each in LEAD.fields}
    guesses = guess_fields(["电话号码", "电话"], [["1"], ["2"]], fields, names)
    assert [guess.field if guess else None for guess in guesses] == [None, "phone"]


def test_cells_are_not_searched_for_regions_where_nothing_speaks_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []

    def suggest(text: str) -> list[str]:
        searched.append(text)
        return []

    monkeypatch.setattr("xiaolu.metadata.fields.region.suggest_regions", suggest)
    names = ImportNames(Snapshot(1, definitions()), ZoneInfo("Asia/Shanghai"))
    fields = {each.key: field_model(each) for each in LEAD.fields}
    guess_fields(["完全无关", "区域"], [["随便一句"] * 50, ["某个地方"]], fields, names)
    assert searched == ["某个地方"]


def test_near_misses() -> None:
    names = ImportNames(Snapshot(1, definitions()), ZoneInfo("Asia/Shanghai"))
    names.learn_all("customer", [])
    names._catalogue["customer"] = ["GTX Pro", "GTX Plus Pro", "MG Special"]
    assert next(iter(names.suggest("customer", "GTXPro"))) == "GTX Pro"
    assert list(names.suggest("customer", "zzz")) == []
