"""What columns hold is found out from their values; what imports read is what the guesses promise."""

from datetime import datetime
from typing import Any

import pytest

from xiaolu.kit.i18n import Label
from xiaolu.records.imports.concepts import likeness
from xiaolu.records.imports.guessing import name_score
from xiaolu.records.imports.spelling import day_order, in_order
from xiaolu.studio.naming import key_from, readable
from xiaolu.studio.spreadsheet.building import option_keys
from xiaolu.studio.spreadsheet.kinds import Column, Guessed, choices_of, guess_type
from xiaolu.studio.spreadsheet.relating import guess_relations


@pytest.mark.parametrize(
    ("name", "values", "wanted"),
    [
        ("件数", ["1", "1,204", "３", 12.0], Guessed("integer")),
        ("邮编", ["010010", "200000", "036700"], Guessed("text")),
        ("宽度", ["1.25", "3", "0.5"], Guessed("decimal", scale=2)),
        ("预计金额", ["1200", "98000.5", "1.2万"], Guessed("money", currency="CNY", scale=2)),
        ("Budget", ["$1,200", "$99.50", "$3"], Guessed("money", currency="USD", scale=2)),
        ("成本", ["¥12", "￥3,400.10", "88元", "2万元"], Guessed("money", currency="CNY", scale=2)),
        ("完成率", ["12%", "7.5%", "100 ％"], Guessed("percent", scale=3)),
        ("折扣", [0.85, 0.9, 1], Guessed("percent", scale=2)),
        ("签约日期", ["2026-01-05", "2026/1/6", "2026年1月7日", "20260108", "2026.1.9"], Guessed("date")),
        ("Due", ["10/20/2016", "01/02/2017"], Guessed("date", order="mdy")),
        ("Due", ["20/10/2016", "01/02/2017"], Guessed("date", order="dmy")),
        ("Due", ["20.10.2016", "1.2.2017"], Guessed("date", order="dmy")),
        ("Due", ["Oct 20, 2016", "1 February 2017"], Guessed("date", order="mdy")),
        (
            "打卡",
            ["2026-01-05 08:30", "2026年1月6日 9时05分", datetime.fromisoformat("2026-01-07T10:01")],
            Guessed("date_time"),
        ),
        ("联系电话", ["13800138000", "021-55558888", "+86 139 0013 9000"], Guessed("phone")),
        ("Mail", ["a@b.cn", "C.D@e-f.com"], Guessed("email")),
        ("官网", ["https://a.cn/x", "www.b.com"], Guessed("url")),
        ("是否含税", ["是", "否", "是"], Guessed("switch")),
        ("is_active", ["1", "0", "1"], Guessed("switch")),
        ("城市", ["上海市", "江苏省苏州市", "北京市海淀区"], Guessed("region")),
        ("等级", ["A", "B", "A", "C", "A", "B", "C", "A", "B"], Guessed("single_select")),
        ("标签", ["价格敏感、交期紧", "交期紧", "需要案例，价格敏感", "交期紧"], Guessed("multi_select")),
        ("记录", ["第一次上门拜访，客户对能耗和停机时间非常关心。" * 10, "电话沟通"], Guessed("long_text")),
        ("年份", ["1996", "2003", "1986"], Guessed("integer")),
        ("订单号", ["12345678901234567", "12345678901234568"], Guessed("text")),
        ("空", ["", None, " "], Guessed("text")),
    ],
)
def test_types_are_told_by_the_values(name: str, values: list[Any], wanted: Guessed) -> None:
    assert guess_type(Column(name, values)) == wanted


def test_dirt_does_not_hide_a_type_and_is_shown() -> None:
    values = ["2026-01-05"] * 1 + [f"2026-02-{at:02}" for at in range(1, 20)] + ["待定"]
    column = Column("签约日期", values)
    assert guess_type(column) == Guessed("date")
    assert (column.fits["date"].share, column.fits["date"].misfits) == (round(20 / 21, 4), ("待定",))
    assert guess_type(Column("签约日期", [*values, "未知", "没有", "再议"])).type == "text"


def test_choices_keep_their_order_and_lists_are_parted() -> None:
    column = Column("标签", ["急、贵", "贵", "远;急"])
    assert choices_of(column, "multi_select") == ("急", "贵", "远")
    assert choices_of(Column("级别", ["乙", "甲", "乙"]), "single_select") == ("乙", "甲")


def test_relations_are_told_by_values_that_are_found_again() -> None:
    customers = {"客户名称": Column("客户名称", ["远山", "近水", "高桥", "低谷"]), "人数": Column("人数", [1, 2, 3, 4])}
    orders = {
        "客户": Column("客户", ["远 山", "近水", "远 山", "高桥", ""]),
        "数量": Column("数量", [1, 2, 3, 4, 1]),
        "备注": Column("备注", ["好", "好", "坏", "好", "坏"]),
    }
    found = guess_relations({"a": customers, "b": orders})
    assert set(found) == {("b", "客户")}
    guess = found["b", "客户"][0]
    assert (guess.target, guess.column, guess.share, guess.replacements) == ("a", "客户名称", 1.0, {"远 山": "远山"})


@pytest.mark.parametrize(
    ("column", "label"),
    [
        ("公司名称", "客户名称"),
        ("客户级别", "客户等级"),
        ("联系电话", "手机"),
        ("Company", "客户"),
        ("手机号码", "电话"),
        ("备注信息说明", "备注"),
    ],
)
def test_headings_that_mean_the_same_are_alike(column: str, label: str) -> None:
    assert name_score(column, "zz", Label(label)) >= 0.62


@pytest.mark.parametrize(
    ("one", "other"), [("联系人", "客户"), ("开始日期", "结束日期"), ("客户编号", "客户名称"), ("金额", "数量")]
)
def test_headings_that_mean_different_things_are_not(one: str, other: str) -> None:
    assert likeness(one, other) < 0.67


def test_dates_with_the_year_last_are_put_in_order() -> None:
    assert day_order(["3/4/2026"]) == "mdy"
    assert day_order(["2026-01-01", "x"]) is None
    assert in_order("3/4/26 10:30", "dmy") == "2026-04-03 10:30"
    assert in_order("April 3, 2026", "dmy") == "2026-04-03"
    assert in_order("2026-01-01", "dmy") == "2026-01-01"
    assert in_order(5, "dmy") == 5


def test_keys_and_labels_come_from_headings() -> None:
    assert key_from("客户名称", ()) == "ke_hu_ming_cheng"
    assert key_from("dealStage", ("deal_stage",)) == "deal_stage_2"
    assert key_from("2026 年", ()) == "f_2026_nian"
    assert key_from("—", ()) == "field"
    assert len(key_from("很长的名字" * 20, ())) <= 40
    first, second = (key_from("上一财年各区域重点客户的平均回款周期" + each, ()) for each in ("（东）", "（西）"))
    assert first != second
    assert first.startswith("shang_yi_cai_nian_ge_qu_yu_zhong_d")
    assert option_keys(["是", "市", "否"]) == option_keys(["否", "市", "是"])
    assert (readable("deal_stage"), readable("客户名称"), readable("URL")) == ("Deal stage", "客户名称", "URL")
