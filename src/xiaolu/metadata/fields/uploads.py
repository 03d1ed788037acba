"""Shared by the types whose value is one uploaded file or several."""

import re
from collections.abc import Callable, Sequence
from typing import Any, ClassVar
from uuid import UUID

from xiaolu.formula.types import ValueType
from xiaolu.kit.i18n import Language
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.choices import joined
from xiaolu.metadata.fields.kind import Kind
from xiaolu.metadata.fields.multi_select import check_count, check_counts
from xiaolu.metadata.fields.protocol import (
    Cell,
    FieldOptions,
    FileInfo,
    Names,
    Parsed,
    Reader,
    Refusal,
    SortOrder,
    Storage,
)
from xiaolu.metadata.fields.references import many_reader
from xiaolu.metadata.model.entity import Field

MEGABYTE = 1024 * 1024
MOST_FILES = 100
BAR = " | "
_BARS = re.compile(r"[|\r\n]+")
_COMMAS = re.compile("[、,，;；]+")


class UploadOptions(FieldOptions, frozen=True, kw_only=True):
    """Settings of uploads: kinds by content type (``application/pdf``, ``image/*``), size in MB, and how many."""

    content_types: tuple[str, ...] = ()
    max_megabytes: int | None = None
    minimum: int | None = None
    maximum: int = 20


class UploadKind(Kind[UploadOptions]):
    """Uploaded files, kept as a list of their ids; ``accepts`` are the content types that the type itself allows."""

    options: ClassVar[type[FieldOptions]] = UploadOptions
    operators: ClassVar[tuple[str, ...]] = ("empty", "not_empty")
    sort: ClassVar[SortOrder] = "none"
    column: ClassVar[str] = "uuid[]"
    value: ClassVar[ValueType] = ValueType.RECORD_LIST
    accepts: ClassVar[tuple[str, ...]] = ()
    is_single: ClassVar[bool] = False

    def storage(self, field: Field) -> Storage:
        """Return a foreign key for a single file, an array for several."""
        return Storage("uuid", references="file") if self.is_single else Storage("uuid[]")

    def value_type(self, field: Field) -> ValueType:
        """Return a record, or a list of records."""
        return ValueType.RECORD if self.is_single else ValueType.RECORD_LIST

    def target(self, field: Field) -> str | None:
        """Return that the value leads to files."""
        return "file"

    def reader(self, field: Field, *, is_limited: bool = True) -> Reader:
        """Compile the reading of file ids; each file must be known, and of the right kind and size."""
        settings = self.settings(field)
        minimum, maximum = (None, 1) if self.is_single else (settings.minimum, settings.maximum)
        ids = many_reader(MOST_FILES)

        def read(raw: Any, names: Names) -> Any:
            found = ids(raw, names)
            if found is None or isinstance(found, Refusal):
                return found
            if is_limited:
                if (wrong := check_count(len(found), minimum, maximum)) is not None:
                    return wrong
                problems = [one for each in found for one in self.check_file(each, names.file(each), settings)]
                if problems:
                    return Refusal(*problems)
            return found[0] if self.is_single else found

        return read

    def check_file(self, identity: UUID, file: FileInfo | None, settings: UploadOptions) -> list[Problem]:
        """Return what is wrong with one file."""
        if file is None:
            return [problem("file.unknown", id=str(identity))]
        if file.size == 0:
            return [problem("file.damaged", name=file.name)]
        found: list[Problem] = []
        for accepted in (self.accepts, settings.content_types):
            if accepted and not is_accepted(file.content_type, accepted):
                found.append(
                    problem("file.wrong_type", name=file.name, found=file.content_type, allowed=list(accepted))
                )
                break
        if settings.max_megabytes is not None and file.size > settings.max_megabytes * MEGABYTE:
            size = f"{file.size / MEGABYTE:.1f}"
            found.append(problem("file.too_big", name=file.name, size=size, maximum=settings.max_megabytes))
        return found

    def dump(self, value: Any, field: Field) -> Any:
        """Write ids as text."""
        if isinstance(value, list):
            return [str(each) for each in value] or None
        return None if value is None else str(value)

    def display(self, value: Any, field: Field, names: Names, language: Language) -> str:
        """Write the files' names."""
        if not value:
            return ""
        items = value if isinstance(value, list) else [value]
        return joined([name for each in items if (name := _name_of(each, names))], language)

    def export(self, value: Any, field: Field, names: Names, language: Language) -> Cell:
        """Write what the files are called, with a bar between them: no file has one in its name."""
        if not value:
            return None
        items = value if isinstance(value, list) else [value]
        return BAR.join(name for each in items if (name := _name_of(each, names))) or None

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a cell that names files which came along with it."""
        if not isinstance(text, str) or not text.strip():
            return self.parse(None if isinstance(text, str) else text, field, names)
        said = named_files(text, lambda each: bool(names.find("file", each)))
        found = {each: names.find("file", each) for each in said}
        problems = [
            problem("file.not_along" if not ids else "file.ambiguous", value=each[:120])
            for each, ids in found.items()
            if len(ids) != 1
        ]
        if problems:
            return Parsed(problems=tuple(problems))
        return self.parse([ids[0] for ids in found.values()], field, names)

    def check_settings(self, settings: UploadOptions) -> list[Problem]:
        """Return what is wrong with kinds, size and counts."""
        found = check_counts(settings.minimum, settings.maximum)
        if settings.max_megabytes is not None and not 1 <= settings.max_megabytes <= 10_000:
            found.append(problem("options.out_of_range", "max_megabytes", minimum=1, maximum=10_000))
        for position, each in enumerate(settings.content_types):
            family, slash, kind = each.partition("/")
            if not (slash and family and kind) or each != each.lower():
                found.append(problem("options.content_type", "content_types", position, value=each))
            elif self.accepts and not any(family == own.partition("/")[0] for own in self.accepts):
                found.append(problem("options.content_type_never", "content_types", position, value=each))
        return found


def _name_of(file: Any, names: Names) -> str | None:
    """Return what a file is called: whoever only shows values has loaded its name, and nothing else of it."""
    found = names.file(file)
    return found.name if found is not None else names.title("file", file)


def named_files(text: str, is_known: Callable[[str], bool]) -> list[str]:
    """Return the names in a cell: it is one name, or several with bars or new lines between, or commas where no name has them."""
    if is_known(text.strip()):
        return [text.strip()]
    found: list[str] = []
    for line in _parted(text, _BARS):
        words = [] if is_known(line) else _parted(line, _COMMAS)
        found += words if len(words) > 1 and any(map(is_known, words)) else [line]
    return list(dict.fromkeys(found))


def possible_names(text: str) -> set[str]:
    """Return everything in a cell that may be the name of a file."""
    lines = _parted(text, _BARS)
    return {text.strip(), *lines, *(word for line in lines for word in _parted(line, _COMMAS))}


def _parted(text: str, marks: re.Pattern[str]) -> list[str]:
    return [word for each in marks.split(text) if (word := each.strip())]


def is_accepted(content_type: str, patterns: Sequence[str]) -> bool:
    """Tell whether a content type is one of ``patterns`` (``image/*`` means every image)."""
    family = content_type.partition("/")[0]
    return any(each in {content_type, "*/*"} or each == f"{family}/*" for each in patterns)
