"""Owners of definitions: which changes need one, and who stood for each. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec

from xiaolu.kit.i18n import Label
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.model.common import Owned
from xiaolu.metadata.model.workspace import Definitions
from xiaolu.metadata.publishing.model import Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedChange:
    """A definition with owners that changes or goes."""

    collection: str
    key: str
    label: Label
    owners: tuple[str, ...]
    """Roles that own it as it is published."""
    digest: str
    """Tells what it would become: an approval holds for exactly that."""

    @property
    def place(self) -> str:
        """Return where it lies, as one text."""
        return f"{self.collection}/{self.key}"


def owned_changes(before: Definitions, after: Definitions) -> list[OwnedChange]:
    """Return the published definitions with owners that differ in ``after`` or are missing there."""
    becomes = {(name, each.key): each for name, each in _owned(after)}
    return [
        OwnedChange(
            collection=name,
            key=each.key,
            label=each.label,
            owners=each.owners,
            digest=digest_of(name, becomes.get((name, each.key))),
        )
        for name, each in _owned(before)
        if each.owners and each != becomes.get((name, each.key))
    ]


def digest_of(collection: str, definition: Owned | None) -> str:
    """Return what tells a definition's content from any other."""
    content = b"" if definition is None else msgspec.json.encode(definition, order="deterministic")
    return sha256(collection.encode() + b"/" + content).hexdigest()


def without_owner(changes: list[OwnedChange], publication: Publication) -> list[OwnedChange]:
    """Return the changes that neither the author may make nor an owner approved."""
    return [each for each in changes if not _approver(each, publication)]


def signatures(changes: list[OwnedChange], publication: Publication) -> tuple[Mapping[str, Any], ...]:
    """Return, for each change of an owned definition, who stood for it, as it is kept with the version."""
    return tuple(
        {
            "collection": each.collection,
            "key": each.key,
            "label": msgspec.to_builtins(each.label),
            "owners": list(each.owners),
            "approver": _approver(each, publication),
        }
        for each in changes
    )


def describe(change: OwnedChange) -> Problem:
    """Say which definition waits for an owner."""
    return problem(
        "publish.needs_owner",
        change.collection,
        change.key,
        label=change.label.zh,
        label_en=change.label.text("en"),
        owners=list(change.owners),
    )


def _approver(change: OwnedChange, publication: Publication) -> str | None:
    roles = publication.author.roles
    if roles is None or not roles.isdisjoint(change.owners):
        return publication.author.name
    found = (each for each in publication.approvals if (each.place, each.digest) == (change.place, change.digest))
    return next((each.approver for each in found), None)


def _owned(definitions: Definitions) -> Iterator[tuple[str, Owned]]:
    for field in msgspec.structs.fields(definitions):
        items = getattr(definitions, field.name)
        if isinstance(items, tuple):
            yield from ((field.name, each) for each in items if isinstance(each, Owned))
