"""HTTP of the formula editor."""

from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from xiaolu.access.context import Context
from xiaolu.access.policy import require_ability
from xiaolu.formula import catalogue_for_editor
from xiaolu.studio.formulas import service
from xiaolu.studio.schemas import formulas as shapes

TAGS = ["Studio"]


@get("/studio/formula/functions", operation_id="listFunctions", summary="Functions of the formula language", tags=TAGS)
async def list_functions(ctx: NamedDependency[Context]) -> list[shapes.FunctionOut]:
    """Return every function with its signature, what it does and an example, by family."""
    require_ability(ctx, "build")
    return [shapes.function_out(each, ctx.language) for each in catalogue_for_editor()]


@get("/studio/formula/names", operation_id="listFormulaNames", summary="What formulas may name", tags=TAGS)
async def list_names(ctx: NamedDependency[Context]) -> shapes.NamesOut:
    """Return every entity of the open draft with the fields that formulas may name, collections included."""
    return shapes.names_out(await service.read_names(ctx), ctx.language)


@post("/studio/formula/check", operation_id="checkFormula", summary="What a formula means", tags=TAGS, status_code=200)
async def check_formula(ctx: NamedDependency[Context], data: JSONBody[shapes.FormulaBody]) -> shapes.FormulaOut:
    """Return the type of a formula over the open draft, or every problem with its place; and results on recent records."""
    return shapes.formula_out(await service.check_formula(ctx, shapes.asked_of(data)), ctx.language)


ROUTES: list[Any] = [list_functions, list_names, check_formula]
