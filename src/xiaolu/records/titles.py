"""What people call the things that values point to: loaded before values are read or shown, so that both stay pure."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaolu.metadata.fields.protocol import FileInfo
from xiaolu.metadata.model.entity import OptionSet
from xiaolu.metadata.snapshot import Snapshot


class Titles:
    """The names of records, members, departments and files that were loaded for one use case."""

    __slots__ = ("_files", "_snapshot", "_titles", "zone")

    def __init__(self, snapshot: Snapshot, zone: ZoneInfo) -> None:
        self._snapshot = snapshot
        self.zone = zone
        self._titles: dict[tuple[str, UUID], str] = {}
        self._files: dict[UUID, FileInfo] = {}

    def add(self, target: str, identifier: UUID, title: str) -> None:
        """Remember what something is called."""
        self._titles[target, identifier] = title

    def add_all(self, target: str, titles: Mapping[UUID, str]) -> None:
        """Remember what several things of one kind are called."""
        for identifier, title in titles.items():
            self._titles[target, identifier] = title

    def add_file(self, file: FileInfo) -> None:
        """Remember an uploaded file."""
        self._files[file.id] = file
        self._titles["file", file.id] = file.name

    def knows(self, target: str, identifier: UUID) -> bool:
        """Tell whether the title was loaded."""
        return (target, identifier) in self._titles

    def option_set(self, key: str) -> OptionSet | None:
        """Return the option set with this key."""
        return self._snapshot.option_set(key)

    def title(self, target: str, identifier: Any) -> str | None:
        """Return what something is called, if it was loaded; what the reader may not see never is."""
        return self._titles.get((target, identifier))

    def find(self, target: str, text: str) -> Sequence[UUID]:
        """Return the loaded things that are called exactly so."""
        return [key for (kind, key), title in self._titles.items() if kind == target and title == text]

    def suggest(self, target: str, text: str) -> Sequence[str]:  # noqa: ARG002 - near misses are the import's business
        """Return nothing: whoever writes one record picks from a list."""
        return ()

    def file(self, identifier: UUID) -> FileInfo | None:
        """Return an uploaded file, if it was loaded."""
        return self._files.get(identifier)
