"""Shared by the types whose value points elsewhere: records, members, departments, files."""

from abc import abstractmethod
from typing import Any, ClassVar
from uuid import UUID

from xiaolu.kit.i18n import Language
from xiaolu.kit.problems import problem
from xiaolu.metadata.fields.choices import SEPARATORS, joined
from xiaolu.metadata.fields.kind import Kind, OptionsT
from xiaolu.metadata.fields.protocol import Names, Parsed, Reader, Refusal, SortOrder, refuse
from xiaolu.metadata.fields.texts import cell_text
from xiaolu.metadata.model.entity import Field

REFERENCE_OPERATORS = ("eq", "ne", "in", "not_in", "empty", "not_empty")
REFERENCES_OPERATORS = ("has_any", "has_all", "has_none", "empty", "not_empty")
MOST_REFERENCES = 1_000


def identifier(raw: Any) -> UUID | None:
    """Return an id given as such, as text, or as ``{"id": …}``; None where it is none."""
    if isinstance(raw, UUID):
        return raw
    if isinstance(raw, dict):
        raw = raw.get("id")
    if isinstance(raw, str) and len(raw) == 36:
        try:
            return UUID(raw)
        except ValueError:
            return None
    return None


def one_reader(raw: Any, names: Names) -> Any:
    """Read one id."""
    if raw is None or raw == "":
        return None
    return identifier(raw) or refuse("field.expected_reference")


def many_reader(maximum: int | None = None) -> Reader:
    """Build a reader of a list of ids."""
    most = MOST_REFERENCES if maximum is None else maximum

    def read(raw: Any, names: Names) -> Any:
        if raw is None or raw == "":
            return None
        items = raw if isinstance(raw, (list, tuple)) else [raw]
        found = [identifier(each) for each in items]
        if None in found:
            return refuse("field.expected_references")
        kept = [each for each in dict.fromkeys(found) if each is not None]
        if len(kept) > most:
            return refuse("field.too_many_items", maximum=most, count=len(kept))
        return kept or None

    return read


class ReferenceKind(Kind[OptionsT]):
    """A type whose value is an id, or a list of ids, of records, members or departments."""

    sort: ClassVar[SortOrder] = "none"

    @abstractmethod
    def points_to(self, settings: OptionsT) -> str:
        """Return the entity key, or ``member`` or ``department``."""

    def is_many(self, settings: OptionsT) -> bool:
        """Tell whether the value is a list."""
        return False

    def target(self, field: Field) -> str | None:
        """Return where the value leads."""
        return self.points_to(self.settings(field))

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of ids."""
        return many_reader() if self.is_many(self.settings(field)) else one_reader

    def dump(self, value: Any, field: Field) -> Any:
        """Write ids as text."""
        if isinstance(value, list):
            return [str(each) for each in value] or None
        return None if value is None else str(value)

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write what the target is called; nothing of what is not loaded or may not be seen."""
        if value is None:
            return ""
        target = self.points_to(self.settings(field))
        items = value if isinstance(value, list) else [value]
        return joined([title for each in items if (title := names.title(target, each))], language)

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a cell that names the target by its title or id."""
        text = cell_text(text)
        if not isinstance(text, str) or not text.strip():
            return self.parse(None if isinstance(text, str) else text, field, names)
        settings = self.settings(field)
        target = self.points_to(settings)
        whole = find_named(text, target, names)
        if not self.is_many(settings):
            return Parsed(problems=whole.problems) if isinstance(whole, Refusal) else Parsed(whole)
        if not isinstance(whole, Refusal):
            return Parsed([whole])
        found = [find_named(each, target, names) for each in _parts(text)]
        problems = tuple(each for one in found if isinstance(one, Refusal) for each in one.problems)
        return Parsed(problems=problems) if problems else Parsed(list(dict.fromkeys(found)) or None)


def find_named(text: str, target: str, names: Names) -> Any:
    """Return the id of what is called ``text``, or a refusal with the nearest names."""
    text = text.strip()
    if (given := identifier(text)) is not None:
        return given
    found = names.find(target, text)
    if len(found) == 1:
        return found[0]
    if found:
        return refuse("reference.ambiguous", value=text[:80], count=len(found))
    near = list(names.suggest(target, text))
    return Refusal(problem("reference.not_found_near", value=text[:80], near=near) if near else
                   problem("reference.not_found", value=text[:80]))  # fmt: skip


def _parts(text: str) -> list[str]:
    for separator in SEPARATORS[1:]:
        text = text.replace(separator, SEPARATORS[0])
    return [each for each in text.split(SEPARATORS[0]) if each.strip()]
