"""Keeping stored formulas right when records change: across parents, children and references, over several levels.

Everything happens in the transaction of the change. Records that point up are locked before the write, in an order that
all writers share, so that two writes below one parent wait for each other and neither result is lost.
"""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.formula import Dependency, Step
from xiaolu.records.blueprint import blueprint_of
from xiaolu.records.dependents import Dependents, Key, dependents_of
from xiaolu.records.service.refusing import refusals
from xiaolu.records.store.ripple import find_touched, follow, lock_rows, recompute

EVERYTHING = frozenset({"*"})
"""Stands for all fields of a record: it appears, or goes."""


class Ripple:
    """What a change sets off. Use: ``announce`` each change before it is written, ``settle`` after all are."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._dependents: Dependents = dependents_of(ctx.snapshot)
        self._changed: dict[Key, set[UUID]] = {}
        self._pending: dict[Key, set[UUID]] = {}
        self._written: dict[str, set[UUID]] = {}
        self._locked: dict[str, set[UUID]] = {}
        self._found: dict[tuple[tuple[Step, ...], frozenset[UUID]], set[UUID]] = {}
        self._born: dict[str, set[UUID]] = {}

    async def announce(
        self,
        entity: str,
        ids: Collection[UUID],
        fields: Collection[str],
        *,
        leads_to: Mapping[str, Collection[UUID]],
        in_sql: bool = False,
        is_new: bool = False,
    ) -> None:
        """Take note of records that are about to change, and lock what points at them from above.

        ``leads_to`` names the records that relation columns will point to; ``in_sql`` says that the fields are written
        by SQL, so that formulas of the same record must be computed as well; ``is_new`` that the records are about to be
        created, so that nothing leads to them yet.
        """
        self._found.clear()
        if is_new:
            self._born.setdefault(entity, set()).update(ids)
        known = self._dependents.fields_read(entity) if "*" in fields else fields
        if "*" in fields:
            for key in self._dependents.order:
                if key[0] == entity and (in_sql or key not in self._dependents.local):
                    self._pending.setdefault(key, set()).update(ids)
        for field in known:
            self._changed.setdefault((entity, field), set()).update(ids)
        if not in_sql:
            self._written.setdefault(entity, set()).update(ids)
        self._locked.setdefault(entity, set()).update(ids)
        with refusals():
            await self._hold_above(entity, {(entity, field): set(ids) for field in known}, leads_to)
            await self._hold_sources(entity, ids, leads_to)

    def refresh(self, entity: str, ids: Collection[UUID]) -> None:
        """Take note that what these records' drifting formulas read may have changed by itself."""
        for key in self._dependents.drifting:
            if key[0] == entity:
                self._pending.setdefault(key, set()).update(ids)

    async def settle(self) -> None:
        """Compute every formula that reads something changed, each after those that it reads itself.

        Formulas of the same records that do not read each other are computed by one statement.
        """
        self._found.clear()
        waiting: dict[Key, set[UUID]] = {}
        for key in self._dependents.order:
            if waiting and (key[0] != next(iter(waiting))[0] or self._reads(key, waiting)):
                await self._compute(waiting)
                waiting = {}
            ids = await self._touched(key)
            if not ids:
                continue
            if waiting and next(iter(waiting.values())) != ids:
                await self._compute(waiting)
                waiting = {}
            waiting[key] = ids
        if waiting:
            await self._compute(waiting)

    def _reads(self, key: Key, others: Mapping[Key, set[UUID]]) -> bool:
        """Tell whether a formula reads the result of one of the others."""
        return any((each.entity, each.field) in others for each in self._dependents.dependencies[key])

    async def _touched(self, key: Key) -> set[UUID]:
        """Return the records whose formula reads something that changed."""
        found = set(self._pending.get(key, ()))
        beyond: list[tuple[Dependency, set[UUID]]] = []
        for dependency in self._dependents.dependencies[key]:
            ids = self._changed.get((dependency.entity, dependency.field))
            if not ids:
                continue
            if dependency.path:
                beyond.append((dependency, ids))
            elif key in self._dependents.local:
                found |= ids - self._written.get(key[0], set())
            else:
                found |= ids
        for dependency, ids in beyond:
            found |= await self._find(dependency, self._not_known(key, dependency, ids))
        return found

    def _not_known(self, key: Key, dependency: Dependency, ids: set[UUID]) -> set[UUID]:
        """Leave out new records: no older one leads to them, and what they lead to is known already."""
        born = self._born.get(dependency.entity)
        if not born:
            return ids
        rank = self._dependents.rank
        is_above = rank.get(key[0], 0) < rank.get(dependency.entity, 0)
        return ids - born if is_above or dependency.path[-1].kind == "forward" else ids

    async def _find(self, dependency: Dependency, ids: Collection[UUID]) -> set[UUID]:
        """Return the formula's records that a path leads back to; asked once, because several formulas share their paths.

        What is known holds until the next change is announced: nothing in between writes a relation.
        """
        if not ids:
            return set()
        key = (dependency.path, frozenset(ids))
        if key not in self._found:
            self._found[key] = await find_touched(self._ctx, [(dependency, ids)])
        return self._found[key]

    async def _compute(self, waiting: Mapping[Key, set[UUID]]) -> None:
        entity = next(iter(waiting))[0]
        ids = next(iter(waiting.values()))
        new = ids - self._locked.get(entity, set())
        if new:
            with refusals():
                await lock_rows(self._ctx, entity, new)
            self._locked.setdefault(entity, set()).update(new)
        parts = blueprint_of(self._ctx.snapshot, entity).parts
        formulas = {field: (self._dependents.formulas[entity, field], parts[field].column_type) for _, field in waiting}
        with refusals():
            became = await recompute(self._ctx, entity, formulas, ids)
        for field, changed in became.items():
            self._changed.setdefault((entity, field), set()).update(changed)
            if parts[field].target is not None:
                self._found.clear()  # a computed relation leads elsewhere now

    async def _hold_above(
        self, entity: str, changed: dict[Key, set[UUID]], leads_to: Mapping[str, Collection[UUID]]
    ) -> None:
        """Lock the records above whose formulas will be computed: those pointed to until now, and from now on."""
        held: dict[str, set[UUID]] = {}
        rank = self._dependents.rank
        own_rank = rank.get(entity, 0)
        for key in self._dependents.order:
            if rank.get(key[0], own_rank) >= own_rank:
                continue
            ids: set[UUID] = set()
            for dependency in self._dependents.dependencies[key]:
                sources = changed.get((dependency.entity, dependency.field))
                if sources is not None and dependency.path:
                    ids |= await self._above(dependency, sources, leads_to if dependency.entity == entity else {})
            if ids:
                changed.setdefault(key, set()).update(ids)
                self._pending.setdefault(key, set()).update(ids)
                held.setdefault(key[0], set()).update(ids)
        for above in sorted(held, key=lambda each: rank.get(each, 0)):
            await self._hold(above, held[above])

    async def _above(
        self, dependency: Dependency, sources: set[UUID], leads_to: Mapping[str, Collection[UUID]]
    ) -> set[UUID]:
        found = set(await self._find(dependency, sources - self._born.get(dependency.entity, set())))
        last = dependency.path[-1]
        if last.kind == "children":
            for target in self._new_targets(last.link_table or last.column, leads_to):
                found |= target if len(dependency.path) == 1 else await self._further(dependency, target)
        return found

    async def _further(self, dependency: Dependency, targets: set[UUID]) -> set[UUID]:
        """Return the formula's records above the records that the last step of a longer path starts from."""
        last = dependency.path[-1]
        shorter = Dependency(path=dependency.path[:-1], entity=last.entity, field="id")
        return await self._find(shorter, targets)

    @staticmethod
    def _new_targets(column: str, leads_to: Mapping[str, Collection[UUID]]) -> Iterable[set[UUID]]:
        targets = leads_to.get(column)
        return [set(targets)] if targets else []

    async def _hold_sources(self, entity: str, ids: Collection[UUID], leads_to: Mapping[str, Collection[UUID]]) -> None:
        """Keep what the records' own formulas read through relations from changing before they are computed."""
        for key in self._dependents.order:
            if key[0] != entity or key in self._dependents.local:
                continue
            for dependency in self._dependents.dependencies[key]:
                if dependency.path and dependency.path[0].kind == "forward":
                    await self._hold_along(dependency, ids, leads_to)

    async def _hold_along(
        self, dependency: Dependency, ids: Collection[UUID], leads_to: Mapping[str, Collection[UUID]]
    ) -> None:
        reached: set[UUID] = set()
        for depth, step in enumerate(dependency.path):
            if step.kind != "forward" or step.target not in self._dependents.rank:
                return
            if depth == 0:
                given = leads_to.get(step.column)
                reached = (
                    set(given) if given is not None else await follow(self._ctx, step.entity_table, step.column, ids)
                )
            else:
                reached = await follow(self._ctx, step.entity_table, step.column, reached)
            if not reached:
                return
            await self._hold(step.target, reached, shared=True)

    async def _hold(self, entity: str, ids: set[UUID], *, shared: bool = False) -> None:
        new = ids - self._locked.get(entity, set())
        if new:
            await lock_rows(self._ctx, entity, new, shared=shared)
            if not shared:
                self._locked.setdefault(entity, set()).update(new)
