"""What stands in a draft's way: its form, and what the definitions in it say. Pure."""

import contextlib
from collections.abc import Mapping
from typing import Any

import msgspec

from xiaolu.kit.problems import Problem
from xiaolu.metadata.canonical import canonical
from xiaolu.metadata.decoding import decode
from xiaolu.metadata.model.running import RunningChoice
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.validation import check_definitions
from xiaolu.studio.draft.model import CHOICES, MOVES, RUNNING, Document

Moves = dict[str, dict[str, str]]


def plain(definitions: Definitions) -> Document:
    """Return definitions as plain JSON."""
    found: Document = msgspec.json.decode(msgspec.json.encode(definitions))
    return found


def read_document(document: Document) -> tuple[Definitions | None, list[Problem]]:
    """Return the definitions of a document, or what is wrong with their form."""
    found, problems = decode(without_choices(document), Definitions, takes_any_scalar=True)
    return (None if found is None else canonical(found)), problems


def problems_of(document: Document) -> list[Problem]:
    """Return everything that stands in the way of publishing a document, as far as it alone can tell."""
    found, problems = read_document(document)
    return problems if found is None else check_definitions(found)


def without_choices(document: Document) -> Document:
    """Return the definitions of a document alone."""
    return {key: value for key, value in document.items() if key not in CHOICES}


def moves_of(document: Document) -> Moves:
    """Return where records of deleted stages go."""
    given = document.get(MOVES)
    if not isinstance(given, Mapping):
        return {}
    return {
        str(process): {str(stage): str(target) for stage, target in pairs.items() if target}
        for process, pairs in given.items()
        if isinstance(pairs, Mapping)
    }


def running_of(document: Document) -> dict[str, RunningChoice]:
    """Return what the records that run in changed processes do; choices of another shape count as not made."""
    found: dict[str, RunningChoice] = {}
    given = document.get(RUNNING)
    for process, choice in given.items() if isinstance(given, Mapping) else ():
        with contextlib.suppress(msgspec.ValidationError):
            found[str(process)] = msgspec.convert(choice, RunningChoice)
    return found


def choices_of(document: Document) -> Document:
    """Return what a document holds besides definitions."""
    return {key: document[key] for key in CHOICES if key in document}


def is_same(one: Document, other: Document) -> bool:
    """Tell whether two documents mean the same definitions."""
    return one == other or bool(in_one_form(one) == in_one_form(other))


def in_one_form(document: Document) -> Any:
    """Return a document as it would be stored, where it is well-formed."""
    found, _ = read_document(document)
    return without_choices(document) if found is None else plain(found)
