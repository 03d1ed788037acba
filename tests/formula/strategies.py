"""Random formulas that are well typed, over the world's orders; and random trees that need not be."""

from collections.abc import Callable
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from xiaolu.formula.syntax.nodes import (
    PRECEDENCE,
    Binary,
    BoolLiteral,
    Call,
    FieldName,
    Joined,
    Node,
    NumberLiteral,
    TextLiteral,
    Unary,
)

NUMBERS = ["0", "1", "2", "3", "7", "10", "100", "0.5", "0.1", "0.0000000001", "1.005", "2.675", "99999.99", "0.3333333333",
           "12345678901234567890", "9999999999999999999999999999.9999999999"]  # fmt: skip
TEXTS = [
    "",
    "a",
    "-",
    "，",
    "宁波",
    "😀",
    "  x ",
    "12",
    "-1.5",
    "1,234.5",
    "2026-02-28",
    "2025/1/9",
    "%",
    "ß",
    "急",
    "\\",
    "'",
]
NUMBER_FORMATS = ["0", "0.00", "#,##0", "#,##0.00", "0.0%", "000", "¥#,##0.00元"]
DATE_FORMATS = ["yyyy-mm-dd", "yy/m/d", "yyyy年m月d日", "hh:mm", "h:m:s", 'q"季度"', "yyyy-mm-dd hh:mm:ss"]


def call(name: str, *arguments: Node) -> Call:
    return Call(name, arguments)


def number_literals() -> SearchStrategy[Node]:
    return st.sampled_from(NUMBERS).map(lambda text: NumberLiteral(Decimal(text)))


def small_counts() -> SearchStrategy[Node]:
    return st.integers(0, 14).map(lambda number: NumberLiteral(Decimal(number)))


def text_literals() -> SearchStrategy[Node]:
    return st.sampled_from(TEXTS).map(TextLiteral)


def fields(*names: str) -> SearchStrategy[Node]:
    return st.sampled_from(names).map(FieldName)


