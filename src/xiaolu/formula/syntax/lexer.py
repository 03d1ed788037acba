"""Text to tokens. Punctuation of a Chinese keyboard is as good as the plain one."""

import re
from typing import NamedTuple

from xiaolu.formula.problems import Refused, problem_at
from xiaolu.formula.syntax.nodes import Span
from xiaolu.kit.problems import Problem


class Token(NamedTuple):
    """One word of a formula. ``kind``: number, text, field, name, operator, (, ), comma or end."""

    kind: str
    value: str
    span: Span


_SAME = {
    "＋": "+", "－": "-", "−": "-", "×": "*", "＊": "*", "÷": "/", "／": "/", "＾": "^", "％": "%", "＆": "&",
    "＝": "=", "==": "=", "≠": "<>", "!=": "<>", "！=": "<>", "！＝": "<>", "＜＞": "<>", "≤": "<=", "≥": ">=",
    "＜": "<", "＞": ">", "＜=": "<=", "＜＝": "<=", "＞=": ">=", "＞＝": ">=", "<＝": "<=", ">＝": ">=",
}  # fmt: skip
"""Spellings that mean a plain operator."""

_PATTERN = re.compile(
    r"""
    (?P<space>[\s\u3000\u200b\ufeff]+)
  | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))
  | (?P<text>"(?:[^"]|"")*"|“[^”]*”)
  | (?P<field>[{｛][^{}｛｝]*[}｝])
  | (?P<name>[^\W\d]\w*)
  | (?P<operator><=|>=|<>|==|!=|！[=＝]|[<＜][=＝]|[>＞][=＝]|＜＞|[-+*/^%&=<>＋－−×＊÷／＾％＆＝≠≤≥＜＞])
  | (?P<open>[(（])
  | (?P<close>[)）])
  | (?P<comma>[,，;；])
    """,
    re.VERBOSE,
)

_UNFINISHED = {'"': "formula.text_unclosed", "“": "formula.text_unclosed", "{": "formula.brace_unclosed",
               "｛": "formula.brace_unclosed", "'": "formula.single_quotes", "‘": "formula.single_quotes"}  # fmt: skip

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def read_tokens(text: str) -> list[Token]:
    """Cut ``text`` into tokens, the last of kind ``end``.

    Raises:
        Refused: a character that no formula may hold, or quotes or braces without an end.
    """
    bad = _UNSTORABLE.search(text)
    if bad:
        raise Refused(problem_at("formula.character", Span(*bad.span()), character=f"U+{ord(bad.group()):04X}"))
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _PATTERN.match(text, position)
        if match is None:
            raise Refused(_unreadable(text, position))
        position = match.end()
        kind = match.lastgroup or ""
        if kind != "space":
            tokens.append(Token(kind, _value(kind, match.group()), Span(*match.span())))
    tokens.append(Token("end", "", Span(len(text), len(text))))
    return tokens


def _value(kind: str, found: str) -> str:
    if kind == "text":
        return found[1:-1].replace('""', '"') if found[0] == '"' else found[1:-1]
    if kind == "field":
        return found[1:-1]
    if kind == "operator":
        return _SAME.get(found, found)
    return found


def _unreadable(text: str, position: int) -> Problem:
    character = text[position]
    code = _UNFINISHED.get(character)
    if code is None:
        return problem_at("formula.character", Span(position, position + 1), character=character)
    return problem_at(code, Span(position, len(text)))
