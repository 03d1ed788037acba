"""Finding what ``{客户.区域.名称}`` refers to.

Names are keys, labels or aliases. A label may hold dots itself: the longest match wins.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from xiaolu.formula.checking.suggestions import near_misses
from xiaolu.formula.limits import MAX_STEPS
from xiaolu.formula.problems import problem_at
from xiaolu.formula.syntax.nodes import FieldName, Span
from xiaolu.formula.typed import Step
from xiaolu.formula.types import Catalogue, EntityRef, FieldRef
from xiaolu.kit.problems import Problem


class Place(NamedTuple):
    """One name of a dotted reference: where it stands in the text and the field that it names."""

    span: Span
    entity: EntityRef
    field: FieldRef


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference that was understood: the fields that its names stand for, from the outside in."""

    places: tuple[Place, ...]

    @property
    def field(self) -> FieldRef:
        """Return the field that the reference ends at."""
        return self.places[-1].field

    @property
    def entity(self) -> EntityRef:
        """Return the entity of the field that the reference ends at."""
        return self.places[-1].entity


def find_field(node: FieldName, entity: EntityRef, catalogue: Catalogue) -> Reference | Problem:
    """Resolve a reference that starts at ``entity``."""
    segments = _segments(node)
    if not segments:
        return problem_at("formula.field_nameless", node.span)
    if len(segments) > 4 * MAX_STEPS:
        return problem_at("formula.too_many_steps", node.span, maximum=MAX_STEPS)
    places: list[Place] = []
    here = entity
    index = 0
    while index < len(segments):
        found = _longest(segments, index, here)
        if isinstance(found, Problem):
            return found
        field, end = found
        span = Span(segments[index][1].start, segments[end - 1][1].end)
        places.append(Place(span, here, field))
        index = end
        if index < len(segments):
            target = catalogue.entity(field.target) if field.target else None
            if target is None:
                return problem_at("formula.field_leads_nowhere", span, field=field.label, entity=here.label)
            here = target
    if len(places) > MAX_STEPS:
        return problem_at("formula.too_many_steps", node.span, maximum=MAX_STEPS)
    return Reference(tuple(places))


def step_from(place: Place, catalogue: Catalogue) -> Step | None:
    """Return the step that a relation or collection makes; None where its storage is not known."""
    field = place.field
    target = catalogue.entity(field.target) if field.target else None
    column = field.link_column if field.is_children else field.column
    if target is None or column is None:
        return None
    return Step(
        kind="children" if field.is_children else "forward",
        entity=place.entity.key,
        field=field.key,
        target=target.key,
        column=column,
        entity_table=place.entity.table,
        table=target.table,
        deleted_column=target.deleted_column,
        link_table=field.link_table,
        order_column=field.order_column,
    )


def _segments(node: FieldName) -> list[tuple[str, Span]]:
    """Cut the text between the braces at its dots, with the place of each piece in the whole formula."""
    offset = node.span.start + 1
    found = []
    for match in re.finditer(r"[^.．]+", node.text):
        piece = match.group()
        name = piece.strip()
        if name:
            start = offset + match.start() + len(piece) - len(piece.lstrip())
            found.append((name, Span(start, start + len(name))))
    return found


def _longest(segments: list[tuple[str, Span]], start: int, entity: EntityRef) -> tuple[FieldRef, int] | Problem:
    for end in range(min(len(segments), start + 4), start, -1):
        name = ".".join(segment for segment, _ in segments[start:end])
        found = _named(name, entity)
        if len(found) == 1:
            return found[0], end
        if found:
            span = Span(segments[start][1].start, segments[end - 1][1].end)
            return problem_at(
                "formula.field_ambiguous", span, name=name, entity=entity.label, keys=[each.key for each in found]
            )
    name, span = segments[start]
    known = [label for field in entity.fields for label in (field.label, field.key, *field.aliases)]
    close = near_misses(name, known)
    if close:
        return problem_at("formula.field_unknown_near", span, name=name, entity=entity.label, suggestions=close)
    return problem_at("formula.field_unknown", span, name=name, entity=entity.label)


def _named(name: str, entity: EntityRef) -> list[FieldRef]:
    labelled: list[FieldRef] = []
    for field in entity.fields:
        if field.key == name:
            return [field]
        if field.label == name or name in field.aliases:
            labelled.append(field)
    return labelled
