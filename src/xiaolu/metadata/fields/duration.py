"""Spans of time in whole seconds."""

import re
from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any, ClassVar

from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.integer import WholeKind
from xiaolu.metadata.fields.protocol import Cell, FieldOptions, Names, Parsed, Reader
from xiaolu.metadata.model.entity import Field

_UNITS = (
    ("d", 86_400, r"d|days?|天|日"),
    ("h", 3_600, r"h|hours?|hrs?|小时|个小时|时"),
    ("m", 60, r"m|mins?|minutes?|分钟|分"),
    ("s", 1, r"s|secs?|seconds?|秒钟|秒"),
)
_SPOKEN = re.compile(
    "(?P<sign>-)?" + "".join(rf"(?:(?P<{name}>\d+(?:\.\d+)?)\s*(?:{words})\s*)?" for name, _, words in _UNITS),
    re.IGNORECASE | re.ASCII,
)
_CLOCK = re.compile(r"(?P<h>\d{1,6}):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?", re.ASCII)
_WORDS = {"zh": ("天", "小时", "分钟", "秒"), "en": (" d", " h", " min", " s")}


class DurationOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of a duration: limits in seconds."""

    min: int | None = None
    max: int | None = None


class Duration(WholeKind[DurationOptions]):
    """A span of time; the value is seconds."""

    key: ClassVar[str] = "duration"
    label: ClassVar[Label] = Label("时长", "Duration")
    options: ClassVar[type[FieldOptions]] = DurationOptions
    cast_to: ClassVar[Mapping[str, str]] = {"integer": "{value}", "decimal": "{value}::numeric"}

    def limits(self, settings: DurationOptions) -> tuple[int | None, int | None]:
        """Return the limits of the settings."""
        return settings.min, settings.max

    def check_settings(self, settings: DurationOptions) -> list[Problem]:
        """Return what is wrong with the limits."""
        if settings.min is not None and settings.max is not None and settings.min > settings.max:
            return [problem("options.min_above_max", "min", least=str(settings.min), greatest=str(settings.max))]
        return []

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of seconds, or of text such as ``2h30m``, ``2小时30分``, ``1:30``."""
        whole = super().reader(field, is_limited=is_limited)

        def read(raw: Any, names: Names) -> Any:
            return whole(seconds_of(raw) if isinstance(raw, (str, timedelta)) else raw, names)

        return read

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a cell; spreadsheets hold a span as a time of day."""
        if isinstance(text, time):
            text = text.hour * 3_600 + text.minute * 60 + text.second
        return self.parse(text, field, names)

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write days, hours, minutes and seconds, leaving out what is zero."""
        if value is None:
            return ""
        rest, parts = abs(value), []
        for (_, size, _), word in zip(_UNITS, _WORDS[language], strict=True):
            count, rest = divmod(rest, size)
            if count:
                parts.append(f"{count}{word}")
        joined = ("" if language == "zh" else " ").join(parts) or f"0{_WORDS[language][-1]}"
        return f"-{joined}" if value < 0 else joined

    def export(self, value: Any, field: Field, names: Names, language: Language) -> Cell:
        """Write the words, which say the unit."""
        return None if value is None else self.display(value, field, names, language)


def seconds_of(raw: str | timedelta) -> Any:
    """Return a written span in seconds, or the text itself where it is no span."""
    if isinstance(raw, timedelta):
        return round(raw.total_seconds())
    text = raw.strip()
    if clock := _CLOCK.fullmatch(text):
        return int(clock["h"]) * 3_600 + int(clock["m"]) * 60 + int(clock["s"] or 0)
    spoken = _SPOKEN.fullmatch(text) if len(text) <= 80 else None
    if spoken is None or not any(spoken[name] for name, _, _ in _UNITS):
        return raw
    total = sum(float(spoken[name]) * size for name, size, _ in _UNITS if spoken[name])
    return round(-total if spoken["sign"] else total)
