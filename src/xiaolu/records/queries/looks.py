"""Whether the layout and colours of a saved view make sense, and rest on nothing that its author may not see."""

from collections.abc import Iterator

import msgspec

from xiaolu.access.context import Context
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.model.view import View
from xiaolu.metadata.validation.scope import Scope as Definitions
from xiaolu.metadata.validation.view_settings import check_settings
from xiaolu.metadata.validation.views import KINDS
from xiaolu.records.queries.scope import Scope, compile_marks


def look_problems(ctx: Context, scope: Scope, view: View) -> list[Problem]:
    """Return everything that is wrong with a view's kind, layout and colours; paths begin with the setting."""
    found: list[Problem] = []
    if view.kind not in KINDS:
        found.append(problem("view.kind", "kind", kind=view.kind, known=list(KINDS)))
    checked = check_settings(Definitions(ctx.snapshot.definitions), view)
    found.extend(msgspec.structs.replace(each, path=each.path[2:]) for each in checked)
    marks = compile_marks(scope, [each.when for each in view.colours])
    found.extend(each for each in marks if isinstance(each, Problem))
    for path, at in _named(view):
        column = scope.source.column(path)
        if isinstance(column, Problem):
            found.append(column.under(*at))
    return list({(each.code, each.path): each for each in found}.values())


def _named(view: View) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    yield from ((key, ("summary", key)) for key in view.summary)
    yield from ((each.field, ("colours", at, "field")) for at, each in enumerate(view.colours) if each.field)
    for name in ("calendar", "gallery", "map", "timeline"):
        settings = getattr(view, name)
        for setting in () if settings is None else ("start", "end", "progress", "title", "colour", "picture", "place"):
            path = getattr(settings, setting, None)
            if path:
                yield path, (name, setting)
