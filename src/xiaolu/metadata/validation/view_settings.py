"""What the kinds of views need, column widths, groups and colours: it exists and is of a type that can be so used."""

from collections.abc import Collection

from xiaolu.kit.problems import problem
from xiaolu.metadata.model.view import View
from xiaolu.metadata.validation.conditions import check_condition
from xiaolu.metadata.validation.scope import Found, Scope

COLOURS = ("grey", "blue", "cyan", "green", "lime", "gold", "orange", "red", "pink", "purple")
SCALES = ("day", "week", "month")
FITS = ("cover", "contain")
UNITS = ("day", "week", "month", "quarter", "year")
MOST_LEVELS = 3
MOST_COLOURS = 20
NARROWEST, WIDEST = 48, 1_200
MOMENTS = ("date", "date_time")
_FIGURES = ("integer", "decimal", "percent", "rating")
_CHOICES = ("single_select",)
_NEEDS = {"calendar": "calendar", "map": "map", "timeline": "timeline"}
"""Kinds that cannot be shown without settings of their own."""
_FIELDS: dict[str, dict[str, Collection[str] | None]] = {
    "calendar": {"start": MOMENTS, "end": MOMENTS, "title": None, "colour": _CHOICES},
    "gallery": {"picture": ("image", "file", "video", "signature")},
    "map": {"place": ("location",), "colour": _CHOICES},
    "timeline": {"start": MOMENTS, "end": MOMENTS, "progress": _FIGURES, "title": None, "colour": _CHOICES},
}
"""Settings that name a field, with the types that they take; None: any."""
_LISTS = {("gallery", "fit"): FITS, ("timeline", "scale"): SCALES}


def check_settings(scope: Scope, view: View) -> Found:
    """Check everything about a view's looks."""
    here = ("views", view.key)
    needed = _NEEDS.get(view.kind)
    if needed is not None and getattr(view, needed) is None:
        yield problem("view.needs_settings", *here, needed, kind=f"@view.kind.{view.kind}")
    for name, fields in _FIELDS.items():
        settings = getattr(view, name)
        if settings is None:
            continue
        for setting, types in fields.items():
            path = getattr(settings, setting)
            if path is not None:
                yield from check_field(scope, view.entity, path, types, *here, name, setting)
    for (name, setting), allowed in _LISTS.items():
        settings = getattr(view, name)
        if settings is not None and getattr(settings, setting) not in allowed:
            value = getattr(settings, setting)
            yield problem("definition.not_allowed", *here, name, setting, value=value, allowed=list(allowed))
    yield from _check_columns(scope, view)
    yield from _check_colours(scope, view)


def check_field(scope: Scope, entity: str, path: str, types: Collection[str] | None, *at: str | int) -> Found:
    """Check that a field exists and is of one of the types; None: any."""
    place = scope.place(entity, path)
    if place is None:
        yield scope.unknown_path(entity, path, *at)
        return
    if types is None or place.field is None:
        return
    kind = str(place.field.options.get("result", place.field.type))
    if kind not in types:
        fitting = [f"@field_type.{each}" for each in types]
        yield problem("view.wrong_field", *at, key=path, type=f"@field_type.{place.field.type}", fitting=fitting)


def _check_columns(scope: Scope, view: View) -> Found:
    here = ("views", view.key)
    for key, width in view.widths.items():
        if scope.place(view.entity, key) is None:
            yield scope.unknown_path(view.entity, key, *here, "widths", key)
        if not NARROWEST <= width <= WIDEST:
            yield problem("view.width", *here, "widths", key, least=NARROWEST, most=WIDEST)
    if not 0 <= view.frozen <= max(1, len(view.columns)):
        yield problem("view.frozen", *here, "frozen", most=max(1, len(view.columns)))
    if len(view.groups) > MOST_LEVELS:
        yield problem("view.too_many_groups", *here, "groups", most=MOST_LEVELS)
    for position, level in enumerate(view.groups):
        if level.unit is not None and level.unit not in UNITS:
            at = (*here, "groups", position, "unit")
            yield problem("definition.not_allowed", *at, value=level.unit, allowed=list(UNITS))


def _check_colours(scope: Scope, view: View) -> Found:
    here = ("views", view.key, "colours")
    if len(view.colours) > MOST_COLOURS:
        yield problem("view.too_many_colours", *here, most=MOST_COLOURS)
    for position, rule in enumerate(view.colours):
        yield from check_condition(scope, view.entity, rule.when, *here, position, "when")
        if rule.colour not in COLOURS:
            yield problem("definition.not_allowed", *here, position, "colour", value=rule.colour, allowed=list(COLOURS))
        if rule.field is not None and scope.place(view.entity, rule.field) is None:
            yield scope.unknown_path(view.entity, rule.field, *here, position, "field")
