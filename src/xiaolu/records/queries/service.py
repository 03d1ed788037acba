"""Use cases of reading many records; each function takes the context of the person who asks."""

from xiaolu.records.queries.aggregating import aggregate_records
from xiaolu.records.queries.finding import readable_ids, search_records
from xiaolu.records.queries.listing import count_records, query_records, read_window
from xiaolu.records.queries.mapping import map_records
from xiaolu.records.queries.numbers import read_numbers
from xiaolu.records.queries.views import (
    create_view,
    delete_view,
    find_view,
    list_views,
    update_view,
)  # fmt: skip

__all__ = [
    "aggregate_records",
    "count_records",
    "create_view",
    "delete_view",
    "find_view",
    "list_views",
    "map_records",
    "query_records",
    "read_numbers",
    "read_window",
    "readable_ids",
    "search_records",
    "update_view",
]
