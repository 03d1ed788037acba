"""Says a plan in words. Pure apart from the message catalogue."""

from xiaolu.kit.i18n import Label, Language, message
from xiaolu.kit.problems import Param
from xiaolu.metadata.planner.model import Step, Touch


def describe_step(step: Step, language: Language) -> str:
    """Return what a step does, and what it costs where that was counted."""
    params = {key: _spoken(value, language) for key, value in step.params.items()}
    text = message(step.code, params, language)
    if step.probe is not None and step.rows:
        text += message(f"planner.rows.{step.probe.kind}", {"rows": step.rows}, language)
    return text


def describe_touch(touch: Touch, language: Language) -> str:
    """Return which place uses what is changed."""
    usage = touch.usage
    params: dict[str, Param] = {
        "label": usage.label.text(language),
        "kind": message(f"planner.usage.{usage.kind}", {}, language),
        "aspect": message(f"planner.usage_aspect.{usage.aspect}", {}, language),
    }
    return message("planner.touch", params, language)


def _spoken(value: Param | Label, language: Language) -> Param:
    if isinstance(value, Label):
        return value.text(language)
    if isinstance(value, list):
        words = [message(each[1:], {}, language) if each.startswith("@") else each for each in value]
        return ("、" if language == "zh" else ", ").join(words)
    return value
