"""Both back ends give the same, on any formula and any values."""

import os
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.formula.conftest import Oracle
from tests.formula.strategies import TEXT_CHARACTERS, typed_formulas
from xiaolu.formula.syntax.nodes import Node
from xiaolu.formula.syntax.printer import print_formula

ZONES = ["Asia/Shanghai", "UTC", "America/New_York", "Asia/Kathmandu", "America/Sao_Paulo", "Pacific/Apia"]
EXAMPLES = int(os.environ.get("FORMULA_EXAMPLES", "250"))
QUIET = settings(
    max_examples=EXAMPLES, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)  # fmt: skip


@QUIET
@given(tree=typed_formulas(), zone=st.sampled_from(ZONES))
def test_any_formula_gives_the_same_in_sql_and_in_python(oracle: Oracle, tree: Node, zone: str) -> None:
    oracle.both(print_formula(tree), zone=zone, changed_allowed=True)


@settings(QUIET, max_examples=EXAMPLES // 3)
@given(
    text=st.text(TEXT_CHARACTERS, max_size=12), other=st.text(TEXT_CHARACTERS, max_size=3),
    at=st.integers(-1, 14), size=st.integers(-1, 14),
)  # fmt: skip
def test_any_text_is_cut_and_changed_the_same(oracle: Oracle, text: str, other: str, at: int, size: int) -> None:
    formula = (
        'LEN({名称}) & "|" & LEFT({名称}, {数量}) & "|" & RIGHT({名称}, {数量}) & "|" & MID({名称}, {金额}, {数量}) & "|" &'
        ' UPPER({名称}) & "|" & LOWER({名称}) & "|" & TRIM({名称}) & "|" & SUBSTITUTE({名称}, {备注}, "😀") & "|" &'
        ' FIND({备注}, {名称}) & "|" & ({名称} < {备注}) & ({名称} = {备注}) & STARTSWITH({名称}, {备注}) & "|" & VALUE({名称})'
    )
    oracle.one(formula, name=text, note=other, amount=at, qty=size)


@settings(QUIET, max_examples=EXAMPLES // 3)
@given(
    left=st.decimals(-(10**27), 10**27, allow_nan=False, allow_infinity=False, places=10),
    right=st.decimals(-(10**27), 10**27, allow_nan=False, allow_infinity=False, places=4),
    places=st.integers(-28, 11),
)  # fmt: skip
def test_any_numbers_are_calculated_the_same(oracle: Oracle, left: Decimal, right: Decimal, places: int) -> None:
    for formula in ("{重量} / {大数}", "{大数} / {重量}", "{重量} * {大数}", "MOD({大数}, {重量})", "ROUND({重量}, {数量})",
                    "ROUNDUP({重量}, {数量})", "ROUNDDOWN({大数}, {数量})", "SQRT({重量})", "{大数} ^ {数量}",
                    'TEXT({重量}, "#,##0.00")', "{重量} & \"\""):  # fmt: skip
        oracle.one(formula, weight=left, huge=right, qty=places)


@pytest.mark.parametrize(
    "base", ["1.0042", "0.9583333333", "2", "10", "0.5", "123456.789", "1e-10", "0", "-8", "1e27", "99.5", "1e-20"]
)
@pytest.mark.parametrize(
    "exponent",
    ["0.5", "-0.5", "1.5", "12", "360", "-3", "0", "0.0833333333", "33.3333333333", "-1000", "999.5", "-89.5"],
)
def test_powers_agree(oracle: Oracle, base: str, exponent: str) -> None:
    oracle.one("{重量} ^ {大数}", weight=Decimal(base), huge=Decimal(exponent))


def test_every_letter_has_the_same_capital_and_small_letter(oracle: Oracle) -> None:
    letters = [chr(code) for code in range(1, 0x20000) if not 0xD800 <= code <= 0xDFFF]
    for start in range(0, len(letters), 100_000):
        text = "".join(letters[start : start + 100_000])
        oracle.one("UPPER({名称})", name=text)
        oracle.one("LOWER({名称})", name=text)
