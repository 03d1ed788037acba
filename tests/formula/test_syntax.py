"""Reading and writing formulas; any text at all is survived."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import lark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formula.strategies import trees
from xiaolu.formula.limits import MAX_DEPTH, MAX_LENGTH
from xiaolu.formula.syntax.nodes import (
    Binary,
    BoolLiteral,
    Call,
    FieldName,
    Joined,
    Node,
    NumberLiteral,
    TextLiteral,
    Unary,
)
from xiaolu.formula.syntax.parser import parse_formula
from xiaolu.formula.syntax.printer import print_formula
from xiaolu.kit.problems import Problem

GRAMMAR = lark.Lark(
    Path(__file__).with_name("grammar.lark").read_text("utf-8"), parser="lalr", maybe_placeholders=False
)


class Build(lark.Transformer[Any, Node]):
    """Builds our nodes from the grammar's tree."""

    def start(self, parts: list[Node]) -> Node:
        return parts[0]

    def binary(self, parts: list[Any]) -> Node:
        return Binary(str(parts[1]), parts[0], parts[2])

    def joined(self, parts: list[Node]) -> Node:
        flat: list[Node] = []
        for part in parts:
            flat.extend(part.parts if isinstance(part, Joined) else (part,))
        return Joined(tuple(flat))

    def percent(self, parts: list[Node]) -> Node:
        return Unary("%", parts[0])

    def signed(self, parts: list[Any]) -> Node:
        return Unary(str(parts[0]), parts[1])

    def number(self, parts: list[Any]) -> Node:
        return NumberLiteral(Decimal(str(parts[0])))

    def text(self, parts: list[Any]) -> Node:
        return TextLiteral(str(parts[0])[1:-1].replace('""', '"'))

    def field(self, parts: list[Any]) -> Node:
        return FieldName(str(parts[0])[1:-1])

    def bool(self, parts: list[Any]) -> Node:
        return BoolLiteral(str(parts[0]) == "TRUE")

    def call(self, parts: list[Any]) -> Node:
        return Call(str(parts[0]).upper(), tuple(parts[1:]))


@settings(max_examples=150, deadline=None)
@given(trees())
def test_what_is_written_reads_back_the_same(tree: Node) -> None:
    assert parse_formula(print_formula(tree)) == tree


@settings(max_examples=150, deadline=None)
@given(trees())
def test_the_parser_agrees_with_the_grammar(tree: Node) -> None:
    text = print_formula(tree)
    assert Build().transform(GRAMMAR.parse(text)) == parse_formula(text)


PIECES = ["{", "}", "(", ")", ",", '"', "“", "'", "IF(", "SUM(", "{金额}", "1", ".", "+", "-", "%", "&", "<>", "=", " ", "、", "\x00",
          "TRUE", "TRUE(", "１", "\ud800", "e5", "；", "！", "！="]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_no_text_makes_the_parser_fail(text: str) -> None:
    found = parse_formula(text)
    if isinstance(found, Problem):
        position, length = found.params["position"], found.params["length"]
        assert isinstance(position, int)
        assert isinstance(length, int)
        assert 0 <= position <= position + length <= len(text)


def nodes_of(node: Node) -> list[Node]:
    match node:
        case Unary():
            return [node, *nodes_of(node.operand)]
        case Binary():
            return [node, *nodes_of(node.left), *nodes_of(node.right)]
        case Joined():
            return [node, *(inner for part in node.parts for inner in nodes_of(part))]
        case Call():
            return [node, *(inner for part in node.arguments for inner in nodes_of(part))]
    return [node]


@settings(max_examples=100, deadline=None)
@given(trees())
def test_every_node_knows_its_place(tree: Node) -> None:
    text = print_formula(tree)
    parsed = parse_formula(text)
    assert not isinstance(parsed, Problem)
    for node in nodes_of(parsed):
        assert parse_formula(text[node.span.start : node.span.end]) == node


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("＝（１＋2）".replace("１", "1"), "(1+2)"),
        ("IF（{金额}≥1，“好”，“差”）", 'IF({金额}>=1,"good","bad")'.replace("good", "好").replace("bad", "差")),
        ("1×2÷3", "1*2/3"),
        ("1≠2", "1<>2"),
        ("1!=2", "1<>2"),
        ("1==2", "1=2"),
        ("｛金额｝＆1", "{金额}&1"),
        ("if(true,1;2)", "IF(TRUE,1,2)"),
        ("TRUE()", "TRUE"),
        (".5", "0.5"),
        ("a_1(2)", "A_1(2)"),
    ],
)
def test_spellings_that_mean_the_same(text: str, same: str) -> None:
    assert parse_formula(text.removeprefix("＝")) == parse_formula(same)


@pytest.mark.parametrize(
    ("text", "code", "position", "length"),
    [
        ("", "formula.nothing", 0, 0),
        ("  = ", "formula.nothing", 4, 0),
        ("1 +", "formula.ends_early", 3, 0),
        ("(1", "formula.bracket_unclosed", 0, 1),
        ("SUM(1, 2", "formula.bracket_unclosed", 3, 1),
        ("1)", "formula.bracket_extra", 1, 1),
        ("1, 2", "formula.comma_outside", 1, 1),
        ("SUM(1,,2)", "formula.argument_missing", 6, 1),
        ("SUM(1,)", "formula.argument_missing", 6, 1),
        ("1 2", "formula.operator_expected", 2, 1),
        ("* 2", "formula.value_expected", 0, 1),
        ("金额 + 1", "formula.bare_name", 0, 2),
        ('1 & "a', "formula.text_unclosed", 4, 2),
        ("1 + {金额", "formula.brace_unclosed", 4, 3),
        ("'a'", "formula.single_quotes", 0, 3),
        ("1 # 2", "formula.character", 2, 1),
        ("1.12345678901", "formula.number_size", 0, 13),
        ("1" * 29, "formula.number_size", 0, 29),
        ("1" * (MAX_LENGTH + 1), "formula.too_long", MAX_LENGTH, 1),
    ],
)
def test_problems_point_at_the_character(text: str, code: str, position: int, length: int) -> None:
    found = parse_formula(text)
    assert isinstance(found, Problem)
    assert (found.code, found.params["position"], found.params["length"]) == (code, position, length)


@pytest.mark.parametrize(
    "text",
    ["(" * 4000 + "1" + ")" * 4000, "-" * 9000 + "1", "IF(" * 3000, "+".join(["1"] * 4000), "%".join(["1"] * 2) + "%" * 9000,
     "1^" * 4000 + "1", "SUM(" * 1900 + "1" + ")" * 1900],
)  # fmt: skip
def test_hostile_texts_are_refused_at_once(text: str) -> None:
    found = parse_formula(text)
    assert isinstance(found, Problem)
    assert found.code in {
        "formula.too_deep",
        "formula.bracket_unclosed",
        "formula.ends_early",
        "formula.operator_expected",
    }


def test_long_chains_of_text_are_no_nesting() -> None:
    tree = parse_formula("&".join(['"a"'] * 1500))
    assert isinstance(tree, Joined)
    assert len(tree.parts) == 1500
    assert parse_formula(print_formula(tree)) == tree


def test_the_deepest_formula_is_accepted() -> None:
    assert not isinstance(parse_formula("-" * (MAX_DEPTH - 1) + "1"), Problem)
    assert isinstance(parse_formula("-" * MAX_DEPTH + "1"), Problem)
