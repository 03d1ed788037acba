"""Use cases of the formula editor; all demand the ability ``build``."""

from zoneinfo import ZoneInfo

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import decide, require_ability
from xiaolu.formula import Compiled, compile_formula
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.validation.formulas import check_result
from xiaolu.metadata.validation.scope import Scope
from xiaolu.records.blueprint import blueprint_of
from xiaolu.records.queries.store.columns import Source
from xiaolu.records.queries.store.formulas import hidden_fields
from xiaolu.records.queries.store.sampling import read_samples
from xiaolu.records.store.titles import load_titles
from xiaolu.studio.formulas.live import Ground
from xiaolu.studio.formulas.model import Asked, Checked, Samples, SampleText
from xiaolu.studio.formulas.writing import records_in, target_of, written
from xiaolu.studio.wanted import Wanted, wanted_definitions

SAMPLES = 5


async def read_names(ctx: Context) -> Wanted:
    """Return the definitions that formulas are written over: those of the open draft."""
    require_ability(ctx, "build")
    return await wanted_definitions(ctx)


async def check_formula(ctx: Context, asked: Asked) -> Checked:
    """Return what a formula means over the draft, what is wrong with it, and what it gives on the newest records."""
    require_ability(ctx, "build")
    wanted = await wanted_definitions(ctx)
    compiled = compile_formula(
        asked.text,
        entity=asked.entity,
        catalogue=wanted.catalogue,
        expected=asked.expects,
        changed_allowed=asked.is_change_allowed,
    )
    if not isinstance(compiled, Compiled):
        return Checked(None, tuple(compiled), Samples())
    problems = tuple(_of_field(asked, compiled, wanted))
    samples = await _sampled(ctx, compiled, wanted) if asked.is_sampled else Samples()
    return Checked(compiled.type, problems, samples)


def _of_field(asked: Asked, compiled: Compiled, wanted: Wanted) -> list[Problem]:
    """Return why the field cannot take the result; such a problem concerns the whole text."""
    entity = next((each for each in wanted.definitions.entities if each.key == asked.entity), None)
    field = entity.field(asked.field) if entity is not None and asked.field is not None else None
    if field is None:
        return []
    place = {"position": 0, "length": len(asked.text)}
    found = check_result(Scope(wanted.definitions), compiled, field)
    return [Problem(code=each.code, params={**each.params, **place}) for each in found]


async def _sampled(ctx: Context, compiled: Compiled, wanted: Wanted) -> Samples:
    if compiled.entity not in ctx.snapshot.entities:
        return Samples(note=problem("studio.sample.new_form"))
    published = (ctx.snapshot.definitions, ctx.snapshot.catalogue)
    lowered, missing = Ground((wanted.definitions, wanted.catalogue), published).bring_down(compiled)
    if missing:
        labels = [_label(wanted, *each) for each in missing]
        return Samples(note=problem("studio.sample.unpublished", fields=labels))
    decision = decide(ctx.actor, ctx.snapshot, compiled.entity, Operation.READ, now=ctx.now, time_zone=ctx.time_zone)
    if not decision.allowed:
        return Samples(note=problem("studio.sample.no_access"))
    source = Source(ctx, blueprint_of(ctx.snapshot, compiled.entity).model, decision)
    hidden = hidden_fields(source, lowered)
    if hidden:
        return Samples(note=problem("studio.sample.hidden", fields=[_label(wanted, *each) for each in hidden]))
    return await _read(ctx, source, lowered, is_change="previous" in compiled.reads)


async def _read(ctx: Context, source: Source, compiled: Compiled, *, is_change: bool) -> Samples:
    found = await read_samples(ctx.uow, source, compiled, SAMPLES)
    if found is None:
        return Samples(note=problem("studio.sample.slow"))
    if not found:
        return Samples(note=problem("studio.sample.no_records"))
    target = target_of(compiled.node)
    titles = await load_titles(ctx, {target: records_in(each.value for each in found)}) if target else None
    zone = ZoneInfo(ctx.time_zone)
    rows = []
    for each in found:
        if target and titles:
            text = "、".join(titles.title(target, one) or "…" for one in records_in([each.value])) or None
        else:
            text = written(each.value, compiled.node, zone, ctx.language)
        rows.append(SampleText(each.record, each.title, each.value, text))
    return Samples(tuple(rows), problem("studio.sample.unchanged") if is_change else None)


def _label(wanted: Wanted, entity: str, key: str) -> str:
    known = wanted.catalogue.entity(entity)
    ref = next((each for each in known.fields if each.key == key), None) if known else None
    return ref.label if ref else key
