"""Use cases of records: each is called by every entry point alike (web, import, rules, command line)."""

from xiaolu.records.service.bulk import bulk_delete, bulk_update, create_many, update_many
from xiaolu.records.service.change import update_record
from xiaolu.records.service.create import create_draft, create_record
from xiaolu.records.service.duplicates import find_duplicates
from xiaolu.records.service.form import evaluate_form
from xiaolu.records.service.history import read_history
from xiaolu.records.service.merge import merge_records
from xiaolu.records.service.moves import check_move, list_moves, move_record
from xiaolu.records.service.read import count_related, read_record
from xiaolu.records.service.remove import delete_record, purge_record, restore_record
from xiaolu.records.service.volatile import refresh_volatile

__all__ = [
    "bulk_delete",
    "bulk_update",
    "check_move",
    "count_related",
    "create_draft",
    "create_many",
    "create_record",
    "delete_record",
    "evaluate_form",
    "find_duplicates",
    "list_moves",
    "merge_records",
    "move_record",
    "purge_record",
    "read_history",
    "read_record",
    "refresh_volatile",
    "restore_record",
    "update_many",
    "update_record",
]
