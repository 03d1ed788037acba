"""Tree to text, with no more brackets than needed: ``parse_formula(print_formula(tree)) == tree``."""

from xiaolu.formula.syntax.nodes import (
    PERCENT,
    PRECEDENCE,
    SIGN,
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

_TIGHTEST = 100


def print_formula(node: Node) -> str:
    """Write a tree as a formula text."""
    return _print(node)[0]


def _print(node: Node) -> tuple[str, int]:
    """Return the text and how tightly its outermost operator binds."""
    match node:
        case Unary(operator="%"):
            return _within(node.operand, PERCENT) + "%", PERCENT
        case Unary():
            return node.operator + _within(node.operand, SIGN), SIGN
        case Binary():
            strength = PRECEDENCE[node.operator]
            left, right = _within(node.left, strength), _within(node.right, strength + 1)
            return f"{left} {node.operator} {right}", strength
        case Joined():
            strength = PRECEDENCE["&"]
            return " & ".join(_within(part, strength + 1) for part in node.parts), strength
    return _unit(node), _TIGHTEST


def _unit(node: NumberLiteral | TextLiteral | BoolLiteral | FieldName | Call) -> str:
    match node:
        case NumberLiteral():
            return format(node.value, "f")
        case TextLiteral():
            return '"' + node.value.replace('"', '""') + '"'
        case BoolLiteral():
            return "TRUE" if node.value else "FALSE"
        case FieldName():
            return "{" + node.text + "}"
        case Call():
            return f"{node.name}({', '.join(print_formula(each) for each in node.arguments)})"


def _within(node: Node, minimum: int) -> str:
    text, strength = _print(node)
    return text if strength >= minimum else f"({text})"