class Grammar:
    """Draws expressions by type. ``is_child``: inside an aggregate over 明细."""

    def __init__(self, draw: DrawFn, depth: int, *, is_child: bool = False) -> None:
        self._draw = draw
        self._depth = depth
        self._is_child = is_child

    def pick(self, *makers: Callable[[], Node]) -> Node:
        return self._draw(st.sampled_from(makers))()

    def some(self, strategy: SearchStrategy[Node]) -> Node:
        return self._draw(strategy)

    def any_of(self, words: list[str]) -> str:
        return self._draw(st.sampled_from(words))

    def deeper(self) -> "Grammar":
        return Grammar(self._draw, self._depth - 1, is_child=self._is_child)

    def inside(self) -> "Grammar":
        return Grammar(self._draw, min(self._depth - 1, 1), is_child=True)

    def number(self) -> Node:
        leaf = ["金额", "重量", "大数", "数量", "客户.折扣", "客户.区域.系数"]
        if self._is_child:
            leaf += ["明细.单价", "明细.数量", "明细.税率", "明细.产地.系数", "明细.订单.金额"] * 2
        if self._depth <= 0:
            return self.pick(lambda: self.some(fields(*leaf)), lambda: self.some(number_literals()))
        sub = self.deeper()
        return self.pick(
            lambda: self.some(fields(*leaf)),
            lambda: self.some(number_literals()),
            lambda: Binary(self.any_of(["+", "-", "*", "/"]), sub.number(), sub.number()),
            lambda: Binary(self.any_of(["+", "-", "*", "/"]), sub.number(), sub.number()),
            lambda: Unary(self.any_of(["-", "%"]), sub.number()),
            sub.rounded,
            sub.counted,
            sub.dated,
            lambda: call(self.any_of(["SUM", "MIN", "MAX"]), sub.number(), sub.number(), sub.number()),
            lambda: call(
                "AVERAGE", *([sub.number()] if self._is_child else [sub.number(), sub.number(), sub.number()])
            ),
            lambda: call("IF", sub.condition(), sub.number(), sub.number()),
            lambda: call("COALESCE", sub.number(), sub.number()),
            sub.aggregated,
        )

    def rounded(self) -> Node:
        return self.pick(
            lambda: call(self.any_of(["ROUND", "ROUNDUP", "ROUNDDOWN"]), self.number(), self.places()),
            lambda: call(self.any_of(["ABS", "INT", "SIGN", "SQRT"]), self.number()),
            lambda: call(self.any_of(["MOD", "CEILING", "FLOOR"]), self.number(), self.number()),
            lambda: Binary("^", self.number(), self.places()),
            lambda: call("POWER", self.number(), self.number()),
        )

    def places(self) -> Node:
        return self.pick(lambda: self.some(small_counts()), lambda: Unary("-", self.some(small_counts())), self.number)

    def counted(self) -> Node:
        return self.pick(
            lambda: call("LEN", self.text()),
            lambda: call("FIND", self.text(), self.text()),
            lambda: call("FIND", self.text(), self.text(), self.places()),
            lambda: call("VALUE", self.text()),
            lambda: call("COUNT", self.text(), self.day(), FieldName("标签")),
            lambda: call("COUNT", FieldName("明细"), FieldName("伙伴")),
            lambda: call("NETWORKDAYS", self.day(), self.day()),
        )

    def dated(self) -> Node:
        return self.pick(
            lambda: call(self.any_of(["YEAR", "MONTH", "DAY", "QUARTER", "WEEKNUM", "WEEKDAY"]), self.day()),
            lambda: call(self.any_of(["HOUR", "MINUTE", "SECOND"]), self.moment()),
            lambda: call("DATEDIF", self.day(), self.day(), TextLiteral(self.any_of(["Y", "M", "D", "YM"]))),
            lambda: call("HOURSBETWEEN", self.moment(), self.moment()),
            lambda: call("DAYS", self.day(), self.day()),
            lambda: Binary("-", self.moment(), self.moment()),
            lambda: Binary("-", self.day(), self.day()),
        )

    def aggregated(self) -> Node:
        item = self.inside()
        child = FieldName(self.any_of(["明细.单价", "明细.数量", "明细.税率"]))
        return self.pick(
            lambda: call(self.any_of(["SUM", "AVERAGE", "MIN", "MAX"]), Binary("*", child, item.number())),
            lambda: call(self.any_of(["SUMIF", "AVERAGEIF", "MINIF", "MAXIF"]), item.number(), item.tested()),
            lambda: call("COUNTIF", item.tested()),
            lambda: call("COUNTIF", FieldName("明细"), item.condition()),
            lambda: call("SUM", child, self.number()),
            lambda: call(
                "COUNTUNIQUE", FieldName(self.any_of(["明细.品名", "明细.产地", "明细.交货日期", "明细.税率"]))
            ),
            lambda: call("AVERAGE", FieldName("伙伴.折扣")),
            lambda: call("SUM", FieldName("客户.订单.金额")),
        )

    def tested(self) -> Node:
        """A condition that certainly looks at the child."""
        return call("OR", FieldName("明细.有效"), self.condition())

    def text(self) -> Node:
        leaf = ["名称", "备注", "等级", "客户.名称", "客户.区域.名称"] + (
            ["明细.品名", "明细.产地.名称"] if self._is_child else []
        )
        if self._depth <= 0:
            return self.pick(lambda: self.some(fields(*leaf)), lambda: self.some(text_literals()))
        sub = self.deeper()
        return self.pick(
            lambda: self.some(fields(*leaf)),
            lambda: self.some(text_literals()),
            lambda: Joined((sub.single(), sub.single(), sub.single())),
            lambda: call(self.any_of(["UPPER", "LOWER", "TRIM"]), sub.text()),
            lambda: call(self.any_of(["LEFT", "RIGHT", "REPT"]), sub.text(), sub.places()),
            lambda: call("MID", sub.text(), sub.places(), sub.places()),
            lambda: call("SUBSTITUTE", sub.text(), sub.text(), sub.text()),
            lambda: call("CONCAT", sub.text(), sub.number(), sub.day(), sub.condition()),
            lambda: call("TEXTJOIN", sub.text(), sub.text(), sub.number()),
            lambda: call("TEXT", sub.number(), TextLiteral(self.any_of(NUMBER_FORMATS))),
            lambda: call("TEXT", self.pick(sub.day, sub.moment), TextLiteral(self.any_of(DATE_FORMATS))),
            lambda: call("IF", sub.condition(), sub.text(), sub.text()),
            lambda: call("SWITCH", sub.text_alone(), sub.text(), sub.text(), sub.text(), sub.text(), sub.text()),
            lambda: call("COALESCE", sub.text(), sub.text()),
            lambda: call("LABEL", FieldName("等级")),
            lambda: call("JOIN", Joined((FieldName("明细.品名"), self.inside().single())), sub.text()),
            lambda: call("JOIN", FieldName("标签"), sub.text()),
        )

    def single(self) -> Node:
        """An operand of ``&`` that is not joined itself."""
        found = self.pick(self.text, self.number, self.day, self.moment, self.condition)
        return call("CONCAT", found) if isinstance(found, Joined) else found

    def day(self) -> Node:
        leaf = ["日期", "截止", "客户.加入日期"] + (["明细.交货日期"] if self._is_child else [])
        if self._depth <= 0:
            return self.some(fields(*leaf))
        sub = self.deeper()
        return self.pick(
            lambda: self.some(fields(*leaf)),
            lambda: call("TODAY"),
            lambda: call("DATE", sub.moment()),
            lambda: call("DATE", sub.text()),
            lambda: call("DATE", Binary("+", NumberLiteral(Decimal(2000)), sub.number()), sub.places(), sub.number()),
            lambda: Binary(self.any_of(["+", "-"]), sub.day(), sub.number()),
            lambda: call(self.any_of(["EDATE", "EOMONTH", "ADDDAYS", "WORKDAY"]), sub.day(), sub.places()),
            lambda: call("IF", sub.condition(), sub.day(), sub.day()),
            lambda: call(self.any_of(["MIN", "MAX"]), sub.day(), sub.day()),
            lambda: call(self.any_of(["MIN", "MAX"]), FieldName("明细.交货日期"), sub.day()),
        )

    def moment(self) -> Node:
        leaf = ["时间", "完成时间"] + (["明细.发货时间"] if self._is_child else [])
        if self._depth <= 0:
            return self.some(fields(*leaf))
        sub = self.deeper()
        return self.pick(
            lambda: self.some(fields(*leaf)),
            lambda: call("NOW"),
            sub.day,
            lambda: call("ADDHOURS", sub.moment(), sub.number()),
            lambda: call("ADDDAYS", sub.moment(), sub.places()),
            lambda: Binary(self.any_of(["+", "-"]), sub.moment(), sub.number()),
            lambda: call("IF", sub.condition(), sub.moment(), sub.day()),
        )

    def condition(self) -> Node:
        if self._depth <= 0:
            return self.pick(lambda: self.some(fields("已付", "客户.重点客户")), lambda: BoolLiteral(True))
        sub = self.deeper()
        sign = self.any_of(["=", "<>", "<", "<=", ">", ">="])
        same = self.any_of(["=", "<>"])
        return self.pick(
            lambda: Binary(sign, sub.number(), sub.number()),
            lambda: Binary(sign, sub.text_alone(), sub.text_alone()),
            lambda: Binary(sign, sub.day(), self.pick(sub.day, sub.moment)),
            lambda: Binary(same, sub.text_alone(), TextLiteral("")),
            lambda: Binary(same, FieldName("等级"), TextLiteral(self.any_of(["新客", "重点", "old"]))),
            lambda: Binary(same, FieldName("负责人"), call("ME")),
            lambda: call(self.any_of(["AND", "OR"]), sub.condition(), sub.condition(), sub.condition()),
            lambda: call("NOT", sub.condition()),
            lambda: call("ISBLANK", self.pick(sub.text, sub.number, sub.day, lambda: FieldName("标签"))),
            lambda: call("IN", sub.number(), sub.number(), sub.number()),
            lambda: call("IN", sub.text_alone(), sub.text_alone(), sub.text_alone()),
            lambda: call("CONTAINS", sub.text(), sub.text()),
            lambda: call("CONTAINS", FieldName("标签"), TextLiteral(self.any_of(["急", "t2"]))),
            lambda: call(self.any_of(["STARTSWITH", "ENDSWITH"]), sub.text(), sub.text()),
            lambda: call("ISWORKDAY", sub.day()),
            lambda: call("CHANGED", FieldName(self.any_of(["金额", "名称"])), FieldName("日期")),
            lambda: Binary(sign, FieldName("金额"), call("PREVIOUS", FieldName("金额"))),
        )

    def text_alone(self) -> Node:
        """A text that is no bare choice field, which would refuse texts that are no options."""
        found = self.text()
        return call("CONCAT", found) if isinstance(found, FieldName | TextLiteral) else found


