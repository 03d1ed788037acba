"""Yes or no."""

from collections.abc import Mapping
from typing import Any, ClassVar

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.kind import Kind
from xiaolu.metadata.fields.protocol import FieldOptions, Names, Parsed, Reader, refuse
from xiaolu.metadata.model.entity import Field

YES = frozenset(
    {"是", "有", "对", "真", "开", "开启", "√", "✓", "✔", "☑", "y", "yes", "true", "t", "on", "1", "已", "已阅读"}
)
NO = frozenset(
    {"否", "无", "没有", "错", "假", "关", "关闭", "×", "✗", "✘", "☐", "n", "no", "false", "f", "off", "0", "未"}
)


class SwitchOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of a switch: what on and off are called; ``must_be_on`` makes "required" mean on (a consent, 已阅读)."""

    on: Label | None = None
    off: Label | None = None
    must_be_on: bool = False


class Switch(Kind[SwitchOptions]):
    """Yes, no, or not answered."""

    key: ClassVar[str] = "switch"
    label: ClassVar[Label] = Label("开关", "Switch")
    options: ClassVar[type[FieldOptions]] = SwitchOptions
    operators: ClassVar[tuple[str, ...]] = ("eq", "ne", "empty", "not_empty")
    column: ClassVar[str] = "boolean"
    value: ClassVar[ValueType] = ValueType.BOOL
    cast_to: ClassVar[Mapping[str, str]] = {
        "text": "CASE {value} WHEN true THEN '是' WHEN false THEN '否' END",
        "integer": "{value}::integer::bigint",
    }

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of a JSON boolean."""

        def read(raw: Any, names: Names) -> Any:
            if raw is None or raw is True or raw is False:
                return raw
            if isinstance(raw, str) and not raw.strip():
                return None
            return refuse("field.expected_switch")

        return read

    def missing(self, value: Any, field: Field) -> Problem | None:
        """Return the problem of an unanswered switch, or of one that must be on and is not."""
        if value is True or (value is False and not self.settings(field).must_be_on):
            return None
        return problem("field.required") if value is None else problem("switch.must_be_on")

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a cell: 是/否, yes/no, true/false, 1/0, √/×, or the field's own words."""
        if isinstance(text, (int, float)) and not isinstance(text, bool) and text in {0, 1}:
            text = bool(text)
        if isinstance(text, str):
            word = text.strip().lower()
            settings = self.settings(field)
            own = {settings.on: True, settings.off: False}
            said = {name.lower(): value for each, value in own.items() if each for name in (each.zh, each.en) if name}
            text = said.get(word, True if word in YES else False if word in NO else text)
        return self.parse(text, field, names)

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write the field's own words, or 是 and 否."""
        if value is None:
            return ""
        settings = self.settings(field)
        own = settings.on if value else settings.off
        if own is not None:
            return own.text(language)
        return {"zh": ("否", "是"), "en": ("No", "Yes")}[language][bool(value)]
