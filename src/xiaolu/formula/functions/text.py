"""Texts. Lengths and positions count characters (code points): 汉 is one, and so is a simple emoji."""

import re
from decimal import Decimal

from xiaolu.formula.functions.definition import Checker, Family, Function, Parameter, parameter, repeated
from xiaolu.formula.functions.formats import check_text_format
from xiaolu.formula.functions.operators import JOIN_TEXTS
from xiaolu.formula.limits import DECIMALS, MAX_DIGITS, MAX_PIECE, MAX_POSITION, MAX_REPEAT, MAX_REPEATED, MAX_TEXT
from xiaolu.formula.python.decimals import whole
from xiaolu.formula.sql import pieces
from xiaolu.formula.syntax.nodes import Call
from xiaolu.formula.typed import Apply, Constant, FieldValue, Nulls, Operation, Typed
from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label
from xiaolu.kit.sql import Sql, raw

_SPACES = " \t\n\r\f\v\u00a0\u3000\u200b\ufeff"


def _count(number: Sql, low: int = 0) -> Sql:
    return pieces.whole(number, low, MAX_POSITION)


def _left(text: str, count: Decimal) -> str | None:
    size = whole(count, 0, MAX_POSITION)
    return None if size is None else text[:size]


def _right(text: str, count: Decimal) -> str | None:
    size = whole(count, 0, MAX_POSITION)
    if size is None:
        return None
    return text[-size:] if size else ""


def _mid(text: str, start: Decimal, count: Decimal) -> str | None:
    first, size = whole(start, 1, MAX_POSITION), whole(count, 0, MAX_POSITION)
    return None if first is None or size is None else text[first - 1 : first - 1 + size]


def _find(part: str, text: str, start: Decimal) -> Decimal | None:
    first = whole(start, 1, MAX_POSITION)
    if first is None:
        return None
    found = text[first - 1 :].find(part)
    return None if found < 0 else Decimal(found + first)


def _find_sql(part: Sql, text: Sql, start: Sql) -> Sql:
    body = pieces.pattern("(nullif(strpos(substr({1}, {2}), {0}), 0) + {2} - 1)::numeric")
    return pieces.once(body, part, text, _count(start, 1))


def _substitute(text: str, old: str, new: str) -> str:
    kept = text[:MAX_TEXT]
    return kept.replace(old, new[:MAX_PIECE])[:MAX_TEXT] if old else kept


def _repeat(text: str, count: Decimal) -> str | None:
    times = whole(count, 0, MAX_REPEAT)
    return None if times is None else text[:MAX_REPEATED] * times


def _repeat_sql(text: Sql, count: Sql) -> Sql:
    times = pieces.whole(count, 0, MAX_REPEAT)
    return pieces.pattern(f"repeat(left({{0}}, {MAX_REPEATED}), {{1}})")(text, times)


_YOUNG = {"\u1c8a": "\u1c89", "\u019b": "\ua7dc", "\u0264": "\ua7cb", "\ua7cd": "\ua7cc", "\ua7db": "\ua7da"}
_YOUNG |= {chr(letter): chr(letter - 32) for letter in range(0x10D70, 0x10D86)}
"""Small letters whose capitals PostgreSQL knows and older Pythons do not."""
_YOUNG_SMALL = {capital: small for small, capital in _YOUNG.items()} | {"İ": "i"}


def _upper(text: str) -> str:
    return text.upper() if text.isascii() else "".join([_capital(each) for each in text])


def _capital(letter: str) -> str:
    # One letter for one, as PostgreSQL does: ß stays, and Greek letters with an iota take their title form.
    return next((each for each in (_YOUNG.get(letter, letter.upper()), letter.title()) if len(each) == 1), letter)


def _lower(text: str) -> str:
    return text.lower() if text.isascii() else "".join([_YOUNG_SMALL.get(each, each.lower()) for each in text])


_NUMBER = f"^[+-]?[0-9]{{1,{MAX_DIGITS}}}([.][0-9]{{1,{DECIMALS}}})?$"
_NUMBER_READER = re.compile(_NUMBER.replace("$", r"\Z"))


def _value(text: str) -> Decimal | None:
    stripped = text.strip(_SPACES).replace(",", "")
    return Decimal(stripped) if _NUMBER_READER.match(stripped) else None


def _spaces_sql() -> str:
    return "E'" + "".join(f"\\u{ord(each):04x}" for each in _SPACES) + "'"


_TRIM = f"btrim({{0}}, {_spaces_sql()})"
_TEXTUAL = parameter("文本", "text", ValueType.TEXT)
_ONE = Constant(ValueType.NUMBER, Decimal(1))