@st.composite
def typed_formulas(draw: DrawFn) -> Node:
    """Draw a formula that compiles."""
    grammar = Grammar(draw, draw(st.integers(1, 3)))
    return grammar.pick(grammar.number, grammar.text, grammar.day, grammar.moment, grammar.condition)


def _names() -> SearchStrategy[str]:
    return st.from_regex(r"\A[A-Z_\u4e00-\u4e20][A-Z0-9_]{0,5}\Z").filter(lambda name: name not in {"TRUE", "FALSE"})


def _operands(children: SearchStrategy[Node]) -> SearchStrategy[Node]:
    signs = sorted(set(PRECEDENCE) - {"&"})
    single = children.filter(lambda node: not isinstance(node, Joined))
    return st.one_of(
        st.builds(Unary, st.sampled_from(["-", "+", "%"]), children),
        st.builds(Binary, st.sampled_from(signs), children, children),
        st.lists(single, min_size=2, max_size=4).map(lambda parts: Joined(tuple(parts))),
        st.builds(Call, _names(), st.lists(children, max_size=3).map(tuple)),
    )


TEXT_CHARACTERS = st.characters(exclude_characters="\x00", exclude_categories=["Cs"])


def trees() -> SearchStrategy[Node]:
    """Draw any tree, meaningful or not."""
    numbers = st.decimals(0, Decimal(10) ** 20, allow_nan=False, allow_infinity=False, places=4)
    leaves: SearchStrategy[Node] = st.one_of(
        numbers.map(lambda value: NumberLiteral(Decimal(format(value, "f")))),
        st.text(TEXT_CHARACTERS, max_size=8).map(TextLiteral),
        st.booleans().map(BoolLiteral),
        st.text(st.characters(exclude_characters="\x00{}｛｝", exclude_categories=["Cs"]), max_size=8).map(FieldName),
    )
    return st.recursive(leaves, _operands, max_leaves=12)
