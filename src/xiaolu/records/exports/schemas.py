"""Body of the export route."""

import msgspec

from xiaolu.metadata.model.view import Condition, Sort
from xiaolu.records.exports.model import FileFormat


class ExportBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to export; ``view`` adds the filter of a view, and its order and columns where they are not given. ``zip`` brings the files along."""

    filter: Condition | None = None
    sort: tuple[Sort, ...] | None = None
    fields: tuple[str, ...] | None = None
    search: str | None = None
    view: str | None = None
    format: FileFormat = "xlsx"
