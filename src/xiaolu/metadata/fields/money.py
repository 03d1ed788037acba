"""Amounts of money in one currency."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.decimal_number import NUMBER_CASTS
from xiaolu.metadata.fields.numbers import Bounds, NumberKind, check_bounds, grouped
from xiaolu.metadata.fields.protocol import FieldOptions, Names
from xiaolu.metadata.model.entity import Field

CURRENCIES: Mapping[str, tuple[str, ...]] = {
    "CNY": ("¥", "元", "人民币", "RMB", "CNY", "块"),
    "USD": ("$", "美元", "US$", "USD"),
    "EUR": ("€", "欧元", "EUR"),
    "GBP": ("£", "英镑", "GBP"),
    "JPY": ("JP¥", "日元", "JPY", "円"),
    "HKD": ("HK$", "港元", "港币", "HKD"),
    "TWD": ("NT$", "新台币", "TWD"),
    "SGD": ("S$", "新加坡元", "SGD"),
    "KRW": ("₩", "韩元", "KRW"),
    "AUD": ("A$", "澳元", "AUD"),
    "CAD": ("C$", "加元", "CAD"),
    "CHF": ("CHF", "瑞士法郎"),
    "RUB": ("₽", "卢布", "RUB"),
    "INR": ("₹", "卢比", "INR"),
    "THB": ("฿", "泰铢", "THB"),
    "VND": ("₫", "越南盾", "VND"),
    "MYR": ("RM", "林吉特", "MYR"),
    "BRL": ("R$", "雷亚尔", "BRL"),
    "AED": ("AED", "迪拉姆"),
}
"""Currency → the sign that is shown, then other words that a cell may use."""


class MoneyOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of an amount: currency (three letters), decimal places and limits."""

    currency: str = "CNY"
    scale: int = 2
    min: Decimal | None = None
    max: Decimal | None = None


class Money(NumberKind[MoneyOptions]):
    """Amounts of money, exact to the currency's smallest coin."""

    key: ClassVar[str] = "money"
    label: ClassVar[Label] = Label("金额", "Money")
    options: ClassVar[type[FieldOptions]] = MoneyOptions
    cast_to: ClassVar[Mapping[str, str]] = NUMBER_CASTS

    def bounds(self, settings: MoneyOptions) -> Bounds:
        """Return scale and limits."""
        return Bounds(settings.scale, settings.min, settings.max)

    def affixes(self, settings: MoneyOptions) -> tuple[str, ...]:
        """Return the signs and names of the currency, longest first."""
        words = CURRENCIES.get(settings.currency, (settings.currency,))
        return ("整", *sorted(words, key=len, reverse=True))

    def check_settings(self, settings: MoneyOptions) -> list[Problem]:
        """Return what is wrong with currency, scale and limits."""
        found = check_bounds(settings.scale, settings.min, settings.max, most_scale=6)
        if settings.currency not in CURRENCIES:
            found.append(
                problem("options.unknown_currency", "currency", currency=settings.currency, known=list(CURRENCIES))
            )
        return found

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write the amount with sign and separators: ``¥1,234.50``, ``-¥3.00``."""
        if value is None:
            return ""
        settings = self.settings(field)
        sign = CURRENCIES.get(settings.currency, (settings.currency + " ",))[0]
        return f"{'-' if value < 0 else ''}{sign}{grouped(abs(value), settings.scale)}"