LENGTH = Operation("length", pieces.pattern("char_length({0})::numeric"), lambda text: Decimal(len(text)), scale=0)
LEFT = Operation("left", lambda text, size: pieces.call("left")(text, _count(size)), _left)
RIGHT = Operation("right", lambda text, size: pieces.call("right")(text, _count(size)), _right)
MID = Operation("mid", lambda text, at, size: pieces.call("substr")(text, _count(at, 1), _count(size)), _mid)
FIND = Operation("find", _find_sql, _find, scale=0)
SUBSTITUTE = Operation(
    "substitute",
    pieces.pattern(f"left(replace(left({{0}}, {MAX_TEXT}), {{1}}, left({{2}}, {MAX_PIECE})), {MAX_TEXT})"),
    _substitute,
)
TRIM = Operation("trim", pieces.pattern(_TRIM), lambda text: text.strip(_SPACES))
UPPER = Operation("upper", pieces.pattern('upper({0} COLLATE "pg_c_utf8") COLLATE "default"'), _upper)
LOWER = Operation("lower", pieces.pattern('lower({0} COLLATE "pg_c_utf8") COLLATE "default"'), _lower)
REPEAT = Operation("repeat", _repeat_sql, _repeat)
STARTS = Operation("starts_with", pieces.call("starts_with"), str.startswith)
ENDS = Operation("ends_with", pieces.once_pattern("(right({0}, char_length({1})) = {1})"), str.endswith)
VALUE = Operation(
    "value",
    pieces.pattern(f"substring(replace({_TRIM}, ',', '') FROM '{_NUMBER.replace('(', '(?:')}')::numeric"),
    _value,
)


def _text_join_sql(separator: Sql, *texts: Sql) -> Sql:
    parts = [raw("nullif(") + each + raw(", '')") for each in texts]
    return raw("nullif(") + pieces.call("concat_ws")(raw("coalesce(") + separator + raw(", '')"), *parts) + raw(", '')")


def _text_join(separator: str | None, *texts: str | None) -> str | None:
    return (separator or "").join([each for each in texts if each]) or None


TEXT_JOIN = Operation("text_join", _text_join_sql, _text_join, Nulls.SEEN)


def _check_concat(checker: Checker, node: Call) -> Typed | None:
    parts = [checker.check_text(each) for each in node.arguments]
    found = tuple(each for each in parts if each is not None)
    return Apply(ValueType.TEXT, JOIN_TEXTS, found) if len(found) == len(parts) else None


def _check_text_join(checker: Checker, node: Call) -> Typed | None:
    separator = checker.check_as(node.arguments[0], ValueType.TEXT)
    parts = [checker.check_text(each) for each in node.arguments[1:]]
    found = tuple(each for each in parts if each is not None)
    if separator is None or len(found) < len(parts):
        return None
    return Apply(ValueType.TEXT, TEXT_JOIN, (separator, *found))


LABEL_OF = Operation(
    "label_of",
    pieces.pattern("({2})[array_position({1}, {0})]"),
    lambda key, keys, labels: labels[keys.index(key)] if key in keys else None,
)
LABELS_OF = Operation(
    "labels_of",
    pieces.pattern(
        "(SELECT array_agg(({2})[array_position({1}, _u.key)] ORDER BY _u.place)"
        " FROM unnest({0}) WITH ORDINALITY AS _u(key, place) WHERE _u.key = ANY({1}))"
    ),
    lambda found, keys, labels: [labels[keys.index(key)] for key in found if key in keys] or None,
)


def _check_label(checker: Checker, node: Call) -> Typed | None:
    value = checker.check(node.arguments[0])
    if value is None:
        return None
    if not isinstance(value, FieldValue) or not value.choices:
        checker.refuse("formula.label_of_choice", node.arguments[0].span)
        return None
    keys = Constant(ValueType.TEXT_LIST, tuple(key for key, _ in value.choices))
    labels = Constant(ValueType.TEXT_LIST, tuple(label for _, label in value.choices))
    operation = LABELS_OF if value.type is ValueType.TEXT_LIST else LABEL_OF
    return Apply(value.type, operation, (value, keys, labels))


def _plain(name: str, arguments: tuple[Parameter, ...], operation: Operation, told: Label, example: str) -> Function:
    """Describe a function that gives a text."""
    return Function(name, Family.TEXT, arguments, ValueType.TEXT, told, example, operation=operation)


_COUNT = parameter("字数", "count", ValueType.NUMBER)
_COUNT_OR_ONE = parameter("字数", "count", ValueType.NUMBER, default=_ONE)
_PART = parameter("文字", "part", ValueType.TEXT)

