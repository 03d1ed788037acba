"""What formulas give, one line each; every line is computed by both back ends."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from tests.formula.conftest import Oracle
from tests.formula.world import DEPARTMENT, ME

D = Decimal
SHANGHAI_EVENING = datetime(2026, 3, 31, 17, 30, tzinfo=UTC)  # 1 April, 01:30 in Shanghai

CASES: list[tuple[str, Any]] = [
    # operators and precedence
    ("1 + 2 * 3", D(7)),
    ("=2^3^2", D(64)),
    ("-2^2", D(4)),
    ("50%", D("0.5")),
    ("200 * 5%", D(10)),
    ("1 / 3", D("0.3333333333")),
    ("2 / 3", D("0.6666666667")),
    ("-2 / 3", D("-0.6666666667")),
    ("1 / 0", None),
    ("0.1 + 0.2 = 0.3", True),
    ("1 - 1 = 0", True),
    ('"a" & 1 & TRUE & 1.50 & DATE(2026, 1, 2)', "aTRUE".replace("a", "a1") + "1.52026-01-02"),
    ('"“引号”" & ""', "“引号”"),
    ('"a" < "B"', False),
    ('"甲" <> "乙"', True),
    ("3 <> 3", False),
    ("（1＋2）×3÷9", D(1)),
    ("IF(1≤2，“是”，“否”)", "是"),
    # empty values
    ("{amount} + 1", None),
    ("{amount} = 0", None),
    ("{amount} <> 0", None),
    ('{amount} = ""', True),
    ('{name} <> ""', False),
    ("{amount} = BLANK()", True),
    ('{name} & "x"', "x"),
    ('"" & {name}', None),
    ("IF({amount} > 1, 1, 2)", D(2)),
    ("IF({paid}, 1)", None),
    ("NOT({paid})", None),
    ("AND({paid}, FALSE)", False),
    ("AND({paid}, TRUE)", None),
    ("OR({paid}, TRUE)", True),
    ("OR({paid}, FALSE)", None),
    ("COALESCE({amount}, {weight}, 3)", D(3)),
    ('COALESCE({name}, "", "y")', "y"),
    ("ISBLANK({tags})", True),
    ("SUM({amount}, 1, {weight})", D(1)),
    ("SUM({amount})", D(0)),
    ("AVERAGE({amount}, 1, 2)", D("1.5")),
    ("AVERAGE({amount})", None),
    ("MIN({amount}, 5, 3)", D(3)),
    ("MAX({day}, DATE(2026, 1, 1))", date(2026, 1, 1)),
    ('COUNT({amount}, 1, {name}, "x")', D(2)),
    ("COUNT({items})", D(0)),
    ("SUM({items.price})", D(0)),
    ("MIN({items.price})", None),
    ('CONTAINS({tags}, "急")', False),
    # logic
    ('IFS(1 > 2, "a", 2 > 1, "b", "c")', "b"),
    ('IFS(1 > 2, "a", 2 > 3, "b", "c")', "c"),
    ('IFS(1 > 2, "a")', None),
    ('SWITCH(2, 1, "一", 2, "二", "多")', "二"),
    ('SWITCH(9, 1, "一", 2, "二")', None),
    ("IN(3, 1, 2, 3)", True),
    ("IN(4, 1, 2, 3)", False),
    ("IN(4, 1, {amount})", None),
    ('IN(DATE(2026, 1, 1), "2026-01-01", NOW())', True),
    # text
    ('LEN("汉字😀")', D(3)),
    ('LEFT("汉字😀x", 3)', "汉字😀"),
    ('RIGHT("汉字😀x", 2)', "😀x"),
    ('RIGHT("abc", 0)', None),
    ('LEFT("abc", -1)', None),
    ('MID("abcdef", 3, 2)', "cd"),
    ('MID("abc", 0, 2)', None),
    ('FIND("c", "abcabc")', D(3)),
    ('FIND("c", "abcabc", 4)', D(6)),
    ('FIND("z", "abc")', None),
    ('SUBSTITUTE("a-b-c", "-", "")', "abc"),
    ('SUBSTITUTE("abc", "", "x")', "abc"),
    ('TRIM("　 a b ")', "a b"),
    ('UPPER("straße é")', "STRAßE É"),
    ('VALUE(" 1,234.50 ")', D("1234.5")),
    ('VALUE("12a")', None),
    ('REPT("★", 3)', "★★★"),
    ('REPT("x", -1)', None),
    ('TEXTJOIN("-", "a", {name}, "", 1)', "a-1"),
    ('STARTSWITH("XS001", "XS")', True),
    ('ENDSWITH("XS001", "XS")', False),
    ('CONTAINS("交期太长", "交期")', True),
    ('TEXT(1234567.895, "#,##0.00")', "1,234,567.90"),
    ('TEXT(-0.004, "0.00")', "0.00"),
    ('TEXT(0.1256, "0.0%")', "12.6%"),
    ('TEXT(7, "000")', "007"),
    ('TEXT(1234.5, "¥#,##0.00元")', "¥1,234.50元"),
    ('TEXT(DATE(2026, 3, 5), "yyyy年m月d日")', "2026年3月5日"),
    ('TEXT({at}, "yyyy-mm-dd hh:mm")', None),
    # numbers
    ("ROUND(2.675, 2)", D("2.68")),
    ("ROUND(-2.675, 2)", D("-2.68")),
    ("ROUND(1250, -2)", D(1300)),
    ("ROUND(2.5)", D(3)),
    ("ROUNDUP(2.0001, 2)", D("2.01")),
    ("ROUNDUP(-2.001, 2)", D("-2.01")),
    ("ROUNDDOWN(-2.999, 0)", D(-2)),
    ("INT(-1.5)", D(-2)),
    ("MOD(-7, 3)", D(2)),
    ("MOD(7, -3)", D(-2)),
    ("MOD(7, 0)", None),
    ("CEILING(13, 12)", D(24)),
    ("CEILING(-13, 12)", D(-12)),
    ("CEILING(1.2)", D(2)),
    ("FLOOR(1234, 100)", D(1200)),
    ("FLOOR(5, 0)", None),
    ("POWER(1.0042, 360)", D("4.5214541769")),
    ("4 ^ 0.5", D(2)),
    ("(-8) ^ 0.5", None),
    ("0 ^ 0", D(1)),
    ("0 ^ -1", None),
    ("SQRT(2)", D("1.4142135624")),
    ("SQRT(-1)", None),
    ("10 ^ 27 * 9", D(9) * 10**27),
    ("10 ^ 27 * 10", None),
    # dates; now is 2026-02-15 01:30 in Shanghai
    ("TODAY()", date(2026, 2, 15)),
    ("YEAR(TODAY()) * 100 + MONTH(TODAY())", D(202602)),
    ("HOUR(NOW())", D(1)),
    ("DATE(2026, 14, 1)", date(2027, 2, 1)),
    ("DATE(2024, 3, 0)", date(2024, 2, 29)),
    ("DATE(2026, 1, 1) + 31", date(2026, 2, 1)),
    ("DATE(2026, 3, 1) - DATE(2026, 2, 1)", D(28)),
    ('DATE("2026-02-30")', None),
    ('DATE("2026/2/3")', date(2026, 2, 3)),
    ("EDATE(DATE(2026, 1, 31), 1)", date(2026, 2, 28)),
    ("EOMONTH(DATE(2024, 1, 15), 1)", date(2024, 2, 29)),
    ('DATEDIF(DATE(2025, 3, 31), DATE(2026, 3, 30), "Y")', D(0)),
    ('DATEDIF(DATE(2025, 1, 31), DATE(2026, 3, 30), "M")', D(13)),
    ('DATEDIF(DATE(2026, 3, 30), DATE(2025, 1, 31), "M")', D(-13)),
    ('DATEDIF(DATE(2025, 1, 31), DATE(2026, 3, 30), "YM")', D(1)),
    ("DAYS(DATE(2026, 2, 1), DATE(2026, 1, 1))", D(31)),
    ("WEEKDAY(DATE(2026, 2, 15))", D(1)),
    ("WEEKDAY(DATE(2026, 2, 15), 2)", D(7)),
    ("WEEKNUM(DATE(2026, 1, 1))", D(1)),
    ("QUARTER(DATE(2026, 11, 1))", D(4)),
    ("ADDHOURS(DATE(2026, 1, 1), 9.5)", datetime(2026, 1, 1, 1, 30, tzinfo=UTC)),
    ("ADDDAYS(DATE(2026, 1, 1), 30)", date(2026, 1, 31)),
    ("HOURSBETWEEN(DATE(2026, 1, 1), DATE(2026, 1, 4))", D(72)),
    ("DATE(9999, 12, 30) + 5", None),
    ('DATE(2026, 2, 15) > "2026-02-14"', True),
    # the Spring Festival of 2026: 15 to 23 February off, 14 and 28 February worked
    ("ISWORKDAY(DATE(2026, 2, 14))", True),
    ("ISWORKDAY(DATE(2026, 2, 16))", False),
    ("WORKDAY(DATE(2026, 2, 13), 1)", date(2026, 2, 14)),
    ("WORKDAY(DATE(2026, 2, 13), 2)", date(2026, 2, 24)),
    ("WORKDAY(DATE(2026, 2, 16), -1)", date(2026, 2, 14)),
    ("WORKDAY(DATE(2026, 2, 16), 0)", date(2026, 2, 16)),
    ("NETWORKDAYS(DATE(2026, 2, 9), DATE(2026, 2, 28))", D(11)),
    ("NETWORKDAYS(DATE(2026, 2, 28), DATE(2026, 2, 9))", D(-11)),
    ("WORKDAY(DATE(1900, 1, 1), 1)", None),
    # people
    ("{owner} = ME()", None),
    ("ISBLANK(MYDEPARTMENT())", False),
    ("ME()", ME),
    ("MYDEPARTMENT()", DEPARTMENT),
]


@pytest.mark.parametrize(("formula", "expected"), CASES, ids=[formula for formula, _ in CASES])
def test_on_an_empty_order(oracle: Oracle, formula: str, expected: Any) -> None:
    found = oracle.one(formula)
    assert found == expected
    assert type(found) is type(expected) or isinstance(expected, UUID)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("IF({金额} >= 100000, {金额} * 5%, 0)", D("6172.839")),
        ("ROUND({金额} / 3, 2)", D("41152.26")),
        ('{等级} = "重点"', True),
        ('{等级} = "key"', True),
        ('"重点" = {等级}', True),
        ('IN({等级}, "新客", "重点")', True),
        ('SWITCH({等级}, "新客", 1, "重点", 2)', D(2)),
        ("LABEL({等级})", "重点"),
        ("JOIN(LABEL({标签}), \"/\")", "急/缓"),
        ('CONTAINS({标签}, "急")', True),
        ('IN("t2", {标签})', True),
        ("COUNT({标签})", D(2)),
        ("{负责人} = ME()", True),
        ("DATE({时间})", date(2026, 4, 1)),
        ("DAY({时间}) & \":\" & HOUR({时间})", "1:1"),
        ('TEXT({时间}, "yyyy-mm-dd hh:mm:ss")', "2026-04-01 01:30:00"),
        ('"" & {时间}', "2026-04-01 01:30"),
        ("{日期} < {时间}", True),
        ("ADDHOURS({时间}, 1.5)", datetime(2026, 3, 31, 19, 0, tzinfo=UTC)),
        ("{时间} - {日期}", D("0.0625")),
        ("LEN({名称})", D(7)),
    ],
)  # fmt: skip
def test_on_an_order_with_values(oracle: Oracle, formula: str, expected: Any) -> None:
    found = oracle.one(
        formula, amount=D("123456.78"), level="key", tags=["t1", "t2"], owner=ME, at=SHANGHAI_EVENING,
        day=date(2026, 4, 1), name="甲方😀有限公司",
    )  # fmt: skip
    assert found == expected


def test_another_time_zone_sees_another_day(oracle: Oracle) -> None:
    assert oracle.one("DATE({时间})", zone="UTC", at=SHANGHAI_EVENING) == date(2026, 3, 31)
    assert oracle.one("HOUR({时间})", zone="America/New_York", at=SHANGHAI_EVENING) == D(13)


def test_collections_are_walked_without_deleted_records(oracle: Oracle) -> None:
    found = oracle.both("COUNT({明细}) * 1000 + COUNT({伙伴}) * 100 + COUNT({客户.订单})")
    for order in oracle.world.orders:
        items = [each for each in oracle.world.items if each["parent_id"] == order["id"] and not each["deleted_at"]]
        assert found[order["id"]] // 1000 == len(items)


@pytest.mark.parametrize(
    "formula",
    [
        "SUM({明细.单价} * {明细.数量})",
        "SUM({明细.单价} * {客户.折扣}) / COUNT({明细})",
        "SUMIF({明细.单价}, {明细.有效})",
        "SUMIF({金额}, {明细.有效})",
        "COUNTIF({明细}, {明细.单价} > AVERAGE({明细.单价}))",
        "COUNTIF({明细.品名}, {明细.数量} > 0)",
        "AVERAGEIF({明细.税率}, NOT(ISBLANK({明细.产地})))",
        "MINIF({明细.发货时间}, {明细.有效})",
        "MAX({明细.交货日期}, {截止}, {时间})",
        'JOIN({明细.品名} & ":" & {明细.单价}, "；", {明细.数量} > 0)',
        "JOIN({明细.产地.名称})",
        "COUNTUNIQUE({明细.产地.名称})",
        "JOIN({伙伴.名称}, {名称})",
        "MAX({客户.订单.金额}) - {金额}",
        "CHANGED({金额}, {名称})",
        "COALESCE({金额}, 0) - COALESCE(PREVIOUS({金额}), 0)",
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_collections_agree(oracle: Oracle, formula: str, zone: str) -> None:
    oracle.both(formula, zone=zone, changed_allowed=True)
