"""What is refused, where, and what it says."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import xiaolu.formula
from tests.formula.world import CATALOGUE
from xiaolu.formula import Compiled, EntityRef, FieldRef, SqlEnv, ValueType, compile_formula, to_sql
from xiaolu.formula.limits import MAX_DEPTH
from xiaolu.kit.i18n import LANGUAGES, catalogue, describe
from xiaolu.kit.problems import Problem


def problems(text: str, **options: object) -> list[Problem]:
    found = compile_formula(text, entity="order", catalogue=CATALOGUE, **options)  # type: ignore[arg-type]
    assert isinstance(found, list), text
    return found


def codes(found: Iterable[Problem]) -> list[str]:
    return [each.code.removeprefix("formula.") for each in found]


@pytest.mark.parametrize(
    ("text", "code", "piece"),
    [
        ("{金顶} + 1", "field_unknown_near", "金顶"),
        ("{客户.名} & 1", "field_unknown_near", "名"),
        ("{xyzzy}", "field_unknown", "xyzzy"),
        ("{}", "field_nameless", "{}"),
        ("{金额.名称}", "field_leads_nowhere", "金额"),
        ("{负责人.名称}", "field_leads_nowhere", "负责人"),
        ("VLOOKUP(1)", "function_unknown", "VLOOKUP"),
        ("SUMM(1)", "function_unknown_near", "SUMM"),
        ("LEN()", "too_few_arguments", "LEN"),
        ("LEN(1, 2)", "too_many_arguments", "LEN"),
        ("LEN({金额})", "wrong_type_text", "{金额}"),
        ("ROUND({名称}, 2)", "wrong_type_number", "{名称}"),
        ("IF({金额}, 1, 2)", "wrong_type_bool", "{金额}"),
        ("YEAR({金额})", "wrong_type_date", "{金额}"),
        ("{名称} + 1", "text_added", "{名称} + 1"),
        ("{名称} * 2", "calculation", "{名称} * 2"),
        ("{日期} + {截止}", "calculation", "{日期} + {截止}"),
        ('IF({已付}, 1, "x")', "unlike", '"x"'),
        ("{金额} = {名称}", "not_alike", "{金额} = {名称}"),
        ("{已付} > TRUE", "no_order", "{已付} > TRUE"),
        ("{标签} = {标签}", "list_compared", "{标签} = {标签}"),
        ("1 < 2 < 3", "comparison_chained", "1 < 2 < 3"),
        ('{客户} & ""', "no_text", "{客户}"),
        ('{等级} = "大客"', "option_unknown", '"大客"'),
        ('IN({等级}, "新客", "大客")', "option_unknown", '"大客"'),
        ('CONTAINS({标签}, "慢")', "option_unknown", '"慢"'),
        ("{明细.单价}", "children_outside", "{明细.单价}"),
        ("{明细}", "children_outside", "{明细}"),
        ("SUM({明细})", "children_bare", "{明细}"),
        ("SUM({明细.单价} * {伙伴.折扣})", "children_differ", "{伙伴.折扣}"),
        ("SUM({伙伴.订单.金额})", "children_nested", "{伙伴.订单.金额}"),
        ("SUMIF({金额}, {已付})", "children_expected", "SUMIF({金额}, {已付})"),
        ('SUMIF({明细.单价}, ">5")', "condition_in_quotes", '">5"'),
        ("AVERAGE({明细.单价}, 1)", "average_mixed", "AVERAGE"),
        ("MAX({名称}, 1)", "not_comparable", "{名称}"),
        ("TEXT({金额}, {名称})", "constant_expected", "{名称}"),
        ('TEXT({金额}, "xx")', "format", '"xx"'),
        ('TEXT({日期}, "kk")', "format", '"kk"'),
        ('TEXT({名称}, "0")', "text_of", "{名称}"),
        ('DATEDIF({日期}, {截止}, "W")', "datedif_unit", '"W"'),
        ("WEEKDAY({日期}, 7)", "weekday_kind", "7"),
        ("DATE(2026, 1)", "date_arguments", "DATE"),
        ("LABEL({名称})", "label_of_choice", "{名称}"),
        ("CHANGED({金额})", "no_change_here", "CHANGED({金额})"),
        ("PREVIOUS({金额})", "no_change_here", "PREVIOUS({金额})"),
        ("{" + ".".join(["客户"] * 30) + "}", "too_many_steps", "{" + ".".join(["客户"] * 30) + "}"),
    ],
)
def test_a_problem_names_its_place(text: str, code: str, piece: str) -> None:
    (found,) = problems(text)
    assert codes([found]) == [code]
    position, length = found.params["position"], found.params["length"]
    assert isinstance(position, int)
    assert isinstance(length, int)
    assert text[position : position + length] == piece
    for language in LANGUAGES:
        said = describe(found, language)
        assert said != found.code
        assert not re.search(r"\{(position|length|found|expected|name|suggestions)\}|@formula", said), said


def test_several_mistakes_are_told_at_once() -> None:
    found = problems("IF({金顶} > 1, ROUND({名称}, 2), VLOOKUP({明细.单价}))")
    assert codes(found) == ["field_unknown_near", "wrong_type_number", "function_unknown"]
    assert found[0].params["suggestions"]


def test_changes_are_of_own_fields() -> None:
    assert codes(problems("CHANGED({客户.名称})", changed_allowed=True)) == ["own_field_expected"]
    assert codes(problems("CHANGED({金额} + 1)", changed_allowed=True)) == ["own_field_expected"]


def test_the_expected_type_is_demanded_or_made() -> None:
    assert codes(problems("{金额}", expected=ValueType.BOOL)) == ["wrong_type_bool"]
    found = compile_formula("{时间}", entity="order", catalogue=CATALOGUE, expected=ValueType.DATE)
    assert isinstance(found, Compiled)
    assert found.type is ValueType.DATE


def test_an_unknown_entity_is_told() -> None:
    found = compile_formula("1", entity="nothing", catalogue=CATALOGUE)
    assert isinstance(found, list)
    assert codes(found) == ["entity_unknown"]


def test_labels_may_hold_dots_and_keys_win() -> None:
    class One(dict[str, EntityRef]):
        def entity(self, key: str) -> EntityRef | None:
            return self.get(key)

    fields = (
        FieldRef("no", "No.1", ValueType.TEXT, column="no"),
        FieldRef("a", "重名", ValueType.NUMBER, column="a"),
        FieldRef("b", "重名", ValueType.NUMBER, column="b"),
        FieldRef("c", "a", ValueType.TEXT, column="c"),
        FieldRef("d", "算出来的", ValueType.TEXT),
    )
    world = One(e=EntityRef("e", "表", "r_e", fields))
    for text, code in (
        ("{No.1}", None),
        ("{重名}", "field_ambiguous"),
        ("{a} + 1", None),
        ("{算出来的}", "field_unstored"),
    ):
        found = compile_formula(text, entity="e", catalogue=world)
        assert codes(found) == [code] if isinstance(found, list) else code is None, text


@pytest.mark.parametrize(
    "text",
    [
        "IF({已付}, 1, " * (MAX_DEPTH - 2) + "0" + ")" * (MAX_DEPTH - 2),
        "SUM(" * (MAX_DEPTH - 2) + "{金额}" + ")" * (MAX_DEPTH - 2),
        " + ".join(["{金额}"] * MAX_DEPTH),
        "&".join(["{名称}"] * 1000),
    ],
)
def test_the_largest_formulas_compile(text: str) -> None:
    assert isinstance(compile_formula(text, entity="order", catalogue=CATALOGUE), Compiled)


def nested(template: str, inmost: str, levels: int = 45) -> str:
    for _ in range(levels):
        inmost = template.replace("@", inmost)
    return inmost


@pytest.mark.parametrize(
    "text",
    [
        nested("IF(IN(1, @), 1, 2)", "1"),
        nested("IF(IN(@, 1, 2, 3), 1, 2)", "1", 30),
        nested('IF(IN(@, {日期}, {时间}), {日期}, {截止})', "{日期}"),
        nested("ADDDAYS({日期}, DATEDIF(@, {截止}, \"M\"))", "{日期}"),
        nested("ADDDAYS({日期}, NETWORKDAYS(@, {截止}))", "{日期}"),
        nested("(@) ^ 2", "{金额}"),
        nested("POWER(2, @)", "{金额}"),
        nested("MOD(@, 7)", "{金额}"),
        nested("MOD(7, @)", "{金额}"),
        nested("CEILING(@, 7)", "{金额}"),
        nested("ROUNDUP(@, 1)", "{金额}"),
        nested("SQRT(@)", "{金额}"),
        nested("AVERAGE(@, 1)", "{金额}"),
        nested("LEFT({名称}, FIND(\"a\", {名称}, @))".replace("LEFT({名称}, ", "ROUND(").replace("))", "), 0)"), "{金额}"),
        nested("COALESCE(@, {名称})", "{名称}"),
        nested("LABEL({等级}) & SUBSTITUTE(@, {名称}, {备注})", "{名称}", 20),
        nested("SWITCH(@, 1, 2, 3, 4)", "{金额}"),
        nested("WORKDAY(@, 1)", "{日期}"),
        nested("DATE(TEXT(@, \"yyyy-mm-dd\"))", "{日期}"),
    ],
)  # fmt: skip
def test_nesting_makes_nothing_grow_exponentially(text: str) -> None:
    found = compile_formula(text, entity="order", catalogue=CATALOGUE)
    assert isinstance(found, Compiled), found
    env = SqlEnv(datetime(2026, 1, 1, tzinfo=UTC), date(2026, 1, 1), "UTC")
    sql, params = to_sql(found, alias="r", env=env).render()
    assert len(sql) < 1000 * 45
    assert len(params) < 50 * 45


@pytest.mark.parametrize("name", ["SUM", "AVERAGE", "COUNTUNIQUE", "JOIN"])
def test_aggregates_are_not_nested_deeply(name: str) -> None:
    one = f"{name}({{明细.单价}} & @)" if name in {"JOIN", "COUNTUNIQUE"} else f"{name}({{明细.单价}} * @)"
    assert isinstance(compile_formula(nested(one, "1", 2), entity="order", catalogue=CATALOGUE), Compiled)
    assert codes(problems(nested(one, "1", 3))) == ["aggregates_nested"]
    assert codes(problems(nested(one, "1", 40))) == ["aggregates_nested"]


def test_every_code_has_a_message_in_both_languages() -> None:
    source = Path(xiaolu.formula.__file__).parent
    text = "\n".join(path.read_text("utf-8") for path in source.rglob("*.py"))
    used = set(re.findall(r'"(formula\.[a-z_]+[a-z])"', text)) | {f"formula.wrong_type_{each}" for each in ValueType}
    used |= {f"formula.type.{each}" for each in ValueType}
    for language in LANGUAGES:
        assert used <= set(catalogue(language))
