"""Full-text search: every word that was typed must be found, each as the beginning of a token of the record."""

import re

from xiaolu.kit.pinyin import query_tokens
from xiaolu.kit.sql import FALSE, Sql, all_of, any_of, compose, ident, param
from xiaolu.metadata.columns import search_fields
from xiaolu.metadata.fields.phone import normalised
from xiaolu.metadata.model.access import FieldAccess
from xiaolu.records.queries.store.columns import Column, Source

LONGEST_SEARCH = 200
"""Characters of a search that count."""
_NUMBER = re.compile(r"\+?[0-9()\s.-]{8,24}")
"""What may be a telephone number, however it is written: it is looked for as it is kept, too."""


def search_condition(source: Source, text: str) -> Sql | None:
    """Return the condition that a record matches ``text``; None where the text holds nothing to search for.

    The tokens of a record come from all its searchable fields. For a person who may not see some of them, what was
    typed must also stand in a field that the person sees, so that searching never tells what a hidden field holds.
    """
    text = text[:LONGEST_SEARCH].replace("\0", " ")
    number = normalised(text) if _NUMBER.fullmatch(text.strip()) else None
    found = [_condition(source, each) for each in dict.fromkeys((text, number or text))]
    conditions = [each for each in found if each is not None]
    return any_of(conditions) if conditions else None


def _condition(source: Source, text: str) -> Sql | None:
    words = query_tokens(text)
    if not words:
        return None
    query = " & ".join(f"'{_quoted(each)}':*" for each in words)
    found = compose("{column} @@ {query}::tsquery", column=ident("r", "search"), query=param(query, "text"))
    fields = search_fields(source.model.definition)
    if all(_is_always_visible(source, each.key) for each in fields):
        return found
    seen = [column for each in fields if isinstance(column := source.column(each.key), Column)]
    return all_of([found, *(_stands_in(seen, word) for word in text.lower().split())])


def _quoted(word: str) -> str:
    return word.replace("\\", "\\\\").replace("'", "''")


def _is_always_visible(source: Source, key: str) -> bool:
    decision = source.decision
    return source.can_see(source.model.key, key) and not any(
        fields.get(key) is FieldAccess.HIDDEN for fields in decision.stages.values()
    )


def _stands_in(columns: list[Column], word: str) -> Sql:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    pattern = param(f"%{escaped}%", "text")
    shown = [each for column in columns for each in (column.value, column.pinyin) if each is not None]
    return any_of(compose("{value} ILIKE {pattern}", value=each, pattern=pattern) for each in shown) if shown else FALSE
