"""TEXT: numbers and dates written by a format such as ``#,##0.00`` or ``yyyy年m月d日``.

The format is a constant, read once when the formula is checked.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from xiaolu.formula.environment import PythonEnv
from xiaolu.formula.functions.definition import Checker
from xiaolu.formula.functions.operators import local
from xiaolu.formula.limits import DECIMALS, MAX_DIGITS
from xiaolu.formula.python.decimals import bounded, multiply_exactly, round_to
from xiaolu.formula.sql import pieces
from xiaolu.formula.syntax.nodes import Call, TextLiteral
from xiaolu.formula.typed import Apply, Constant, Operation, Typed
from xiaolu.formula.types import ValueType
from xiaolu.kit.sql import Param, Sql, compose, param

_NUMBER = re.compile(r"(?P<before>[^#0,.%]*)(?P<whole>[#0,]*[#0])(?:\.(?P<decimals>0+))?(?P<after>%?[^#0,.%]*)\Z")
_DATE = re.compile(r'(?P<token>yyyy|yy|mm?|dd?|hh?|ss?|q)|"(?P<quoted>[^"]*)"|(?P<plain>[^a-z"])', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A number format, read: least digits before the point, decimals, thousands, and the text around."""

    digits: int
    decimals: int
    is_grouped: bool
    is_percent: bool
    before: str
    after: str

    @property
    def pattern(self) -> str:
        """Return the pattern for PostgreSQL's to_char."""
        places = "9" * (MAX_DIGITS - self.digits) + "0" * self.digits
        if self.is_grouped:
            head = len(places) % 3
            groups = [places[:head]] if head else []
            groups += [places[at : at + 3] for at in range(head, len(places), 3)]
            places = ",".join(groups)
        return f"FM{places}" + (f".{'0' * self.decimals}" if self.decimals else "")


@cache
def read_number_format(text: str) -> NumberFormat | None:
    """Read a number format; None where it is none."""
    match = _NUMBER.match(text)
    if match is None or len(text) > 100 or len(match["decimals"] or "") > DECIMALS:
        return None
    return NumberFormat(
        digits=min(max(match["whole"].count("0"), 1), MAX_DIGITS),
        decimals=len(match["decimals"] or ""),
        is_grouped="," in match["whole"],
        is_percent=match["after"].startswith("%"),
        before=match["before"],
        after=match["after"],
    )


@cache
def read_date_format(text: str) -> tuple[tuple[str, bool], ...] | None:
    """Read a date format into (piece, is it a token); minutes are written ``mi`` in the result. None where it is none."""
    if len(text) > 100 or not re.search("[a-z]", text, re.IGNORECASE):
        return None
    found: list[tuple[str, bool]] = []
    position = 0
    while position < len(text):
        match = _DATE.match(text, position)
        if match is None:
            return None
        position = match.end()
        if match["token"]:
            found.append((match["token"].lower(), True))
        else:
            found.append((match["plain"] if match["quoted"] is None else match["quoted"], False))
    return tuple(_tell_minutes(found))


