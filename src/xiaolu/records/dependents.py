"""Who reads what: which stored formulas must be computed anew when fields of an entity change. Pure.

Worked out once per snapshot from the dependencies of every stored formula.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from xiaolu.formula import Compiled, Dependency
from xiaolu.metadata.computed import computed_of
from xiaolu.metadata.snapshot import Snapshot

Key = tuple[str, str]
"""Entity and field."""


@dataclass(frozen=True, slots=True, eq=False)
class Dependents:
    """The stored formulas of a workspace in the order in which they are computed, and what each reads."""

    order: tuple[Key, ...]
    formulas: Mapping[Key, Compiled]
    dependencies: Mapping[Key, tuple[Dependency, ...]]
    local: frozenset[Key]
    """Formulas that Python computes with the write of their own record."""
    readers: Mapping[Key, tuple[Key, ...]]
    """Formulas that read a field of an entity, by that field."""
    rank: Mapping[str, int]
    """Entities in an order in which what is pointed to comes before what points to it; rows are locked in it."""

    by_entity: Mapping[str, frozenset[str]]
    """Fields of each entity that any formula reads."""
    drifting: frozenset[Key]
    """Formulas whose inputs change without any record being written: the clock, the work calendar, names of people."""

    def is_read(self, entity: str, fields: Collection[str]) -> bool:
        """Tell whether a formula that the database computes reads any of these fields."""
        return any(key not in self.local for field in fields for key in self.readers.get((entity, field), ()))

    def fields_read(self, entity: str) -> frozenset[str]:
        """Return the fields of an entity that any formula reads."""
        return self.by_entity.get(entity, frozenset())


_dependents: WeakKeyDictionary[Snapshot, Dependents] = WeakKeyDictionary()


def dependents_of(snapshot: Snapshot) -> Dependents:
    """Return the dependents of a snapshot, worked out once."""
    found = _dependents.get(snapshot)
    if found is None:
        found = _dependents[snapshot] = _work_out(snapshot)
    return found


def _work_out(snapshot: Snapshot) -> Dependents:
    computed = computed_of(snapshot)
    numbers = {
        (entity.key, field.key)
        for entity in snapshot.entities.values()
        for field in entity.fields.values()
        if field.definition.type == "auto_number"
    }
    remote: set[Key] = set(numbers)
    local: set[Key] = set()
    readers: dict[Key, list[Key]] = {}
    for key in computed.order:
        compiled = computed.formulas[key]
        is_local = all(not each.path and (each.entity, each.field) not in remote for each in compiled.dependencies)
        (local if is_local else remote).add(key)
        for each in compiled.dependencies:
            known = readers.setdefault((each.entity, each.field), [])
            if key not in known:
                known.append(key)
    return Dependents(
        order=computed.order,
        formulas=computed.formulas,
        dependencies={key: computed.formulas[key].dependencies for key in computed.order},
        local=frozenset(local),
        readers={key: tuple(found) for key, found in readers.items()},
        rank=_ranks(snapshot),
        drifting=frozenset(
            key
            for key, compiled in computed.formulas.items()
            if compiled.is_volatile
            or "calendar" in compiled.reads
            or any(each.entity not in snapshot.entities for each in compiled.dependencies)
        ),
        by_entity={entity: frozenset(field for owner, field in readers if owner == entity) for entity, _ in readers},
    )


def _ranks(snapshot: Snapshot) -> dict[str, int]:
    """Number the entities so that targets come before what points to them, as far as there are no circles."""
    ranks: dict[str, int] = {}
    visiting: set[str] = set()

    def visit(key: str) -> None:
        if key in ranks or key in visiting or key not in snapshot.entities:
            return
        visiting.add(key)
        model = snapshot.entities[key]
        targets = {
            each.type.target(each.definition) for each in model.fields.values() if each.definition.type == "relation"
        }
        for target in sorted(each for each in {*targets, model.definition.parent} if each):
            visit(target)
        visiting.discard(key)
        ranks[key] = len(ranks)

    for key in sorted(snapshot.entities):
        visit(key)
    return ranks
