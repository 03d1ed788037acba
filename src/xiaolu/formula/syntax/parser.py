"""Tokens to tree: a Pratt parser.

Every reading function returns the node with its height, so that a tree too deep to walk is refused while it is read.
"""

from dataclasses import replace
from decimal import Decimal

from xiaolu.formula.limits import DECIMALS, MAX_ARGUMENTS, MAX_DEPTH, MAX_DIGITS, MAX_LENGTH
from xiaolu.formula.problems import Refused, problem_at
from xiaolu.formula.syntax.lexer import Token, read_tokens
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
    Span,
    TextLiteral,
    Unary,
)
from xiaolu.kit.problems import Problem


def parse_formula(text: str) -> Node | Problem:
    """Read a formula; a leading ``=`` is allowed, as in Excel. Returns the tree or the first problem; never raises."""
    if len(text) > MAX_LENGTH:
        return problem_at("formula.too_long", Span(MAX_LENGTH, len(text)), maximum=MAX_LENGTH)
    try:
        return _Parser(read_tokens(text)).formula()
    except Refused as refusal:
        return refusal.problem


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._index = 0
        self._token = tokens[0]

    def formula(self) -> Node:
        if self._token.kind == "operator" and self._token.value == "=":
            self._advance()
        if self._token.kind == "end":
            raise Refused(problem_at("formula.nothing", self._token.span))
        node, _ = self._expression(0, 1)
        if self._token.kind != "end":
            raise Refused(self._left_over())
        return node

    def _advance(self) -> Token:
        token = self._token
        self._index += 1
        self._token = self._tokens[self._index]
        return token

    def _expression(self, minimum: int, depth: int) -> tuple[Node, int]:
        """Read operands and operators that bind tighter than ``minimum``."""
        if depth > MAX_DEPTH:
            raise Refused(problem_at("formula.too_deep", self._token.span, maximum=MAX_DEPTH))
        left, height = self._operand(depth)
        while self._token.kind == "operator":
            operator = self._token.value
            if operator == "%":
                if minimum >= PERCENT:
                    break
                end = self._advance().span.end
                left, height = Unary("%", left, Span(left.span.start, end)), height + 1
            else:
                strength = PRECEDENCE[operator]
                if strength <= minimum:
                    break
                if operator == "&":
                    left, height = self._joined(left, height, depth)
                else:
                    self._advance()
                    right, other = self._expression(strength, depth + 1)
                    span = Span(left.span.start, right.span.end)
                    left, height = Binary(operator, left, right, span), max(height, other) + 1
            if height > MAX_DEPTH:
                raise Refused(problem_at("formula.too_deep", left.span, maximum=MAX_DEPTH))
        return left, height

    def _joined(self, left: Node, height: int, depth: int) -> tuple[Node, int]:
        parts: list[Node] = list(left.parts) if isinstance(left, Joined) else [left]
        if not isinstance(left, Joined):
            height += 1
        while self._token.kind == "operator" and self._token.value == "&":
            self._advance()
            part, other = self._expression(PRECEDENCE["&"], depth + 1)
            parts.extend(part.parts if isinstance(part, Joined) else (part,))
            height = max(height, other + 1)
        return Joined(tuple(parts), Span(left.span.start, self._tokens[self._index - 1].span.end)), height

    def _operand(self, depth: int) -> tuple[Node, int]:
        token = self._token
        if token.kind == "number":
            self._advance()
            return NumberLiteral(_number(token), token.span), 1
        if token.kind == "text":
            self._advance()
            return TextLiteral(token.value, token.span), 1
        if token.kind == "field":
            self._advance()
            return FieldName(token.value, token.span), 1
        if token.kind == "name":
            return self._name(depth)
        if token.kind == "open":
            return self._group(depth)
        if token.kind == "operator" and token.value in "+-":
            self._advance()
            operand, height = self._expression(SIGN, depth + 1)
            return Unary(token.value, operand, Span(token.span.start, operand.span.end)), height + 1
        raise Refused(self._missing(token))

    def _group(self, depth: int) -> tuple[Node, int]:
        opening = self._advance()
        node, height = self._expression(0, depth + 1)
        if self._token.kind != "close":
            raise Refused(problem_at("formula.bracket_unclosed", opening.span))
        span = Span(opening.span.start, self._advance().span.end)
        if isinstance(node, FieldName):
            return node, height  # its names are found by the place of its brace
        return replace(node, span=span), height

    def _name(self, depth: int) -> tuple[Node, int]:
        token = self._advance()
        name = token.value.upper()
        if self._token.kind != "open":
            if name in {"TRUE", "FALSE"}:
                return BoolLiteral(name == "TRUE", token.span), 1
            raise Refused(problem_at("formula.bare_name", token.span, name=token.value))
        opening = self._advance()
        arguments: list[Node] = []
        height = 0
        while self._token.kind != "close":
            if len(arguments) == MAX_ARGUMENTS:
                raise Refused(problem_at("formula.too_many", self._token.span, maximum=MAX_ARGUMENTS))
            argument, other = self._expression(0, depth + 1)
            arguments.append(argument)
            height = max(height, other)
            if self._token.kind == "comma":
                self._advance()
                if self._token.kind == "close":
                    raise Refused(problem_at("formula.argument_missing", self._token.span))
            elif self._token.kind == "end":
                raise Refused(problem_at("formula.bracket_unclosed", opening.span))
            elif self._token.kind != "close":
                raise Refused(self._left_over())
        span = Span(token.span.start, self._advance().span.end)
        if name in {"TRUE", "FALSE"} and not arguments:
            return BoolLiteral(name == "TRUE", span), 1
        return Call(name, tuple(arguments), span, token.span), height + 1

    def _missing(self, token: Token) -> Problem:
        if token.kind == "end":
            return problem_at("formula.ends_early", token.span)
        if token.kind == "comma" or (token.kind == "close" and self._tokens[self._index - 1].kind == "comma"):
            return problem_at("formula.argument_missing", token.span)
        return problem_at("formula.value_expected", token.span, found=token.value)

    def _left_over(self) -> Problem:
        token = self._token
        if token.kind == "close":
            return problem_at("formula.bracket_extra", token.span)
        if token.kind == "comma":
            return problem_at("formula.comma_outside", token.span)
        return problem_at("formula.operator_expected", token.span, found=token.value)


def _number(token: Token) -> Decimal:
    whole, _, fraction = token.value.partition(".")
    if len(whole.lstrip("0")) > MAX_DIGITS or len(fraction.rstrip("0")) > DECIMALS:
        raise Refused(problem_at("formula.number_size", token.span, digits=MAX_DIGITS, decimals=DECIMALS))
    return Decimal(f"{whole or 0}.{fraction[:DECIMALS]}" if fraction else whole)
