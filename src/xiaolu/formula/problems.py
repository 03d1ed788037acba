"""Problems of a formula carry the place in its text."""

from xiaolu.formula.syntax.nodes import Span
from xiaolu.kit.problems import Param, Problem, problem


class Refused(Exception):
    """Stops reading a text at the first place where it cannot be understood."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.problem = found


def problem_at(code: str, span: Span, **params: Param) -> Problem:
    """Build a problem whose params hold ``position`` (from 0) and ``length`` in characters."""
    return problem(code, position=span.start, length=span.end - span.start, **params)
