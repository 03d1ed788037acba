"""Numbers: decimal throughout; halves are rounded away from zero."""

from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

from xiaolu.formula.functions import operators
from xiaolu.formula.functions.definition import Family, Function, Parameter, parameter
from xiaolu.formula.limits import DECIMALS, MAX_DIGITS
from xiaolu.formula.python import decimals
from xiaolu.formula.sql import pieces
from xiaolu.formula.typed import Constant, Operation
from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label
from xiaolu.kit.sql import Sql

_COUNTS = {Decimal(count): count for count in range(-MAX_DIGITS, DECIMALS + 1)}
"""The usual numbers of places, found faster than computed."""


def _rounding(mode: str) -> Callable[[Decimal, Decimal], Decimal | None]:
    def run(value: Decimal, places: Decimal) -> Decimal | None:
        count = _COUNTS.get(places)
        if count is None:
            count = decimals.whole(places, -MAX_DIGITS, DECIMALS)
        return None if count is None else decimals.round_to(value, count, mode)

    return run


def _with_places(body: Callable[..., Sql]) -> Callable[[Sql, Sql], Sql]:
    return lambda value, places: body(value, pieces.whole(places, -MAX_DIGITS, DECIMALS))


ROUND = Operation("round", _with_places(pieces.call("round")), _rounding(ROUND_HALF_UP))
ROUND_TO_ZERO = Operation("round_to_zero", _with_places(pieces.call("trunc")), _rounding(ROUND_DOWN))
ROUND_FROM_ZERO = Operation(
    "round_from_zero",
    _with_places(
        pieces.once_pattern(
            "CASE WHEN trunc({0}, {1}) = {0} THEN trunc({0}, {1})"
            " ELSE trunc({0}, {1}) + sign({0}) * ('1e' || (- {1}))::numeric END"
        )
    ),
    _rounding(ROUND_UP),
)
ABSOLUTE = Operation("absolute", pieces.call("abs"), Decimal.copy_abs)
SIGN = Operation("sign", pieces.call("sign"), lambda value: Decimal((value > 0) - (value < 0)), scale=0)
FLOOR = Operation("floor", pieces.call("floor"), decimals.floor, scale=0)
MODULO = Operation(
    "modulo",
    pieces.once_pattern("mod(mod({0}, nullif({1}, 0)) + {1}, nullif({1}, 0))"),
    decimals.modulo,
)
SQUARE_ROOT = Operation(
    "square_root",
    pieces.once_pattern(
        f"CASE WHEN {{0}} >= 0 AND {{0}} < 1e{MAX_DIGITS} THEN round(sqrt(round({{0}}, 60)), {DECIMALS}) END"
    ),
    decimals.square_root,
    scale=DECIMALS,
)


def _floor_to(value: Decimal, step: Decimal) -> Decimal | None:
    if step <= 0:
        return None
    rest = decimals.modulo(value, step)
    return None if rest is None else decimals.subtract(value, rest)


def _ceiling_to(value: Decimal, step: Decimal) -> Decimal | None:
    if step <= 0:
        return None
    rest = decimals.modulo(decimals.EXACT.minus(value), step)
    return None if rest is None else decimals.add(value, rest)


FLOOR_TO = Operation(
    "floor_to",
    pieces.once_pattern("CASE WHEN {1} > 0 THEN {0} - mod(mod({0}, {1}) + {1}, {1}) END"),
    _floor_to,
)
CEILING_TO = Operation(
    "ceiling_to",
    pieces.once_pattern("CASE WHEN {1} > 0 THEN {0} + mod(mod(- {0}, {1}) + {1}, {1}) END"),
    _ceiling_to,
)

_NUMBER = parameter("数值", "number", ValueType.NUMBER)
_PLACES = parameter("小数位数", "decimals", ValueType.NUMBER, default=Constant(ValueType.NUMBER, Decimal(0)))
_STEP = parameter("步长", "step", ValueType.NUMBER, default=Constant(ValueType.NUMBER, Decimal(1)))


def _number(name: str, arguments: tuple[Parameter, ...], operation: Operation, told: Label, example: str) -> Function:
    return Function(name, Family.NUMBER, arguments, ValueType.NUMBER, told, example, operation=operation)


FUNCTIONS = (
    _number("ROUND", (_NUMBER, _PLACES), ROUND,
            Label(zh="四舍五入到若干位小数；位数为负时舍入到十、百、千。",
                  en="Rounds to decimals, halves away from zero; negative decimals round to tens, hundreds, …"),
            "ROUND({金额} * 0.13, 2)"),
    _number("ROUNDUP", (_NUMBER, _PLACES), ROUND_FROM_ZERO,
            Label(zh="向远离零的方向进位到若干位小数。", en="Rounds away from zero to decimals."), "ROUNDUP({天数} / 7, 0)"),
    _number("ROUNDDOWN", (_NUMBER, _PLACES), ROUND_TO_ZERO,
            Label(zh="直接截去多余的小数位。", en="Cuts off what is behind the given decimals."), "ROUNDDOWN({金额}, 0)"),
    _number("ABS", (_NUMBER,), ABSOLUTE, Label(zh="绝对值。", en="The number without its sign."), "ABS({差额})"),
    _number("SIGN", (_NUMBER,), SIGN,
            Label(zh="正数为 1，零为 0，负数为 -1。", en="1 for positive numbers, 0 for zero, -1 for negative ones."),
            "SIGN({差额})"),
    _number("INT", (_NUMBER,), FLOOR, Label(zh="不大于该数的最大整数。", en="The largest whole number not above it."), "INT({数量} / 12)"),
    _number("MOD", (_NUMBER, parameter("除数", "divisor", ValueType.NUMBER)), MODULO,
            Label(zh="余数，正负与除数相同；除数为零时为空。", en="The remainder, with the divisor's sign; empty for a divisor of zero."),
            "MOD({数量}, 12)"),
    _number("CEILING", (_NUMBER, _STEP), CEILING_TO,
            Label(zh="向上取到步长的整数倍，不写步长时取整。", en="The nearest multiple of the step not below the number; the step is 1 by default."),
            "CEILING({数量}, 12)"),
    _number("FLOOR", (_NUMBER, _STEP), FLOOR_TO,
            Label(zh="向下取到步长的整数倍，不写步长时取整。", en="The nearest multiple of the step not above the number; the step is 1 by default."),
            "FLOOR({金额}, 100)"),
    _number("POWER", (_NUMBER, parameter("指数", "exponent", ValueType.NUMBER)), operators.POWER,
            Label(zh="乘方，与 ^ 相同。", en="A power, the same as ^."), "{本金} * POWER(1 + {年利率}, {年数})"),
    _number("SQRT", (_NUMBER,), SQUARE_ROOT,
            Label(zh="平方根；负数没有，结果为空。", en="The square root; empty for negative numbers."), "SQRT({面积})"),
)  # fmt: skip
