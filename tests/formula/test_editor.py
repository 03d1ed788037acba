"""What the editor shows is complete, and its examples are formulas."""

import pytest

from xiaolu.formula import FunctionHelp, catalogue_for_editor
from xiaolu.formula.functions.registry import FUNCTIONS
from xiaolu.formula.syntax.nodes import Binary, Call, Joined, Node, Unary
from xiaolu.formula.syntax.parser import parse_formula
from xiaolu.kit.problems import Problem


def calls(node: Node) -> set[str]:
    match node:
        case Call():
            return {node.name}.union(*(calls(each) for each in node.arguments))
        case Binary():
            return calls(node.left) | calls(node.right)
        case Unary():
            return calls(node.operand)
        case Joined():
            return set().union(*(calls(each) for each in node.parts))
    return set()


def test_every_function_is_listed_once() -> None:
    assert sorted(each.name for each in catalogue_for_editor()) == sorted(FUNCTIONS)


@pytest.mark.parametrize("function", catalogue_for_editor(), ids=lambda each: each.name)
def test_every_function_is_explained(function: FunctionHelp) -> None:
    for label in (function.description, function.signature, function.family_label):
        assert label.zh
        assert label.en
    assert function.signature.zh.startswith(f"{function.name}(")
    tree = parse_formula(function.example)
    assert not isinstance(tree, Problem)
    used = calls(tree)
    assert function.name in used or function.name in {"POWER"}
    assert used <= set(FUNCTIONS)
