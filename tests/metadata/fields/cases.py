"""For each field type: settings, inputs that it takes, cells that it reads, and inputs that it refuses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.names import LoadedNames
from xiaolu.metadata.fields.protocol import FileInfo
from xiaolu.metadata.model.entity import Field, Option, OptionSet

ONE = UUID("01920000-0000-7000-8000-000000000001")
TWO = UUID("01920000-0000-7000-8000-000000000002")
PDF = UUID("01920000-0000-7000-8000-00000000000a")
PHOTO = UUID("01920000-0000-7000-8000-00000000000b")
VOICE = UUID("01920000-0000-7000-8000-00000000000c")
FILM = UUID("01920000-0000-7000-8000-00000000000d")
PEOPLE = {ONE: "王芳", TWO: "李强"}

NAMES = LoadedNames(
    zone=ZoneInfo("Asia/Shanghai"),
    option_sets={
        "grade": OptionSet(
            key="grade",
            label=Label("等级"),
            options=(
                Option(key="new", label=Label("新客", "New")),
                Option(key="old", label=Label("老客、回头客", "Returning")),
                Option(key="gone", label=Label("流失"), retired=True),
            ),
        )
    },
    titles={
        "member": PEOPLE,
        "department": {ONE: "华东大区", TWO: "宁波办事处"},
        "customer": {ONE: "甲公司", TWO: "乙公司"},
    },
    files={
        PDF: FileInfo(PDF, "需求清单.pdf", 200_000, "application/pdf"),
        PHOTO: FileInfo(PHOTO, "现场.jpg", 900_000, "image/jpeg"),
        VOICE: FileInfo(VOICE, "语音.m4a", 90_000, "audio/mp4"),
        FILM: FileInfo(FILM, "现场.mp4", 4_000_000, "video/mp4"),
    },
)


@dataclass(frozen=True)
class Case:
    """What a type must do. ``good`` maps a name to (input, value); ``cells`` lists (cell, value)."""

    good: list[tuple[Any, Any]]
    bad: list[tuple[Any, str]]
    options: Mapping[str, Any] = field(default_factory=dict)
    cells: list[tuple[Any, Any]] = field(default_factory=list)
    is_exported: bool = True

    def field(self, key: str) -> Field:
        """Return a field of this type."""
        return Field(key="probe", label=Label("样例", "Sample"), type=key, options=dict(self.options))


def day(text: str) -> date:
    return date.fromisoformat(text)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


_NUMBERS: list[tuple[Any, Any]] = [
    ("1,234.5", Decimal("1234.50")),
    ("１，２３４．５", Decimal("1234.50")),
    ("1.2万", Decimal("12000.00")),
    ("(300)", Decimal("-300.00")),
    (7, Decimal("7.00")),
    (0.1 + 0.2, Decimal("0.30")),
]
GRADE = {"set": "grade"}
ITEMS = {"options": [{"key": "a", "label": {"zh": "合同"}}, {"key": "b", "label": {"zh": "发票"}}]}

CASES: dict[str, Case] = {
    "text": Case(
        good=[("  宁波 海曙\u3000", "宁波 海曙"), ("a\tb\nc", "a b c"), ("👨‍👩‍👧 emoji", "👨‍👩‍👧 emoji"), ("\x00x\ud800", "x")],
        bad=[(12, "field.expected_text"), (["a"], "field.expected_text"), ("x" * 501, "field.too_long")],
        cells=[(12.0, "12"), (12.5, "12.5"), (True, "True"), (" a ", "a")],
    ),
    "long_text": Case(
        good=[("第一行\r\n第二行\u2028三", "第一行\n第二行\n三")],
        bad=[({}, "field.expected_text"), ("x" * 200_000, "field.too_long")],
    ),
    "rich_text": Case(
        options={"max_length": 10},
        good=[
            ("<p>你好<script>alert(1)</script> <b>世界</b></p>", "<p>你好 <b>世界</b></p>"),
            ("a < b & c", "a &lt; b &amp; c"),
            ('<a href="javascript:x">x</a>', '<a rel="noopener noreferrer nofollow">x</a>'),
        ],
        bad=[("<p>12345678901</p>", "field.too_long"), (3, "field.expected_text")],
    ),
    "integer": Case(
        options={"min": -5, "max": 10_000, "unit": {"zh": "台", "en": " pcs"}},
        good=[(12, 12), (12.0, 12), ("-3", -3), (Decimal(4), 4)],
        bad=[(1.5, "field.expected_integer"), ("x", "field.expected_integer"), (True, "field.expected_integer"),
             (-6, "field.too_small"), (10_001, "field.too_great"), (10**30, "field.number_too_big"),
             (float("nan"), "field.expected_integer")],
        cells=[("1,200台", 1200), (3.0, 3), ("１２", 12)],
    ),
    "decimal": Case(
        options={"unit": {"zh": "公斤", "en": " kg"}},
        good=[(1.005, Decimal("1.01")), ("2.344", Decimal("2.34")), (-3, Decimal("-3.00")), (0, Decimal("0.00"))],
        bad=[("一千", "field.expected_number"), (True, "field.expected_number"), (10**20, "field.number_too_big"),
             (float("inf"), "field.expected_number"), ("1e999999", "field.expected_number"), ("1e99", "field.number_too_big")],
        cells=[*_NUMBERS, ("12.5公斤", Decimal("12.50"))],
    ),
    "money": Case(
        options={"min": 0},
        good=[(1234.5, Decimal("1234.50")), ("99.999", Decimal("100.00"))],
        bad=[(-1, "field.too_small"), ("abc", "field.expected_number")],
        cells=[("1,234.5元", Decimal("1234.50")), ("¥1,234", Decimal("1234.00")), ("人民币 12万元整", Decimal("120000.00")),
               ("RMB 3.5", Decimal("3.50"))],
    ),
    "percent": Case(
        options={"min": 0, "max": 1.5},
        good=[(0.25, Decimal("0.2500")), ("25%", Decimal("0.2500")), ("12.345 ％", Decimal("0.1235"))],
        bad=[(2, "field.too_great"), ("x%", "field.expected_number")],
        cells=[("30%", Decimal("0.3000")), (0.3, Decimal("0.3000"))],
    ),
    "duration": Case(
        good=[(90, 90), ("1:30", 5400), ("2小时30分", 9000), ("2h 30m", 9000), ("1天", 86_400), ("-5m", -300)],
        bad=[("很久", "field.expected_integer"), (1.5, "field.expected_integer")],
        cells=[(time(1, 30), 5400), ("45分钟", 2700)],
    ),
    "date": Case(
        options={"min": "2020-01-01"},
        good=[("2026-01-05", day("2026-01-05")), (day("2026-01-05"), day("2026-01-05")),
              ("2026-01-05T23:30:00Z", day("2026-01-06"))],
        bad=[("2026-02-30", "field.expected_date"), ("昨天", "field.expected_date"), (True, "field.expected_date"),
             ("0206-01-05", "field.date_out_of_range"), ("2019-12-31", "field.too_early")],
        cells=[("2026/1/5", day("2026-01-05")), ("2026年1月5日", day("2026-01-05")), ("2026.1.5", day("2026-01-05")),
               ("20260105", day("2026-01-05")), (46027, day("2026-01-05")), (datetime(2026, 1, 5, 8), day("2026-01-05"))],  # noqa: DTZ001
    ),
    "date_time": Case(
        good=[("2026-01-05T06:30:00Z", utc("2026-01-05 06:30")), ("2026-01-05T14:30:00+08:00", utc("2026-01-05 06:30")),
              ("2026-01-05 14:30", utc("2026-01-05 06:30"))],
        bad=[("2026-01-05 25:00", "field.expected_date_time"), ([], "field.expected_date_time"),
             ("9999-12-31T23:59:59-12:00", "field.date_out_of_range")],
        cells=[("2026/1/5 14:30", utc("2026-01-05 06:30")), ("2026年1月5日 下午2:30", utc("2026-01-05 06:30")),
               ("2026/1/5", utc("2026-01-04 16:00")), (46027.604166666664, utc("2026-01-05 06:30"))],
    ),
    "switch": Case(
        options={"on": {"zh": "已延保", "en": "Extended"}},
        good=[(True, True), (False, False)],
        bad=[("yes", "field.expected_switch"), (1, "field.expected_switch")],
        cells=[("是", True), ("否", False), ("√", True), (1, True), (0.0, False), ("TRUE", True), ("已延保", True), ("extended", True)],
    ),
    "single_select": Case(
        options=GRADE,
        good=[("new", "new"), ("gone", "gone")],
        bad=[("新", "choice.unknown_near"), ("qqq", "choice.unknown"), (3, "field.expected_choice")],
        cells=[("新客", "new"), (" NEW ", "new"), ("老客、回头客", "old")],
    ),
    "multi_select": Case(
        options={**GRADE, "minimum": 1, "maximum": 2},
        good=[(["old", "new", "old"], ["old", "new"]), ("new", ["new"])],
        bad=[(["new", "zzz"], "choice.unknown"), ([1], "field.expected_list"), (["new", "old", "gone"], "field.too_many_items")],
        cells=[("新客、老客、回头客", ["new", "old"]), ("new, returning", ["new", "old"])],
    ),
    "checklist": Case(
        options=ITEMS,
        good=[(["b", "a"], ["a", "b"])],
        bad=[(["c"], "choice.unknown"), (True, "field.expected_list")],
        cells=[("合同；发票", ["a", "b"])],
    ),
    "keyword_list": Case(
        options={"minimum": 2},
        good=[(["价格高", " 交期 ", "价格高"], ["价格高", "交期"]), ("价格高、交期，售后", ["价格高", "交期", "售后"])],
        bad=[(["一个"], "field.too_few_items"), ([1, 2], "field.expected_list"), (["x" * 50, "y"], "field.keyword_too_long")],
    ),
    "email": Case(
        good=[("Wang.Fang@Example.COM", "Wang.Fang@example.com"), ("mailto:a@b.cn", "a@b.cn"), ("王@例子.公司", "王@例子.公司")],
        bad=[("wang@", "field.expected_email"), ("a b@c.cn", "field.expected_email"), ("a@b", "field.expected_email")],
    ),
    "phone": Case(
        good=[("138 1234-5678", "13812345678"), ("+86 13812345678", "13812345678"), ("0086-138-1234-5678", "13812345678"),
              ("0574-87654321", "0574-87654321"), ("(0574) 8765 4321 转 801", "0574-87654321-801"),
              ("0574-87654321-801", "0574-87654321-801"), ("01087654321", "010-87654321"), ("+86 574 87654321", "0574-87654321"),
              ("4008208820", "400-820-8820"), ("+1 415-555-2671", "+14155552671"), ("１３８１２３４５６７８", "13812345678")],
        bad=[("12345", "field.expected_phone"), ("1381234567", "field.expected_phone"), ("王芳", "field.expected_phone"),
             ({}, "field.expected_phone")],
        cells=[(13812345678.0, "13812345678"), (13812345678, "13812345678")],
    ),
    "url": Case(
        good=[("example.com/a?b=1", "https://example.com/a?b=1"), ("http://localhost:8000/", "http://localhost:8000/"),
              ("https://例子.公司", "https://例子.公司")],
        bad=[("javascript:alert(1)", "field.expected_url"), ("ftp://a.cn", "field.expected_url"), ("no host", "field.expected_url"),
             ("http://[::1", "field.expected_url"), ("http://a.cn:99999/", "field.expected_url")],
    ),
    "region": Case(
        options={"level": "city"},
        good=[("330203", "330203"), ("浙江省/宁波市/海曙区", "330203"), ("441900", "441900"), ("110101", "110101")],
        bad=[("330000", "region.too_coarse"), ("999999", "region.unknown"), ("鼓楼区", "region.ambiguous"), (3, "field.expected_region")],
        cells=[("宁波市海曙区", "330203"), ("浙江 宁波", "330200"), ("北京市市辖区东城区", "110101"), (330203.0, "330203")],
    ),
    "user": Case(
        good=[(str(ONE), ONE), ({"id": str(ONE)}, ONE)],
        bad=[("王芳", "field.expected_reference"), (5, "field.expected_reference")],
        cells=[("王芳", ONE), (str(TWO), TWO)],
    ),
    "department": Case(
        options={"multiple": True},
        good=[([str(ONE), str(TWO), str(ONE)], [ONE, TWO]), (str(ONE), [ONE])],
        bad=[(["x"], "field.expected_references")],
        cells=[("华东大区、宁波办事处", [ONE, TWO])],
    ),
    "relation": Case(
        options={"target": "customer"},
        good=[(str(ONE), ONE)],
        bad=[("甲公司", "field.expected_reference")],
        cells=[("甲公司", ONE), (" 甲公司 ", ONE)],
    ),
    "many_to_many": Case(
        options={"target": "customer"},
        good=[([str(ONE), TWO], [ONE, TWO])],
        bad=[([None], "field.expected_references")],
        cells=[("甲公司,乙公司", [ONE, TWO])],
    ),
    "sub_table": Case(
        options={"entity": "line", "maximum": 2},
        good=[([{"product": "泵"}], [{"product": "泵"}])],
        bad=[("x", "field.expected_rows"), ([1], "field.expected_rows"), ([{}, {}, {}], "field.too_many_items")],
        is_exported=False,
    ),
    "file": Case(
        options={"content_types": ["application/pdf", "image/*"], "max_megabytes": 5},
        good=[([str(PDF), str(PHOTO)], [PDF, PHOTO])],
        bad=[([str(ONE)], "file.unknown"), ([str(FILM)], "file.wrong_type"), (["x"], "field.expected_references")],
    ),
    "image": Case(good=[([str(PHOTO)], [PHOTO])], bad=[([str(PDF)], "file.wrong_type")]),
    "audio": Case(good=[(str(VOICE), VOICE)], bad=[(str(PDF), "file.wrong_type"), ([str(VOICE), str(PDF)], "field.too_many_items")]),
    "video": Case(options={"max_megabytes": 50}, good=[(str(FILM), FILM)], bad=[(str(PDF), "file.wrong_type")]),
    "signature": Case(good=[(str(PHOTO), PHOTO)], bad=[(str(VOICE), "file.wrong_type")]),
    "location": Case(
        options={"max_accuracy": 100},
        good=[({"lat": 29.8683, "lng": "121.544", "accuracy": 12.345, "at": "2026-01-05T14:30:00+08:00", "address": " 海曙区 "},
               {"lat": 29.8683, "lng": 121.544, "accuracy": 12.35, "at": "2026-01-05T06:30:00Z", "address": "海曙区"})],
        bad=[({"lat": 91, "lng": 0}, "field.expected_location"), ("somewhere", "field.expected_location"),
             ({"lat": 1, "lng": 1, "accuracy": 500}, "location.inaccurate"), ({"lat": 1, "lng": 1, "x": 1}, "field.expected_location")],
    ),
    "barcode": Case(
        options={"format": "ean"},
        good=[("6901234567892", "6901234567892")],
        bad=[("6901234567893", "barcode.check_digit"), ("abc", "barcode.not_article")],
        cells=[(6901234567892, "6901234567892")],
    ),
    "rating": Case(
        good=[(4, 4), ("5", 5)],
        bad=[(0, "field.too_small"), (6, "field.too_great"), (2.5, "field.expected_integer")],
        cells=[("★★★☆☆", 3), ("4/5", 4), ("3星", 3)],
    ),
    "auto_number": Case(options={"numbering": "n"}, good=[("XS202601-00001", "XS202601-00001")], bad=[(4, "field.expected_text")]),
    "formula": Case(
        options={"formula": "{a} * 2", "result": "money", "format": {"scale": 0}},
        good=[(12.5, Decimal(13))],
        bad=[("x", "field.expected_number")],
    ),
    "lookup": Case(
        options={"relation": "customer", "field": "grade", "result": "single_select", "format": GRADE},
        good=[("new", "new")],
        bad=[("zzz", "choice.unknown")],
        cells=[("新客", "new")],
    ),
    "rollup": Case(
        options={"children": "lines", "aggregate": "count", "result": "integer"},
        good=[(3, 3)],
        bad=[("x", "field.expected_integer")],
    ),
}  # fmt: skip
