"""Processes as a member's client sees them. Pure."""

from collections.abc import Callable, Collection, Iterable, Sequence

from xiaolu.kit.i18n import Language
from xiaolu.metadata.model.process import EvidenceSlot, Process, Stage
from xiaolu.metadata.model.running import KeptVersion
from xiaolu.studio.schemas.visible import EvidenceOut, FormerOut, LimitOut, ProcessOut, StageOut, TransitionOut


def process_out(
    process: Process,
    seen: Collection[str],
    language: Language,
    *,
    is_for: Callable[[Iterable[str]], bool],
    kept: Sequence[KeptVersion] = (),
) -> ProcessOut:
    """Return a process with the fields in ``seen`` and the transitions that ``is_for`` allows the member's roles."""
    return ProcessOut(
        key=process.key,
        entity=process.entity,
        label=process.label.text(language),
        initial=process.initial,
        reasons=process.reasons,
        remark_required=process.remark_required,
        stages=[_stage(each, seen, language) for each in process.stages],
        transitions=[
            TransitionOut(
                key=each.key,
                label=each.label.text(language),
                source=list(each.source),
                target=each.target,
                backward=each.backward,
                reasons=each.reasons,
            )
            for each in process.transitions
            if is_for(each.roles)
        ],
        former=[
            FormerOut(number=each.number, stages=[_stage(stage, seen, language) for stage in each.process.stages])
            for each in kept
        ],
    )


def _stage(stage: Stage, seen: Collection[str], language: Language) -> StageOut:
    return StageOut(
        key=stage.key,
        label=stage.label.text(language),
        colour=stage.colour,
        kind=stage.kind,
        limit=LimitOut(hours=stage.limit.hours, calendar=stage.limit.calendar) if stage.limit else None,
        required=[each for each in stage.required if each in seen],
        readonly=[each for each in stage.readonly if each in seen],
        evidence=[_evidence(each, language) for each in stage.evidence],
    )


def _evidence(slot: EvidenceSlot, language: Language) -> EvidenceOut:
    return EvidenceOut(
        key=slot.key,
        label=slot.label.text(language),
        description=slot.description.text(language) if slot.description else None,
        kind=slot.kind,
        required=slot.required,
        minimum=slot.minimum,
        validators=slot.validators,
    )
