"""Phone numbers, each kept in one way of writing."""

import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.protocol import FieldOptions, Names, Reader, refuse
from xiaolu.metadata.fields.texts import TextKind, cell_text
from xiaolu.metadata.model.entity import Field

if TYPE_CHECKING:
    import phonenumbers

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_FILLING = re.compile(r"[\s()\-.·/]+")
_HOME_PREFIX = re.compile(r"(?:\+|00)86")
_EXTENSION = re.compile(r"(?:转|分机|#|ext\.?|x|-(?=\d{2,6}$)(?<=\d{7}-))\s*(?P<extension>\d{1,6})\s*$", re.IGNORECASE)
_SERVICE = re.compile(r"[48]00[0-9]{7}")
_LANDLINE = re.compile(r"(?P<area>010|02[0-9]|0[3-9][0-9]{2})(?P<number>[2-9][0-9]{6,7})")


class PhoneOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of a phone number: ``mobile_only`` refuses landlines; ``country`` is assumed where none is given."""

    mobile_only: bool = False
    country: str = "CN"


class Phone(TextKind[PhoneOptions]):
    """A phone number.

    Kept as ``13812345678``, ``0574-87654321`` (``-801`` for an extension), ``400-820-8820``; numbers of other countries
    as ``+14155552671``. One number is written in one way only, so that duplicates are found.
    """

    key: ClassVar[str] = "phone"
    label: ClassVar[Label] = Label("电话", "Phone")
    options: ClassVar[type[FieldOptions]] = PhoneOptions
    cast_to: ClassVar[Mapping[str, str]] = {"text": "{value}", "long_text": "{value}"}

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of a phone number; operands may be parts of one."""
        settings = self.settings(field)
        country, mobile_only = settings.country, settings.mobile_only

        def read(raw: Any, names: Names) -> Any:
            if raw is None or (isinstance(raw, str) and not raw.strip()):
                return None
            if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
                return refuse("field.expected_phone", value=str(raw)[:40])
            raw = cell_text(raw)
            if country == "CN" and _MOBILE.fullmatch(raw):
                return raw
            found = normalised(raw, country) if len(raw) <= 60 else None
            if found is None:
                return _FILLING.sub("", raw) if not is_limited else refuse("field.expected_phone", value=raw[:40])
            if is_limited and mobile_only and not is_mobile(found, country):
                return refuse("field.expected_mobile", value=found)
            return found

        return read


def normalised(text: str, country: str = "CN") -> str | None:
    """Return the one way in which a number is written, or None where it is no phone number."""
    text = unicodedata.normalize("NFKC", text).strip().removeprefix("tel:")
    text = text.translate({0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2013: "-", 0x2014: "-", 0x2015: "-", 0x2212: "-"})
    if country == "CN" and (home := _chinese(text)) is not None:
        return home
    import phonenumbers  # takes long to load, and Chinese numbers do without

    try:
        parsed = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    if country == "CN" and parsed.country_code == 86:
        return _chinese(phonenumbers.national_significant_number(parsed)) or _e164(parsed)
    return _e164(parsed)


def is_mobile(number: str, country: str = "CN") -> bool:
    """Tell whether a normalised number is (or may be) a mobile."""
    if _MOBILE.fullmatch(number):
        return True
    if not number.startswith("+"):
        return False
    import phonenumbers

    kind = phonenumbers.number_type(phonenumbers.parse(number, country))
    return kind in {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


def _e164(parsed: "phonenumbers.PhoneNumber") -> str:
    import phonenumbers

    number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return f"{number}-{parsed.extension}" if parsed.extension else number


def _chinese(text: str) -> str | None:
    extension = ""
    if (found := _EXTENSION.search(text)) is not None:
        extension, text = f"-{found['extension']}", text[: found.start()]
    has_prefix = _HOME_PREFIX.match(text.replace(" ", "")) is not None
    digits = _FILLING.sub("", text)
    digits = _HOME_PREFIX.sub("", digits, count=1) if has_prefix else digits
    if not extension and _MOBILE.fullmatch(digits):
        return digits
    if _SERVICE.fullmatch(digits):
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}{extension}"
    if has_prefix and not digits.startswith("0"):
        digits = "0" + digits
    landline = _LANDLINE.fullmatch(digits)
    return f"{landline['area']}-{landline['number']}{extension}" if landline else None