FUNCTIONS = (
    Function(
        "LEN", Family.TEXT, (_TEXTUAL,), ValueType.NUMBER,
        Label(zh="文本的字数，汉字、字母、表情都算一个字。", en="The number of characters of a text."),
        "LEN({备注})", operation=LENGTH,
    ),
    _plain("LEFT", (_TEXTUAL, _COUNT_OR_ONE), LEFT,
           Label(zh="文本开头的若干个字，不写字数取一个。", en="The first characters of a text, one by default."), "LEFT({编号}, 2)"),
    _plain("RIGHT", (_TEXTUAL, _COUNT_OR_ONE), RIGHT,
           Label(zh="文本末尾的若干个字，不写字数取一个。", en="The last characters of a text, one by default."), "RIGHT({手机}, 4)"),
    _plain("MID", (_TEXTUAL, parameter("开始位置", "start", ValueType.NUMBER), _COUNT), MID,
           Label(zh="从某个位置（第一个字是 1）开始的若干个字。", en="Characters from a position on; the first one is 1."),
           "MID({编号}, 3, 4)"),
    Function(
        "FIND", Family.TEXT, (_PART, _TEXTUAL, parameter("开始位置", "start", ValueType.NUMBER, default=_ONE)),
        ValueType.NUMBER,
        Label(zh="文字在文本中的位置（从 1 数起），找不到时为空。", en="Where a text holds another, counted from 1; empty where it does not."),
        'FIND("-", {编号})', operation=FIND,
    ),
    _plain("SUBSTITUTE", (_TEXTUAL, parameter("旧文字", "old", ValueType.TEXT), parameter("新文字", "new", ValueType.TEXT)),
           SUBSTITUTE, Label(zh="把文本里的旧文字全部换成新文字。", en="Replaces every occurrence of a text by another."),
           'SUBSTITUTE({电话}, "-", "")'),
    _plain("TRIM", (_TEXTUAL,), TRIM,
           Label(zh="去掉开头和末尾的空格、换行和全角空格。", en="Removes spaces and line breaks at both ends."), "TRIM({客户名称})"),
    _plain("UPPER", (_TEXTUAL,), UPPER, Label(zh="字母改成大写。", en="Writes letters as capitals."), "UPPER({型号})"),
    _plain("LOWER", (_TEXTUAL,), LOWER, Label(zh="字母改成小写。", en="Writes letters in lower case."), "LOWER({邮箱})"),
    Function(
        "CONCAT", Family.TEXT, (parameter("值", "value"), repeated("值", "value")), ValueType.TEXT,
        Label(zh="把各个值连成一个文本，与 & 相同；空值当作没有字。", en="Joins values into one text as & does; empty ones add nothing."),
        'CONCAT({省份}, "-", {城市})', check=_check_concat,
    ),
    Function(
        "TEXTJOIN", Family.TEXT,
        (parameter("分隔符", "separator", ValueType.TEXT), parameter("值", "value"), repeated("值", "value")), ValueType.TEXT,
        Label(zh="用分隔符连接各个值，跳过空值。", en="Joins values with a separator, leaving out empty ones."),
        'TEXTJOIN("，", {省份}, {城市}, {区县})', check=_check_text_join,
    ),
    Function(
        "TEXT", Family.TEXT, (parameter("值", "value"), parameter("格式", "format", ValueType.TEXT)), ValueType.TEXT,
        Label(zh='按格式写数字或日期，如 "#,##0.00"、"0.0%"、"yyyy年m月d日"、"hh:mm"。',
              en='Writes a number or date by a format such as "#,##0.00", "0.0%", "yyyy-mm-dd" or "hh:mm".'),
        'TEXT({金额}, "#,##0.00")', check=check_text_format,
    ),
    Function(
        "VALUE", Family.TEXT, (_TEXTUAL,), ValueType.NUMBER,
        Label(zh="把文本读成数字，可以有千分位逗号；读不出时为空。", en="Reads a text as a number; empty where it is none."),
        "VALUE({数量文本})", operation=VALUE,
    ),
    _plain("REPT", (_TEXTUAL, parameter("次数", "times", ValueType.NUMBER)), REPEAT,
           Label(zh="把文本（取前 100 个字）重复若干次，最多 1000 次。", en="Repeats a text (its first 100 characters), at most 1000 times."), 'REPT("★", {评分})'),
    Function(
        "STARTSWITH", Family.TEXT, (_TEXTUAL, _PART), ValueType.BOOL,
        Label(zh="文本以该文字开头时为真。", en="True where a text starts with another."),
        'STARTSWITH({编号}, "XS")', operation=STARTS,
    ),
    Function(
        "ENDSWITH", Family.TEXT, (_TEXTUAL, _PART), ValueType.BOOL,
        Label(zh="文本以该文字结尾时为真。", en="True where a text ends with another."),
        'ENDSWITH({邮箱}, ".cn")', operation=ENDS,
    ),
    Function(
        "LABEL", Family.TEXT, (parameter("选项字段", "choice field"),), None,
        Label(zh="选项字段所选项的名称。", en="The label of the option that a choice field holds."),
        '"等级：" & LABEL({等级})', check=_check_label,
    ),
)  # fmt: skip
