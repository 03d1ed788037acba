"""The columns of a file, and what they seem to hold: fields of the record, or of the rows of a sub-table. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xiaolu.kit.i18n import Label
from xiaolu.metadata.fields.model import FieldModel, field_model
from xiaolu.metadata.fields.protocol import Names
from xiaolu.metadata.model.entity import Field
from xiaolu.metadata.snapshot import EntityModel
from xiaolu.records.exports.tables import RECORD_NUMBER
from xiaolu.records.imports.guessing import Guess, guess_fields, name_score
from xiaolu.records.imports.model import ImportColumn
from xiaolu.records.imports.sources import Table, cell_text
from xiaolu.records.imports.subrows import RECORD, sub_table_of

SAMPLES_SHOWN = 5
_LEAST = 0.62
_SURE = 0.9
OWNER_OF_ROW = field_model(Field(key=RECORD, label=Label("属于哪条记录", "Record it belongs to"), type="text"))
"""What is filled by the column that says whose a row is."""
TOGETHER = field_model(
    Field(
        key=RECORD,
        label=Label("相同的行归为一条（本身不导入）", "Same for rows of one record (not imported)"),
        type="text",
    )
)
"""What a column is for that tells which rows make one record, where records get numbers of their own."""
Fields = Mapping[str, FieldModel]


@dataclass(frozen=True, slots=True)
class Looking:
    """What guessing needs."""

    model: EntityModel
    fields: Fields
    """Fields that may be filled; those of sub-tables as ``lines.product``."""
    names: Names

    def own(self) -> dict[str, FieldModel]:
        """Return the fields of the record itself."""
        return {key: field for key, field in self.fields.items() if sub_table_of(key) is None and key != RECORD}

    def sub_tables(self) -> dict[str, dict[str, FieldModel]]:
        """Return the fields of each sub-table by their own keys."""
        found: dict[str, dict[str, FieldModel]] = {}
        for key, field in self.fields.items():
            sub, _, inner = key.partition(".")
            if inner and inner != RECORD:
                found.setdefault(sub, {})[inner] = field
        return found


def read_columns(looking: Looking, table: Table, others: Sequence[Table]) -> list[ImportColumn]:
    """Return the columns of a sheet, and of the sheets beside it, with what they seem to hold."""
    guesses = _with_mark(looking, table, _guess(looking, table))
    key = suggested_key(looking.model, {each.field for each in guesses if each is not None})
    found = _columns(table, guesses, None)
    for other in others:
        named = [each.name for each in found if key is not None and each.field == key]
        found += _columns(other, _guess_beside(looking, other, key, named), other.shape.sheet)
    return found


def suggested_key(model: EntityModel, mapped: set[str]) -> str | None:
    """Return what most likely tells one record from another: its number, what is there for it, what is unique, or its title."""
    fields = [each for key, each in model.fields.items() if key in mapped]
    numbers = [each.key for each in fields if each.type.key == "auto_number"]
    unique = [each.key for each in fields if each.definition.unique]
    title = [each.key for each in fields if each.key == model.definition.title]
    return next(iter((*numbers, *({RECORD} & mapped), *unique, *title)), None)


def _columns(table: Table, guesses: Sequence[Guess | None], sheet: str | None) -> list[ImportColumn]:
    return [
        ImportColumn(
            name=name if sheet is None else f"{sheet}!{name}",
            samples=[text for cell in _samples(table, at) if (text := cell_text(cell).strip())][:SAMPLES_SHOWN],
            field=guess.field if guess else None,
            confidence=guess.confidence if guess else 0.0,
            sheet=sheet,
        )
        for at, (name, guess) in enumerate(zip(table.header, guesses, strict=True))
    ]


def _with_mark(looking: Looking, table: Table, guesses: list[Guess | None]) -> list[Guess | None]:
    """Take the file's own number to tell which rows make one record, where the platform numbers records itself."""
    if RECORD not in looking.fields:
        return guesses
    labels = [each.definition.label for each in looking.model.fields.values() if each.type.key == "auto_number"]
    labels.append(RECORD_NUMBER)
    scores = [max((name_score(name, RECORD, each) for each in labels), default=0.0) for name in table.header]
    best = max(range(len(scores)), key=scores.__getitem__, default=0)
    if scores and scores[best] >= _LEAST and guesses[best] is None:
        guesses[best] = Guess(RECORD, round(scores[best], 2))
    return guesses


def _samples(table: Table, at: int) -> list[object]:
    return [row.cells[at] if at < len(row.cells) else None for row in table.rows]


def _guess(looking: Looking, table: Table) -> list[Guess | None]:
    """Guess for the record first; a sub-table gets what suits it better, where it gets all that its rows need."""
    samples = [_samples(table, at) for at in range(len(table.header))]
    found = guess_fields(table.header, samples, looking.own(), looking.names)
    for sub, fields in looking.sub_tables().items():
        label = looking.model.fields[sub].definition.label
        names = [_without(each, label) for each in table.header]
        better = [
            guess if guess is not None and (was is None or guess.confidence > was.confidence) else None
            for guess, was in zip(guess_fields(names, samples, fields, looking.names), found, strict=True)
        ]
        if _is_enough(better, fields):
            return [_inside(sub, each) or was for each, was in zip(better, found, strict=True)]
    return found


def _guess_beside(looking: Looking, table: Table, key: str | None, named: Sequence[str]) -> list[Guess | None]:
    """Guess what another sheet holds: rows of a sub-table, and a column that names the record of each."""
    samples = [_samples(table, at) for at in range(len(table.header))]
    nothing: list[Guess | None] = [None] * len(table.header)
    field = looking.fields.get(key or "")
    if field is None:
        return nothing
    scores = [1.0 if each in named else name_score(each, field.key, field.definition.label) for each in table.header]
    record = max(range(len(scores)), key=scores.__getitem__, default=0)
    for sub, fields in looking.sub_tables().items():
        found = guess_fields(table.header, samples, fields, looking.names)
        if scores and scores[record] >= _LEAST:
            found[record] = None
        if _is_enough(found, fields) and scores[record] >= _LEAST:
            found = [_inside(sub, each) for each in found]
            found[record] = Guess(f"{sub}.{RECORD}", round(scores[record], 2))
            return found
    return nothing


def _is_enough(found: Sequence[Guess | None], fields: Fields) -> bool:
    """Tell whether rows of a sub-table could be made of what was guessed."""
    held = {each.field for each in found if each is not None and each.confidence >= _SURE}
    needed = {key for key, field in fields.items() if field.definition.required}
    return bool(held) and needed <= held and len(held) >= min(2, len(fields))


def _inside(sub: str, guess: Guess | None) -> Guess | None:
    return None if guess is None else Guess(f"{sub}.{guess.field}", guess.confidence)


def _without(name: str, label: Label) -> str:
    """Return a column's name without that of the sub-table in front of it."""
    for prefix in (label.zh, label.en):
        if prefix and name.startswith(prefix) and len(name) > len(prefix):
            return name[len(prefix) :].strip(" ·.-_/:：") or name
    return name