def _tell_minutes(found: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """``m`` behind hours or before seconds means minutes."""
    tokens = [index for index, (_, is_token) in enumerate(found) if is_token]
    names = [found[index][0] for index in tokens]
    for place, index in enumerate(tokens):
        near_hours = place > 0 and names[place - 1] in {"h", "hh"}
        near_seconds = place + 1 < len(names) and names[place + 1] in {"s", "ss"}
        if names[place] in {"m", "mm"} and (near_hours or near_seconds):
            found[index] = ("mi" if names[place] == "mm" else "i", True)
    return found


_TO_CHAR = {
    "yyyy": "YYYY", "yy": "YY", "mm": "MM", "m": "FMMM", "dd": "DD", "d": "FMDD", "hh": "HH24", "h": "FMHH24",
    "mi": "MI", "i": "FMMI", "ss": "SS", "s": "FMSS", "q": "Q",
}  # fmt: skip


def _date_pattern(text: str) -> str:
    written: list[str] = []
    for piece, is_token in read_date_format(text) or ():
        if is_token:
            written.append(_TO_CHAR[piece])
        else:
            written.append('"' + piece.replace("\\", "\\\\").replace('"', '\\"') + '"')
    return "".join(written)


def _write_date(moment: date, text: str) -> str:
    return "".join(_piece(moment, piece) if is_token else piece for piece, is_token in read_date_format(text) or ())


def _piece(moment: date, unit: str) -> str:
    clock = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001
    if unit == "q":
        return str((moment.month + 2) // 3)
    if unit in {"yyyy", "yy"}:
        return f"{moment.year:04d}"[-len(unit) :]
    number = {"m": moment.month, "d": moment.day, "h": clock.hour, "i": clock.minute, "s": clock.second}
    if unit == "mi":
        return f"{clock.minute:02d}"
    return str(number[unit]) if len(unit) == 1 else f"{number[unit[0]]:02d}"


def _write_number(value: Decimal, text: str) -> str | None:
    form = read_number_format(text)
    if form is None:
        return None
    rounded = bounded(round_to(multiply_exactly(value, Decimal(100)) if form.is_percent else value, form.decimals))
    if rounded is None:
        return None
    whole, point, fraction = format(rounded.copy_abs(), "f").partition(".")
    whole = whole.zfill(form.digits)
    if form.is_grouped:
        head = len(whole) % 3
        whole = ",".join(([whole[:head]] if head else []) + [whole[at : at + 3] for at in range(head, len(whole), 3)])
    return f"{form.before}{'-' if rounded < 0 else ''}{whole}{point}{fraction}{form.after}"


def _constant(operand: Sql) -> str:
    part = operand.parts[0]
    return part.value if isinstance(part, Param) else part


def _write_number_sql(value: Sql, text: Sql) -> Sql:
    form = read_number_format(_constant(text))
    if form is None:
        return compose("NULL::text")
    shown = compose("({value} * 100)", value=value) if form.is_percent else value
    rounded = pieces.bounded(compose("round({shown}, {decimals})", shown=shown, decimals=param(form.decimals, "int")))
    return compose(
        "({before} || to_char({rounded}, {pattern}) || {after})",
        before=param(form.before, "text"),
        rounded=rounded,
        pattern=param(form.pattern, "text"),
        after=param(form.after, "text"),
    )


def _write_date_sql(value: Sql, text: Sql) -> Sql:
    pattern = param(_date_pattern(_constant(text)), "text")
    return compose("to_char({value}::timestamp, {pattern})", value=value, pattern=pattern)


def _write_moment_sql(surroundings: pieces.Surroundings, value: Sql, text: Sql) -> Sql:
    zone = param(surroundings.env.time_zone, "text")
    return _write_date_sql(compose("({value} AT TIME ZONE {zone})", value=value, zone=zone), text)


def _write_moment(env: PythonEnv, moment: datetime, text: str) -> str:
    return _write_date(local(moment, env), text)


FORMAT_NUMBER = Operation("format_number", _write_number_sql, _write_number)
FORMAT_DATE = Operation("format_date", _write_date_sql, _write_date)
FORMAT_MOMENT = Operation("format_moment", _write_moment_sql, _write_moment, needs_env=True)


def check_text_format(checker: Checker, node: Call) -> Typed | None:
    """Type ``TEXT(value, "format")``: the format must be a literal that fits the value."""
    value = checker.check(node.arguments[0])
    form = node.arguments[1]
    if value is None:
        return None
    if not isinstance(form, TextLiteral):
        checker.refuse("formula.constant_expected", form.span, function="TEXT")
        return None
    if value.type is ValueType.NUMBER:
        operation, is_good = FORMAT_NUMBER, read_number_format(form.value) is not None
    elif value.type in {ValueType.DATE, ValueType.DATETIME}:
        operation = FORMAT_DATE if value.type is ValueType.DATE else FORMAT_MOMENT
        is_good = read_date_format(form.value) is not None
    else:
        checker.refuse("formula.text_of", node.arguments[0].span, found=f"@formula.type.{value.type}")
        return None
    if not is_good:
        checker.refuse("formula.format", form.span, format=form.value)
        return None
    return Apply(ValueType.TEXT, operation, (value, Constant(ValueType.TEXT, form.value)))
