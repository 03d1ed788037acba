"""Where a formula's text names fields: for "where is this used", and for texts that survive renaming.

A formula may be kept with keys (``with_keys``), which never change, and shown with the labels of the day
(``with_labels``).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from xiaolu.formula.checking.fields import Place, find_field
from xiaolu.formula.limits import MAX_LENGTH
from xiaolu.formula.problems import Refused
from xiaolu.formula.syntax.lexer import read_tokens
from xiaolu.formula.syntax.nodes import FieldName, Span
from xiaolu.formula.types import Catalogue, EntityRef, FieldRef
from xiaolu.kit.problems import Problem


@dataclass(frozen=True, slots=True)
class Reference:
    """One name in a formula's text: ``{客户.区域}`` holds two, a field of the record's entity and one of the customer's."""

    position: int
    length: int
    entity: str
    field: str


def find_references(text: str, *, entity: str, catalogue: Catalogue) -> list[Reference]:
    """List the fields that a text names, in order; names that are not understood are left out."""
    return [
        Reference(place.span.start, place.span.end - place.span.start, place.entity.key, place.field.key)
        for places in _understood(text, entity, catalogue)
        for place in places
    ]


def with_keys(text: str, *, entity: str, catalogue: Catalogue) -> str:
    """Write every name that is understood as a key."""
    return _rewritten(text, entity, catalogue, lambda place: place.field.key)


def with_labels(text: str, *, entity: str, catalogue: Catalogue) -> str:
    """Write every name that is understood as its label, or as its key where the label would be read as something else."""
    return _rewritten(text, entity, catalogue, _safe_label)


def _understood(text: str, entity: str, catalogue: Catalogue) -> Iterator[tuple[Place, ...]]:
    known = catalogue.entity(entity)
    if known is None or len(text) > MAX_LENGTH:
        return
    try:
        tokens = read_tokens(text)
    except Refused:
        return
    for token in tokens:
        if token.kind == "field":
            found = find_field(FieldName(token.value, token.span), known, catalogue)
            if not isinstance(found, Problem):
                yield found.places


def _rewritten(text: str, entity: str, catalogue: Catalogue, name: Callable[[Place], str]) -> str:
    pieces: list[str] = []
    end = 0
    for places in _understood(text, entity, catalogue):
        for place in places:
            pieces += [text[end : place.span.start], name(place)]
            end = place.span.end
    return "".join([*pieces, text[end:]])


def _safe_label(place: Place) -> str:
    label = place.field.label
    if label != label.strip() or any(each in label for each in "{}｛｝.．"):
        return place.field.key
    return label if _means(label, place.entity) == place.field else place.field.key


def _means(label: str, entity: EntityRef) -> FieldRef | None:
    found = find_field(FieldName(label, Span(0, len(label) + 2)), entity, _Alone())
    return None if isinstance(found, Problem) else found.field


class _Alone:
    """A catalogue in which nothing leads anywhere."""

    def entity(self, key: str) -> EntityRef | None:  # noqa: ARG002
        """Return nothing."""
        return None
