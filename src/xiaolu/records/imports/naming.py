"""Names in a file → records, members and departments: loaded a batch at a time, remembered over the whole import."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from xiaolu.metadata.fields.nearest import fuller_names
from xiaolu.metadata.fields.protocol import FileInfo
from xiaolu.metadata.model.entity import OptionSet
from xiaolu.metadata.snapshot import Snapshot

MOST_REMEMBERED = 200_000
MOST_SUGGESTIONS = 3
FILES = "file"
"""The target of fields that hold files."""
_NEAR = 70
"""Likeness (0 to 100) from which a title is suggested."""


class ImportNames:
    """What is called how, as far as the importing person may see it. Implements ``fields.protocol.Names``."""

    def __init__(self, snapshot: Snapshot, zone: ZoneInfo) -> None:
        self._snapshot = snapshot
        self.zone = zone
        self._found: dict[str, dict[str, tuple[UUID, ...]]] = {}
        self._whole: set[str] = set()
        self._catalogue: dict[str, list[str]] = {}
        self._suggested: dict[tuple[str, str], tuple[str, ...]] = {}
        self._files: dict[UUID, FileInfo] = {}
        self._along: dict[str, tuple[UUID, ...]] = {}

    def missing(self, target: str, texts: Iterable[str]) -> set[str]:
        """Return the names that have not been looked up yet."""
        if target in self._whole:
            return set()
        known = self._found.setdefault(target, {})
        if len(known) > MOST_REMEMBERED:
            known.clear()
        return {each for text in texts if (each := spoken(text)) and each not in known}

    def learn(self, target: str, wanted: Iterable[str], found: Mapping[str, Sequence[UUID]]) -> None:
        """Remember what names lead to; names that were wanted and not found lead nowhere."""
        known = self._found.setdefault(target, {})
        for each in wanted:
            known[each] = tuple(found.get(each, ()))

    def is_loaded(self, target: str) -> bool:
        """Tell whether a target was met before."""
        return target in self._found

    def learn_all(self, target: str, titles: Iterable[tuple[UUID, str]]) -> None:
        """Remember a target as a whole: a name that is not among ``titles`` leads nowhere."""
        known: dict[str, tuple[UUID, ...]] = {}
        listed: list[str] = []
        for identifier, title in titles:
            said = spoken(title)
            known[said] = (*known.get(said, ()), identifier)
            listed.append(title)
        self._found[target] = known
        self._catalogue[target] = listed
        self._whole.add(target)

    def add_alias(self, target: str, text: str, identifier: UUID) -> None:
        """Remember another name of something (a member's login or phone); it never hides a title."""
        known = self._found.setdefault(target, {})
        said = spoken(text)
        if identifier not in known.get(said, ()):
            known[said] = (*known.get(said, ()), identifier)

    def add(self, target: str, text: str, identifier: UUID) -> None:
        """Remember a record that was just made."""
        self._found.setdefault(target, {})[spoken(text)] = (identifier,)
        self._catalogue.setdefault(target, []).append(text)
        self._suggested.clear()

    def forget(self, target: str, text: str) -> None:
        """Forget a record whose making was undone."""
        self._found.get(target, {}).pop(spoken(text), None)

    def unknown(self, target: str, texts: Iterable[str]) -> list[str]:
        """Return those of ``texts`` that lead nowhere."""
        known = self._found.get(target, {})
        return [text for text in texts if not known.get(spoken(text))]

    def option_set(self, key: str) -> OptionSet | None:
        """Return the option set with this key."""
        return self._snapshot.option_set(key)

    def title(self, target: str, identifier: Any) -> str | None:  # noqa: ARG002 - cells name things, ids do not occur
        """Return nothing: an import reads names and never shows ids."""
        return None

    def find(self, target: str, text: str) -> Sequence[UUID]:
        """Return the records, members or departments that are called so; case and outer blanks do not matter."""
        if target == FILES:
            return self._along.get(text.strip(), ())
        return self._found.get(target, {}).get(spoken(text), ())

    def suggest(self, target: str, text: str) -> Sequence[str]:
        """Return the titles that ``text`` shortens, and those nearest to it, best first."""
        known = self._suggested.get((target, text))
        if known is None:
            from rapidfuzz import process  # needed for mistakes alone

            titles = self._catalogue.get(target, ())
            fuller = fuller_names(text, titles, limit=MOST_SUGGESTIONS)
            matches = process.extract(
                text, titles, scorer=_likeness, processor=spoken, limit=MOST_SUGGESTIONS, score_cutoff=_NEAR
            )
            known = self._suggested[target, text] = tuple(dict.fromkeys([*fuller, *(each[0] for each in matches)]))[
                :MOST_SUGGESTIONS
            ]
        return known

    def learn_files(self, text: str, files: Sequence[FileInfo]) -> None:
        """Remember what came along with the spreadsheet under a name; to the letter, since files differ by it."""
        self._along[text.strip()] = tuple(each.id for each in files)
        self._files.update((each.id, each) for each in files)

    def file(self, identifier: UUID) -> FileInfo | None:
        """Return a file that came along."""
        return self._files.get(identifier)


def spoken(text: str) -> str:
    """Return the form in which names are compared."""
    return " ".join(text.split()).casefold()


def _likeness(left: str, right: str, *, score_cutoff: float | None = None, **_: Any) -> float:
    """Rate two names, blanks left aside: GTXPro and GTX Pro are the same but for one."""
    from rapidfuzz import fuzz

    return fuzz.ratio(left.replace(" ", ""), right.replace(" ", ""), score_cutoff=score_cutoff)
