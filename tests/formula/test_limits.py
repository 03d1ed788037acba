"""The largest formulas that are accepted are also computed, and alike."""

import pytest

from tests.formula.conftest import Oracle
from tests.formula.test_checking import nested


@pytest.mark.parametrize(
    "text",
    [
        nested("MOD(7, @)", "{金额}", 95),
        nested("(@) ^ 2", "{金额}", 90),
        nested('ADDDAYS({日期}, DATEDIF(@, {截止}, "M"))', "{日期}", 45),
        nested("ADDDAYS({日期}, NETWORKDAYS(@, {截止}))", "{日期}", 45),
        nested("WORKDAY(@, 1)", "{日期}", 60),
        nested("IF({已付}, @, 1)", "{金额}", 95),
        nested("AVERAGE(@, 1)", "{金额}", 95),
        nested("REPT(@, 1000)", "{名称}", 20),
        nested('SUBSTITUTE(REPT("a", 1000), "a", @)', "{名称}", 3),
        nested("SUM({明细.单价} * @)", "1", 2),
        " + ".join(["{金额}"] * 100),
        "&".join(["{名称}"] * 1200),
        "*".join(["{大数}"] * 99),
        "{大数} ^ 1000 * {大数} ^ 999",
        "10 ^ 27 * 10 ^ 27 / 10 ^ 40",
    ],
    ids=lambda text: text[:30],
)
def test_the_largest_formulas_agree(oracle: Oracle, text: str) -> None:
    oracle.both(text)
