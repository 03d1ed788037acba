"""What a field type can be set to, described for people and programs, so that a designer needs no code for each type.

Kinds and defaults come from the type's own options; what people call a setting, and its limits, is said here.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

import msgspec
from msgspec import inspect

from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.money import CURRENCIES
from xiaolu.metadata.fields.protocol import FieldType
from xiaolu.metadata.fields.results import RESULT_TYPES

SettingKind: TypeAlias = Literal[
    "integer", "number", "text", "label", "switch", "choice", "date", "date_time", "texts",
    "options", "option_set", "entity", "child_entity", "numbering", "own_relation", "related_field", "collection",
    "collection_field", "formula", "collection_formula", "result", "format",
    "narrow",
]  # fmt: skip
"""How a setting is chosen. From ``options`` on, what may be chosen depends on the other definitions."""


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """One setting of a field type."""

    key: str
    label: Label
    kind: SettingKind
    required: bool
    default: Any = None
    help: Label | None = None
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[tuple[str, Label], ...] = ()


class About(NamedTuple):
    """What people are told of a setting."""

    label: Label
    help: Label | None = None
    kind: SettingKind | None = None
    minimum: float | None = None
    maximum: float | None = None
    choices: Mapping[str, Label] = {}


def _about(zh: str, en: str, kind: SettingKind | None = None, **more: Any) -> About:
    return About(Label(zh, en), kind=kind, **more)


_AT_LEAST = Label("填了就至少要有这么多", "Once any is given, at least so many")
_SHARED: Mapping[str, About] = {
    "set": _about("选项集", "Option set", "option_set", help=Label("几个表单共用的选项", "Options that forms share")),
    "options": _about("选项", "Options", "options"),
    "min": _about("最小值", "Smallest value"),
    "max": _about("最大值", "Greatest value"),
    "scale": _about("小数位数", "Decimal places", minimum=0, maximum=10),
    "unit": _about("单位", "Unit", help=Label("写在数字后面，如“台”", "Written behind the number, such as “pcs”")),
    "currency": _about(
        "币种",
        "Currency",
        "choice",
        choices={key: Label(f"{words[1]}（{key}）" if len(words) > 1 else key, key) for key, words in CURRENCIES.items()},
    ),
    "min_length": _about("最少字数", "Least characters", minimum=0, maximum=100_000),
    "max_length": _about("最多字数", "Most characters", minimum=1, maximum=100_000),
    "pattern": _about(
        "格式", "Pattern", help=Label("正则表达式，整段文字都要符合", "A regular expression that the whole text must match")
    ),
    "pattern_message": _about("格式不对时的提示", "Said where it does not match"),
    "minimum": _about("至少几个", "At least", minimum=0, help=_AT_LEAST),
    "maximum": _about("最多几个", "At most", minimum=1),
    "content_types": _about(
        "文件类型", "File types", help=Label("如 application/pdf、image/*；不填则不限", "Such as application/pdf or image/*; empty: any")
    ),
    "max_megabytes": _about("单个文件最大（MB）", "Largest file (MB)", minimum=1),
    "multiple": _about("可选多个", "Several may be chosen"),
    "target": _about("关联的表单", "Form it leads to", "entity"),
    "reverse": _about(
        "对方怎么称呼这里", "What the other side calls this", help=Label("不填就用本表单的名称", "Empty: this form's own name")
    ),
    "on_delete": _about(
        "对方被彻底删除时",
        "When the other record is purged",
        choices={"restrict": Label("不允许删除", "Refuse it"), "clear": Label("清空这里", "Empty this field")},
    ),
    "narrow": _about(
        "只能选哪些记录",
        "Which records may be chosen",
        "narrow",
        help=Label(
            "如：联系人只能选所选客户的联系人", "For example: a contact can only be one of the chosen customer"
        ),
    ),
    "numbering": _about("编号规则", "Numbering", "numbering"),
    "level": _about(
        "至少选到",
        "Down to at least",
        choices={"province": Label("省", "Province"), "city": Label("市", "City"), "district": Label("区县", "District")},
    ),
    "format": _about("结果的格式", "Form of the result", "format"),
    "result": _about("结果是", "The result is", "result"),
    "formula": _about("公式", "Formula", "formula"),
    "relation": _about("通过哪个关联", "Through which relation", "own_relation"),
    "field": _about("显示哪个字段", "Which of its fields", "related_field"),
    "children": _about("统计哪些记录", "Which records", "collection"),
    "aggregate": _about(
        "怎么统计",
        "What to do",
        choices={
            "count": Label("计数", "Count"), "sum": Label("求和", "Sum"), "avg": Label("平均", "Average"),
            "min": Label("最小", "Smallest"), "max": Label("最大", "Greatest"),
        },
    ),
    "where": _about("只统计满足条件的", "Only those that meet", "collection_formula"),
    "on": _about("“是”显示为", "“Yes” is called"),
    "off": _about("“否”显示为", "“No” is called"),
    "must_be_on": _about(
        "必填时必须为“是”", "Required means yes", help=Label("用于“已阅读”“同意”之类", "For a consent, or “I have read it”")
    ),
    "mobile_only": _about("只允许手机号", "Mobile numbers only"),
    "country": _about("默认国家", "Country assumed", help=Label("两个字母，如 CN", "Two letters, such as CN")),
    "max_accuracy": _about(
        "最大误差（米）", "Worst accuracy (metres)", minimum=1, help=Label("误差更大的定位不接受", "Positions less exact are refused")
    ),
    "entity": _about("明细表", "Table of the rows", "child_entity"),
}  # fmt: skip
_OWN: Mapping[tuple[str, str], About] = {
    ("rating", "maximum"): _about("最高几颗星", "Most stars", minimum=2, maximum=10),
    ("money", "scale"): _about("小数位数", "Decimal places", minimum=0, maximum=6),
    ("checklist", "minimum"): _about(
        "必填时至少勾几项", "Ticks demanded where required", minimum=1, help=Label("不填则全部", "Empty: all")
    ),
    ("sub_table", "minimum"): _about("至少几行", "At least so many rows", minimum=0),
    ("sub_table", "maximum"): _about("最多几行", "At most so many rows", minimum=1, maximum=1000),
    ("keyword_list", "max_length"): _about("每个词最多几个字", "Most characters of a word", minimum=1, maximum=200),
    ("percent", "min"): _about("最小值", "Smallest value", help=Label("1 就是 100%", "1 is 100 %")),
    ("percent", "max"): _about("最大值", "Greatest value", help=Label("1 就是 100%", "1 is 100 %")),
    ("date", "min"): _about("最早", "Earliest"),
    ("date", "max"): _about("最晚", "Latest"),
    ("date_time", "min"): _about("最早", "Earliest"),
    ("date_time", "max"): _about("最晚", "Latest"),
    ("duration", "min"): _about("最短（秒）", "Shortest (seconds)", minimum=0),
    ("duration", "max"): _about("最长（秒）", "Longest (seconds)", minimum=0),
    ("barcode", "format"): _about(
        "编码种类",
        "Kind of code",
        choices={
            "any": Label("不限", "Any"),
            "ean": Label("商品条码，检查校验位", "Article number, check digit checked"),
        },
    ),
    ("rollup", "field"): _about("哪个字段", "Which of their fields", "collection_field"),
}
_KINDS: tuple[tuple[type[inspect.Type], SettingKind], ...] = (
    (inspect.BoolType, "switch"), (inspect.IntType, "integer"), (inspect.FloatType, "number"), (inspect.DecimalType, "number"),
    (inspect.DateTimeType, "date_time"), (inspect.DateType, "date"), (inspect.LiteralType, "choice"), (inspect.VarTupleType, "texts"),
    (inspect.StructType, "label"), (inspect.StrType, "text"),
)  # fmt: skip


def settings_of(kind: FieldType) -> tuple[Setting, ...]:
    """Return the settings of a field type in the order in which a designer shows them."""
    return tuple(_settings(kind))


def result_choices() -> tuple[tuple[str, Label], ...]:
    """Return the types that a computed value may have."""
    return tuple((key, each.label) for key, each in RESULT_TYPES.items())


def _settings(kind: FieldType) -> Iterator[Setting]:
    info = inspect.type_info(kind.options)
    if not isinstance(info, inspect.StructType):
        return
    for field in info.fields:
        about = _OWN.get((kind.key, field.name)) or _SHARED[field.name]
        found = _plain(field.type)
        listed = [str(each) for each in found.values] if isinstance(found, inspect.LiteralType) else [*about.choices]
        yield Setting(
            key=field.encode_name,
            label=about.label,
            kind=about.kind or _kind(found),
            required=field.required,
            default=_default(field),
            help=about.help,
            minimum=about.minimum,
            maximum=about.maximum,
            choices=tuple((key, about.choices[key]) for key in listed),
        )


def _kind(found: inspect.Type) -> SettingKind:
    for known, kind in _KINDS:
        if isinstance(found, known):
            return kind
    raise TypeError(f"no kind of setting for {found!r}")


def _plain(found: inspect.Type) -> inspect.Type:
    """Return the type of a setting that may be left out."""
    if isinstance(found, inspect.UnionType):
        return next(each for each in found.types if not isinstance(each, inspect.NoneType))
    return found


def _default(field: inspect.Field) -> Any:
    if field.default is not msgspec.NODEFAULT:
        return msgspec.to_builtins(field.default)
    if field.default_factory is not msgspec.NODEFAULT:
        return msgspec.to_builtins(field.default_factory())
    return None
