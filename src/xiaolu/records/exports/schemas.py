"""Body of the export route."""

from typing import Literal

import msgspec

from xiaolu.metadata.model.view import Condition, Sort


class ExportBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to export; ``view`` adds the filter of a view, and its order and columns where they are not given."""

    filter: Condition | None = None
    sort: tuple[Sort, ...] | None = None
    fields: tuple[str, ...] | None = None
    search: str | None = None
    view: str | None = None
    format: Literal["xlsx", "csv"] = "xlsx"
