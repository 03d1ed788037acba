"""What the formula editor shows of the language."""

from dataclasses import dataclass

from xiaolu.formula.functions.definition import Family, Function, Parameter
from xiaolu.formula.functions.registry import FUNCTIONS
from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Label, Language

FAMILY_LABELS = {
    Family.LOGIC: Label(zh="判断", en="Logic"),
    Family.TEXT: Label(zh="文本", en="Text"),
    Family.NUMBER: Label(zh="数字", en="Numbers"),
    Family.DATE: Label(zh="日期时间", en="Dates"),
    Family.CHILDREN: Label(zh="汇总", en="Totals"),
    Family.PEOPLE: Label(zh="人员", en="People"),
    Family.CHANGE: Label(zh="变更", en="Changes"),
}


@dataclass(frozen=True, slots=True)
class FunctionHelp:
    """One function as the editor lists it."""

    name: str
    family: Family
    family_label: Label
    signature: Label
    """Such as ``LEFT(文本, [字数])``; brackets mean that an argument may be left out."""
    description: Label
    example: str
    result: ValueType | None
    """What it gives; None where that depends on the arguments."""


def catalogue_for_editor() -> list[FunctionHelp]:
    """List every function, by family."""
    return [
        FunctionHelp(
            name=each.name,
            family=each.family,
            family_label=FAMILY_LABELS[each.family],
            signature=Label(zh=_signature(each, "zh"), en=_signature(each, "en")),
            description=each.description,
            example=each.example,
            result=each.result,
        )
        for family in Family
        for each in FUNCTIONS.values()
        if each.family is family
    ]


def _signature(function: Function, language: Language) -> str:
    return f"{function.name}({', '.join(_argument(each, language) for each in function.parameters)})"


def _argument(parameter: Parameter, language: Language) -> str:
    text = parameter.label.text(language)
    if parameter.is_repeated:
        text += "…"
    return f"[{text}]" if parameter.is_optional else text
