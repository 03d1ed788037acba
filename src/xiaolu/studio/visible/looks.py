"""What is left of a view's layout for somebody who may not see all of its fields. Pure."""

from collections.abc import Callable
from typing import TypeVar

import msgspec

from xiaolu.metadata.model.common import Definition
from xiaolu.metadata.model.view import View

_NEEDED = {"calendar": "start", "map": "place", "timeline": "start"}
"""Kinds that turn into a plain grid where their first field is hidden."""

D = TypeVar("D", bound=Definition)


def shown_kind(view: View, is_seen: Callable[[str], bool]) -> View:
    """Return the view without hidden fields in its layout; a grid where the layout stands on one that is hidden."""
    calendar = _kept(view.calendar, ("start", "end", "title", "colour"), is_seen)
    timeline = _kept(view.timeline, ("start", "end", "progress", "title", "colour"), is_seen)
    place = _kept(view.map, ("place", "colour"), is_seen)
    gallery = _kept(view.gallery, ("picture",), is_seen)
    settings: dict[str, Definition | None] = {"calendar": calendar, "timeline": timeline, "map": place}
    is_lost = view.kind in _NEEDED and settings[view.kind] is None
    return msgspec.structs.replace(
        view, kind="grid" if is_lost else view.kind, calendar=calendar, timeline=timeline, map=place, gallery=gallery
    )


def _kept(settings: D | None, names: tuple[str, ...], is_seen: Callable[[str], bool]) -> D | None:
    if settings is None:
        return None
    hidden = [name for name in names if getattr(settings, name) and not is_seen(getattr(settings, name))]
    required = {each.name for each in msgspec.structs.fields(settings) if each.required}
    if required & set(hidden):
        return None
    return msgspec.structs.replace(settings, **dict.fromkeys(hidden))
