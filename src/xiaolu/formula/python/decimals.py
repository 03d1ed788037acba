"""Decimal arithmetic that gives, digit for digit, what the SQL back end's numeric expressions give.

Sums and products are exact; products, quotients and powers are then rounded half away from zero to ``DECIMALS`` places.
The contexts trap nothing: no arithmetic raises. Python's operators (also ``abs`` and the minus sign) would round to the
thread's context: only comparisons may use them.
"""

from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from xiaolu.formula.limits import DECIMALS, MAX_DIGITS, MAX_EXPONENT, MAX_ROOT_EXPONENT

EXACT = Context(prec=300_000, rounding=ROUND_HALF_UP, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])
"""Wide enough that nothing is ever rounded unless asked."""
_QUOTIENT = Context(prec=60, rounding=ROUND_DOWN, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])
_POWER = Context(prec=120, rounding=ROUND_HALF_UP, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])

ZERO = Decimal(0)
ONE = Decimal(1)
_CENT, _HUNDRED = Decimal("0.01"), Decimal(100)
LIMIT = Decimal(f"1e{MAX_DIGITS}")
_BELOW = Decimal(f"-1e{MAX_DIGITS}")
_STEP = Decimal(1).scaleb(-DECIMALS)
_SIZES = {places: Decimal(1).scaleb(-places) for places in range(-30, 31)}

add = EXACT.add
subtract = EXACT.subtract
multiply_exactly = EXACT.multiply
_quantize = EXACT.quantize
_divide = _QUOTIENT.divide


def multiply(left: Decimal, right: Decimal) -> Decimal:
    """Return the product, rounded."""
    return _quantize(multiply_exactly(left, right), _STEP)


def divide(left: Decimal, right: Decimal) -> Decimal | None:
    """Return the quotient, rounded; nothing for a division by zero."""
    if not right:
        return None
    quotient = _divide(left, right)  # cut, never rounded: the one rounding comes below
    if quotient.adjusted() > 40:
        quotient = EXACT.scaleb(EXACT.divide_int(EXACT.scaleb(left, DECIMALS + 1), right), -DECIMALS - 1)
    return _quantize(quotient, _STEP)


def power(base: Decimal, exponent: Decimal) -> Decimal | None:
    """Return ``base`` to the power ``exponent``, rounded; nothing where that is no number or too large."""
    base = _quantize(base, _STEP)
    if not base:
        return None if exponent < 0 else ZERO if exponent else ONE
    if base.copy_abs() >= LIMIT or exponent.copy_abs() > MAX_EXPONENT:
        return None
    is_whole = exponent == exponent.to_integral_value(ROUND_DOWN)
    is_mild = exponent.copy_abs() <= MAX_ROOT_EXPONENT or _CENT <= base <= _HUNDRED
    if not is_whole and (base < 0 or not is_mild):
        return None
    return bounded(_quantize(_limited(_POWER.power(base, exponent)), _STEP))


def _limited(value: Decimal) -> Decimal:
    """Cut what is too large anyway, so that rounding it stays cheap."""
    return value if value.copy_abs() < LIMIT else LIMIT


def square_root(value: Decimal) -> Decimal | None:
    """Return the square root, rounded; nothing for negative numbers."""
    return None if value < 0 or value >= LIMIT else _quantize(_POWER.sqrt(value), _STEP)


def bounded(value: Decimal) -> Decimal | None:
    """Return the value, zero without a sign, or nothing where it is too large to keep."""
    if not value:
        return value.copy_abs()
    return value if _BELOW < value < LIMIT else None


def round_to(value: Decimal, places: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    """Round to ``places`` decimals (negative: tens, hundreds, …); zero comes without a sign."""
    rounded = value.quantize(_SIZES[places], rounding, EXACT)
    return EXACT.add(rounded, ZERO) if places < 0 or not rounded else rounded


def floor(value: Decimal) -> Decimal:
    """Return the largest whole number that is not above ``value``."""
    return value.to_integral_value(ROUND_FLOOR)


def ceiling(value: Decimal) -> Decimal:
    """Return the smallest whole number that is not below ``value``."""
    return value.to_integral_value(ROUND_CEILING)


def modulo(value: Decimal, divisor: Decimal) -> Decimal | None:
    """Return the remainder with the sign of ``divisor``, as Excel's MOD does; nothing for a division by zero."""
    if not divisor:
        return None
    rest = EXACT.remainder(value, divisor)
    return EXACT.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


def whole(value: Decimal, low: int, high: int) -> int | None:
    """Return the whole part as an int; nothing where it is not within ``low`` and ``high``."""
    part = int(value) if _BELOW < value < LIMIT else high + 1
    return part if low <= part <= high else None


def number_text(value: Decimal) -> str:
    """Write a number plainly: no exponent, no trailing zeros."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
