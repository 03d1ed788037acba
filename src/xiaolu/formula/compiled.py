"""From text to a compiled formula, and from there to SQL or Python."""

from dataclasses import dataclass

from xiaolu.formula.checking.folding import folded
from xiaolu.formula.checking.typer import Typer
from xiaolu.formula.dependencies import Dependency, find_dependencies
from xiaolu.formula.environment import SqlEnv
from xiaolu.formula.limits import MAX_AGGREGATES
from xiaolu.formula.problems import problem_at
from xiaolu.formula.python.compiler import Evaluate, build_evaluator
from xiaolu.formula.sql.compiler import SqlCompiler
from xiaolu.formula.syntax.nodes import Span
from xiaolu.formula.syntax.parser import parse_formula
from xiaolu.formula.typed import Aggregate, Apply, FieldValue, Typed, walk
from xiaolu.formula.types import Catalogue, ValueType
from xiaolu.kit.problems import Problem
from xiaolu.kit.sql import Sql


@dataclass(frozen=True, slots=True)
class Compiled:
    """A formula whose meaning is settled.

    Two compiled formulas whose ``node`` is equal compute the same from the same columns: results that were stored for
    one hold for the other.
    """

    text: str
    entity: str
    type: ValueType
    node: Typed
    dependencies: tuple[Dependency, ...]
    reads: frozenset[str]
    """What the result depends on besides fields: ``clock`` (TODAY, NOW), ``member`` (ME), ``calendar`` (the work
    calendar), ``previous`` (CHANGED, PREVIOUS)."""

    @property
    def is_volatile(self) -> bool:
        """Tell whether the result changes with time or person although no field changes: it must not be stored."""
        return bool(self.reads & {"clock", "member"})


def compile_formula(
    text: str,
    *,
    entity: str,
    catalogue: Catalogue,
    expected: ValueType | None = None,
    changed_allowed: bool = False,
) -> Compiled | list[Problem]:
    """Compile a formula on records of ``entity``, or say what is wrong with it.

    Args:
        text: what the user wrote.
        entity: key of the entity whose records it is evaluated on.
        catalogue: the entities that it may name.
        expected: type that the result must have or be turned into (BOOL for conditions); None: any.
        changed_allowed: whether CHANGED and PREVIOUS may be used.

    Returns:
        The compiled formula, or every problem found; ``position`` and ``length`` of each are in its params, in
        characters of ``text``.
    """
    whole = Span(0, len(text))
    known = catalogue.entity(entity)
    if known is None:
        return [problem_at("formula.entity_unknown", whole, entity=entity)]
    tree = parse_formula(text)
    if isinstance(tree, Problem):
        return [tree]
    typer = Typer(known, catalogue, is_change_allowed=changed_allowed)
    node = typer.check(tree) if expected is None else typer.check_as(tree, expected)
    if node is None:
        return typer.problems
    if _aggregate_depth(node) > MAX_AGGREGATES:
        return [problem_at("formula.aggregates_nested", whole, maximum=MAX_AGGREGATES)]
    node = folded(node)
    return Compiled(text, entity, node.type, node, find_dependencies(node), _reads(node))


def to_sql(compiled: Compiled, *, alias: str, env: SqlEnv) -> Sql:
    """Render a formula as an expression over a row ``alias`` of its entity's table."""
    return SqlCompiler(alias, env).render_root(compiled.node)


def to_python(compiled: Compiled) -> Evaluate:
    """Build the function that evaluates a formula on values; it does not raise, whatever the values."""
    return build_evaluator(compiled.node)


def _aggregate_depth(node: Typed) -> int:
    if isinstance(node, Aggregate):
        parts = [each for each in (node.value, node.condition, node.separator) if each is not None]
        return 1 + max((_aggregate_depth(each) for each in parts), default=0)
    return max((_aggregate_depth(each) for each in node.operands), default=0) if isinstance(node, Apply) else 0


def _reads(node: Typed) -> frozenset[str]:
    found: set[str] = set()
    for each in walk(node):
        if isinstance(each, Apply) and each.operation.reads:
            found.add(each.operation.reads)
        elif isinstance(each, FieldValue) and each.is_previous:
            found.add("previous")
    return frozenset(found)
