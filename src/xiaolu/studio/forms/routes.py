"""HTTP of the form designer."""

from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.records.schemas import problem_out
from xiaolu.studio.forms.schemas import FieldTypesOut, TrialBody, TrialOut
from xiaolu.studio.forms.trial import try_form
from xiaolu.studio.forms.types import field_types

TAGS = ["Studio"]


@get("/studio/field-types", operation_id="listFieldTypes", summary="Field types and their settings", tags=TAGS)
async def list_field_types(ctx: NamedDependency[Context]) -> FieldTypesOut:
    """Return every field type: what it is for, which properties it takes, and its settings with their limits."""
    require_ability(ctx, "build")
    return field_types(ctx.language)


@post("/studio/forms/try", operation_id="tryForm", summary="Try a form that is not published", tags=TAGS,
      status_code=200)  # fmt: skip
async def try_out(ctx: NamedDependency[Context], data: JSONBody[TrialBody]) -> TrialOut:
    """Return what the form shows, demands, offers, tells, fills in and refuses. Writes nothing."""
    trial = await try_form(ctx, data.entity, data.option_sets, data.values, data.stage)
    state = trial.state
    return TrialOut(
        visible=state.visible,
        required=state.required,
        options=state.options,
        tips=state.tips,
        values=state.values,
        display=state.display,
        problems=[problem_out(each, ctx.language) for each in trial.problems],
        later=trial.later,
    )


ROUTES: list[Any] = [list_field_types, try_out]
