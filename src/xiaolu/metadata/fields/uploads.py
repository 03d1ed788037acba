"""Shared by the types whose value is one uploaded file or several."""

from collections.abc import Sequence
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
    refuse,
)
from xiaolu.metadata.fields.references import identifier, many_reader
from xiaolu.metadata.model.entity import Field

MEGABYTE = 1024 * 1024
MOST_FILES = 100


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
        """Write the ids: names do not tell files apart."""
        if not value:
            return None
        return ",".join(str(each) for each in (value if isinstance(value, list) else [value]))

    def read_cell(self, text: Any, field: Field, names: Names) -> Parsed:
        """Read a cell of ids, as an export writes it; file names cannot be looked up."""
        if not isinstance(text, str) or not text.strip():
            return self.parse(None if isinstance(text, str) else text, field, names)
        parts = [each.strip() for each in text.replace("、", ",").split(",") if each.strip()]
        if any(identifier(each) is None for each in parts):
            return Parsed(problems=refuse("file.no_cell").problems)
        return self.parse(parts, field, names)

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


def is_accepted(content_type: str, patterns: Sequence[str]) -> bool:
    """Tell whether a content type is one of ``patterns`` (``image/*`` means every image)."""
    family = content_type.partition("/")[0]
    return any(each in {content_type, "*/*"} or each == f"{family}/*" for each in patterns)
