"""The order in which stored formulas are computed, across entities."""

from collections.abc import Mapping
from typing import TypeAlias

from xiaolu.formula.compiled import Compiled
from xiaolu.formula.types import Catalogue
from xiaolu.kit.problems import Problem, problem

FieldKey: TypeAlias = tuple[str, str]
"""Entity key and field key."""


def order_formulas(formulas: Mapping[FieldKey, Compiled], catalogue: Catalogue) -> list[FieldKey] | list[Problem]:
    """Sort stored formulas so that each comes after those that it reads.

    Returns:
        The formulas' keys in order, or one ``formula.cycle`` per circle: its path is (entity, field), ``params.path``
        spells the circle in labels and ``params.fields`` lists it as ``entity.field``.
    """
    reads = {
        key: sorted(
            {(each.entity, each.field) for each in compiled.dependencies if (each.entity, each.field) in formulas}
        )
        for key, compiled in formulas.items()
    }
    walker = _Walker(reads)
    for key in formulas:
        walker.visit(key)
    if not walker.cycles:
        return walker.order
    return [_cycle_problem(cycle, catalogue) for cycle in walker.cycles]


class _Walker:
    """Depth first, with a stack of its own: a chain of formulas may be longer than Python's."""

    def __init__(self, reads: Mapping[FieldKey, list[FieldKey]]) -> None:
        self.order: list[FieldKey] = []
        self.cycles: list[list[FieldKey]] = []
        self._reads = reads
        self._done: set[FieldKey] = set()

    def visit(self, start: FieldKey) -> None:
        if start in self._done:
            return
        path: list[FieldKey] = [start]
        places = {start: 0}
        waiting = [iter(self._reads[start])]
        while waiting:
            following = next(waiting[-1], None)
            if following is None:
                waiting.pop()
                finished = path.pop()
                del places[finished]
                self._done.add(finished)
                self.order.append(finished)
            elif following in places:
                self.cycles.append(path[places[following] :])
            elif following not in self._done:
                places[following] = len(path)
                path.append(following)
                waiting.append(iter(self._reads[following]))


def _cycle_problem(cycle: list[FieldKey], catalogue: Catalogue) -> Problem:
    first = min(range(len(cycle)), key=lambda index: cycle[index])
    turned = cycle[first:] + cycle[:first]
    labels = [_label(key, catalogue) for key in (*turned, turned[0])]
    return problem("formula.cycle", *turned[0], path=" → ".join(labels), fields=[".".join(key) for key in turned])


def _label(key: FieldKey, catalogue: Catalogue) -> str:
    entity = catalogue.entity(key[0])
    if entity is None:
        return ".".join(key)
    field = next((each.label for each in entity.fields if each.key == key[1]), key[1])
    return f"{entity.label}.{field}"
