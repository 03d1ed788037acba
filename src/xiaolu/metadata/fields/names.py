"""Names loaded beforehand: option sets, titles of records and people, files."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaolu.metadata.fields.nearest import nearest
from xiaolu.metadata.fields.protocol import FileInfo
from xiaolu.metadata.model.entity import OptionSet

_NONE: Mapping[UUID, str] = {}


class LoadedNames:
    """The names that field types look up, held in memory (see ``protocol.Names``)."""

    def __init__(
        self,
        *,
        zone: ZoneInfo,
        option_sets: Mapping[str, OptionSet] | None = None,
        titles: Mapping[str, Mapping[UUID, str]] | None = None,
        files: Mapping[UUID, FileInfo] | None = None,
    ) -> None:
        self._zone = zone
        self._option_sets = option_sets or {}
        self._titles = titles or {}
        self._files = files or {}
        self._found: dict[str, dict[str, list[UUID]]] = {}

    @property
    def zone(self) -> ZoneInfo:
        """Return the workspace's time zone."""
        return self._zone

    def option_set(self, key: str) -> OptionSet | None:
        """Return the option set with this key."""
        return self._option_sets.get(key)

    def title(self, target: str, identifier: Any) -> str | None:
        """Return what a record, member or department is called, if it was loaded."""
        return self._titles.get(target, _NONE).get(identifier)

    def find(self, target: str, text: str) -> Sequence[UUID]:
        """Return the records, members or departments that are called so, letter case and outer blanks aside."""
        known = self._found.get(target)
        if known is None:
            known = {}
            titles = self._titles.get(target, _NONE)
            if target == "file":
                titles = {each.id: each.name for each in self._files.values()}
            for identifier, title in titles.items():
                known.setdefault(_spoken(title), []).append(identifier)
            self._found[target] = known
        return known.get(_spoken(text), ())

    def suggest(self, target: str, text: str) -> Sequence[str]:
        """Return the loaded titles nearest to ``text``, best first."""
        titles = list(dict.fromkeys(self._titles.get(target, _NONE).values()))
        return nearest(text, titles)

    def file(self, identifier: UUID) -> FileInfo | None:
        """Return an uploaded file, if it was loaded."""
        return self._files.get(identifier)


def _spoken(text: str) -> str:
    return text.strip().casefold()
