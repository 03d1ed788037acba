"""What changes besides entities: option sets, numberings, processes, views, roles, figures, apps. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import structs

from xiaolu.kit.i18n import Label, Language
from xiaolu.kit.problems import Param
from xiaolu.metadata.model.common import Named
from xiaolu.metadata.model.entity import Option, OptionSet
from xiaolu.metadata.model.process import Process, Stage
from xiaolu.metadata.model.running import RunningChange
from xiaolu.metadata.model.workspace import Definitions, table_of
from xiaolu.metadata.planner.model import Probe, Risk, Step
from xiaolu.metadata.planner.running import running_steps

_KINDS = ("app", "option_set", "numbering", "view", "role", "number", "page", "public_form", "tour")
SHOWN = 8
"""Options that a step names."""
_PLURALS = {kind: f"{kind}s" for kind in _KINDS}


def other_steps(before: Definitions, after: Definitions, running: tuple[RunningChange, ...] = ()) -> Iterator[Step]:
    """Return the steps that concern anything but entities."""
    for kind, plural in _PLURALS.items():
        yield from _named(kind, getattr(before, plural), getattr(after, plural))
    yield from _processes(before, after, {each.after.key: each for each in running})
    yield from running_steps(running)


def _named(kind: str, before: Sequence[Named], after: Sequence[Named]) -> Iterator[Step]:
    was = {each.key: each for each in before}
    becomes = {each.key: each for each in after}
    for key, each in becomes.items():
        if key not in was:
            yield _step(f"{kind}_created", each)
        elif each != was[key]:
            yield from _changed(kind, was[key], each)
    for key, each in was.items():
        if key not in becomes:
            holders = Probe("holders", "member_role", values=(key,)) if kind == "role" else None
            yield _step(f"{kind}_deleted", each, risk=Risk.LOSS if holders else Risk.NONE, probe=holders)


def _changed(kind: str, old: Named, new: Named) -> Iterator[Step]:
    if old.label != new.label:
        yield _step(f"{kind}_renamed", new, before=old.label)
        old = structs.replace(old, label=new.label)
    if isinstance(old, OptionSet) and isinstance(new, OptionSet):
        yield from _options(old, new)
        old = structs.replace(old, options=new.options)
    if old != new:
        yield _step(f"{kind}_changed", new)


def _options(old: OptionSet, new: OptionSet) -> Iterator[Step]:
    was = {each.key: each for each in old.options}
    becomes = {each.key: each for each in new.options}
    kept = [key for key in was if key in becomes]
    for kind, found in (
        ("options_added", [each for key, each in becomes.items() if key not in was]),
        ("options_dropped", [each for key, each in was.items() if key not in becomes]),
        ("options_retired", [becomes[key] for key in kept if becomes[key].retired and not was[key].retired]),
        ("options_changed", [becomes[key] for key in kept if _is_changed(was[key], becomes[key])]),
    ):
        if found:
            yield _step(kind, new, count=len(found), options=_names(found, "zh"), options_en=_names(found, "en"))
    if kept != [key for key in becomes if key in was]:
        yield _step("options_reordered", new)


def _names(options: Sequence[Option], language: Language) -> list[str]:
    names = [each.label.text(language) for each in options[:SHOWN]]
    return names if len(options) <= SHOWN else [*names, "…"]


def _is_changed(old: Option, new: Option) -> bool:
    """Tell whether anything differs besides that the option is retired now, which is told by itself."""
    return structs.replace(old, retired=old.retired or new.retired) != new


def _processes(before: Definitions, after: Definitions, running: Mapping[str, RunningChange]) -> Iterator[Step]:
    was = {each.key: each for each in before.processes}
    becomes = {each.key: each for each in after.processes}
    for key, process in becomes.items():
        if key not in was:
            yield _step("process_created", process, entity=process.entity)
        elif process != was[key]:
            yield from _process(was[key], process, running.get(key))
    for key, process in was.items():
        if key not in becomes:
            yield _step("process_deleted", process, entity=process.entity, risk=Risk.LOSS)


def _process(before: Process, after: Process, running: RunningChange | None) -> Iterator[Step]:
    was = {each.key: each for each in before.stages}
    becomes = {each.key: each for each in after.stages}
    for key, stage in becomes.items():
        if key not in was:
            yield _step("stage_created", stage, entity=after.entity, process=after.label)
        elif stage.label != was[key].label:
            yield _step("stage_renamed", stage, entity=after.entity, before=was[key].label, process=after.label)
        elif stage != was[key]:
            yield _step("stage_changed", stage, entity=after.entity, process=after.label)
    for key, stage in was.items():
        if key not in becomes:
            yield _stage_deleted(after, stage, running)
    rest = [name for name in Process.__struct_fields__ if name != "stages"]
    if any(getattr(before, name) != getattr(after, name) for name in rest):
        yield _step("process_changed", after, entity=after.entity)


def _stage_deleted(after: Process, stage: Stage, running: RunningChange | None) -> Step:
    """Only where all records move to the new version does it matter whether any is in the stage."""
    if running is not None and running.keeps:
        return _step("stage_deleted", stage, entity=after.entity, process=after.label)
    apart = running.apart if running else ()
    probe = Probe("stage", table_of(after.entity), values=(stage.key,), apart=apart)
    return _step("stage_deleted", stage, entity=after.entity, risk=Risk.LOSS, probe=probe, process=after.label)


def _step(
    kind: str,
    named: Named,
    *,
    entity: str | None = None,
    risk: Risk = Risk.NONE,
    probe: Probe | None = None,
    **params: Param | Label,
) -> Step:
    return Step(
        kind=kind,
        code=f"planner.{kind}",
        entity=entity or getattr(named, "entity", None),
        params={"label": named.label, **params},
        risk=risk,
        probe=probe,
    )
