"""One batch of rows: names looked up, cells read, records made or changed by the same code as single writes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from xiaolu.access.context import Context
from xiaolu.access.model import Operation
from xiaolu.access.policy import may, require
from xiaolu.kit.problems import Problem, problem
from xiaolu.metadata.fields.model import FieldModel
from xiaolu.records.imports.along import FilesAlong
from xiaolu.records.imports.model import Mapping, SourceRow
from xiaolu.records.imports.naming import FILES, ImportNames
from xiaolu.records.imports.progress import Outcome
from xiaolu.records.imports.rows import MappedColumn, ReadRow, RowReader, named_texts, parts
from xiaolu.records.imports.rows_there import add_to_rows_there
from xiaolu.records.imports.sources import cell_text
from xiaolu.records.imports.store.lookups import find_by_key, find_stages, load_target, look_up
from xiaolu.records.imports.subrows import RECORD, Grouping, assembled, sub_table_of
from xiaolu.records.model import Draft
from xiaolu.records.service.bulk import create_many, update_many

_BESIDE = frozenset({"created_at", "created_by", "stage"})
"""What a row says of its record besides values."""


@dataclass(slots=True)
class Plan:
    """What stays the same over all batches of an import."""

    entity: str
    mapping: Mapping
    columns: Sequence[MappedColumn]
    names: ImportNames
    reader: RowReader
    key: FieldModel | None
    is_dry_run: bool
    along: FilesAlong | None = None
    """The files that came with the spreadsheet."""
    grouping: Grouping | None = None
    """How rows are put together by record, where some fill sub-tables."""
    seen: dict[str, dict[Any, int]] = field(default_factory=dict)
    """In a dry run: values of unique fields met so far, and the line where."""

    @property
    def places(self) -> dict[str, int]:
        """Return where the cell of a field stands."""
        return {each.key: each.at for each in self.columns}


async def take_batch(ctx: Context, plan: Plan, read: Sequence[ReadRow]) -> Outcome:
    """Take rows, whose plain cells are read, in (or only check them) inside the caller's transaction."""
    rows = [each.source for each in read]
    wanted = named_texts(rows, plan.columns)
    if plan.along is not None:
        await plan.along.learn(ctx, plan.names, wanted.get(FILES, ()))
    await learn_names(ctx, plan.names, wanted)
    if not plan.mapping.create_missing:
        return await _take(ctx, plan, read)
    if not plan.is_dry_run:
        await _make_missing(ctx, plan, rows)
        return await _take(ctx, plan, read)
    async with _Rehearsal(ctx, plan) as rehearsal:
        rehearsal.made = await _make_missing(ctx, plan, rows)
        return await _take(ctx, plan, read)


async def learn_names(ctx: Context, names: ImportNames, wanted: dict[str, set[str]]) -> None:
    """Look up what cells name, as far as it was not looked up before."""
    for target, texts in wanted.items():
        if target == FILES:
            continue
        if not names.is_loaded(target):
            await load_target(ctx, names, target)
        missing = names.missing(target, texts)
        if missing:
            await look_up(ctx, names, target, missing)


async def _take(ctx: Context, plan: Plan, read: Sequence[ReadRow]) -> Outcome:
    outcome = Outcome()
    for each in read:
        plan.reader.read_naming(each)
    for wave in _waves(plan, assembled(read) if plan.grouping else read):
        await _take_wave(ctx, plan, wave, outcome)
    outcome.refused.sort(key=lambda each: each.number)
    return outcome


def _waves(plan: Plan, rows: Sequence[ReadRow]) -> list[list[ReadRow]]:
    """Part the rows so that no two of a part are about the same record: the second one must find what the first made."""
    if plan.key is None or plan.mapping.mode == "create":
        return [list(rows)]
    waves: list[list[ReadRow]] = []
    met: Counter[Any] = Counter()
    for row in rows:
        value = row.values.get(plan.key.key)
        turn = met[value] if value is not None else 0
        met[value] += 1
        while len(waves) <= turn:
            waves.append([])
        waves[turn].append(row)
    return waves


async def _take_wave(ctx: Context, plan: Plan, rows: Sequence[ReadRow], outcome: Outcome) -> None:
    new, changed = await _sort_out(ctx, plan, rows, outcome)
    good, doubtful = _parted(new)
    await _create(ctx, plan, good, outcome, is_dry_run=plan.is_dry_run)
    await _create(ctx, plan, doubtful, outcome, is_dry_run=True)
    if changed:
        await _update(ctx, plan, changed, outcome)


def _parted(rows: Sequence[ReadRow]) -> tuple[list[ReadRow], list[ReadRow]]:
    """Part rows whose cells could all be read from those that are refused anyway, and are checked for the other reasons."""
    return [each for each in rows if not each.problems], [each for each in rows if each.problems]


async def _sort_out(
    ctx: Context, plan: Plan, rows: Sequence[ReadRow], outcome: Outcome
) -> tuple[list[ReadRow], list[tuple[UUID, ReadRow]]]:
    """Tell rows that make a record from those that change one."""
    if plan.key is None or plan.mapping.mode == "create":
        return [each for each in rows if not _is_orphan(plan, each, outcome)], []
    key = plan.key.key
    values = list({row.values[key] for row in rows if row.values.get(key) is not None})
    found = (
        await find_by_key(ctx, plan.entity, plan.key, values, require(ctx, plan.entity, Operation.READ))
        if values
        else {}
    )
    new: list[ReadRow] = []
    changed: list[tuple[UUID, ReadRow]] = []
    for row in rows:
        value = row.values.get(key)
        ids = found.get(value, []) if value is not None else []
        if len(ids) == 1:
            changed.append((ids[0], row))
        elif ids:
            outcome.refuse_record(row, [problem("import.key_ambiguous", "values", key, count=len(ids))], plan.places)
        elif plan.mapping.mode == "update":
            code = "import.key_empty" if value is None else "import.no_match"
            outcome.refuse_record(row, [problem(code, "values", key)], plan.places)
        elif not _is_orphan(plan, row, outcome):
            new.append(row)
    if changed and "stage" in plan.places:
        changed = await _where_they_are(ctx, plan, changed, outcome)
    return new, changed


def _is_orphan(plan: Plan, row: ReadRow, outcome: Outcome) -> bool:
    """Refuse rows of another sheet whose record is neither in the first sheet nor there already."""
    if plan.grouping is None or not all(each.source.is_beside for each in row.members):
        return False
    for each in row.members:
        part = next((found for key in each.values if (found := sub_table_of(key))), next(iter(row.origins), ""))
        missing = problem(
            "import.record_missing",
            "values",
            f"{part}.{RECORD}",
            value=cell_text(plan.grouping.of(each.source)),
            sheet=each.source.sheet,
        )
        outcome.refuse(each.source, [*each.problems, missing], plan.places)
    return True


async def _where_they_are(
    ctx: Context, plan: Plan, rows: Sequence[tuple[UUID, ReadRow]], outcome: Outcome
) -> list[tuple[UUID, ReadRow]]:
    """Refuse rows that would take a record to another stage: what its moves demand cannot be skipped by a file."""
    stages = await find_stages(ctx, plan.entity, [identifier for identifier, _ in rows])
    left = []
    for identifier, row in rows:
        wanted = row.values.get("stage")
        if wanted is None or wanted == stages.get(identifier):
            left.append((identifier, row))
        else:
            outcome.refuse_record(row, [problem("import.stage_moves", "values", "stage")], plan.places)
    return left


async def _create(ctx: Context, plan: Plan, rows: Sequence[ReadRow], outcome: Outcome, *, is_dry_run: bool) -> None:
    if not rows:
        return
    if plan.along is not None and not is_dry_run:
        await plan.along.give_own(ctx, plan.columns, rows)
    made = await create_many(ctx, plan.entity, [_draft(each) for each in rows], is_dry_run=is_dry_run)
    for row, result in zip(rows, made, strict=True):
        found = result if isinstance(result, list) else []
        if plan.is_dry_run and not found and not row.problems:
            found = _repeated(ctx, plan, row)
        if found or row.problems:
            outcome.refuse_record(row, found, plan.places)
        else:
            outcome.take(row)
            outcome.created += 1


def _draft(row: ReadRow) -> Draft:
    if row.values.keys().isdisjoint(_BESIDE):
        return Draft(values=row.values, is_read=True)
    values = {key: value for key, value in row.values.items() if key not in _BESIDE}
    return Draft(values=values, is_read=True, **{key: row.values.get(key) for key in _BESIDE})


async def _update(ctx: Context, plan: Plan, rows: Sequence[tuple[UUID, ReadRow]], outcome: Outcome) -> None:
    for part, is_dry_run in ((False, plan.is_dry_run), (True, True)):
        chosen = [(identifier, row) for identifier, row in rows if bool(row.problems) is part]
        if not chosen:
            continue
        if plan.grouping:
            await add_to_rows_there(ctx, plan.entity, chosen, plan.along)
        if plan.along is not None:
            await plan.along.keep_same(ctx, plan.entity, plan.columns, chosen)
            if not is_dry_run:
                await plan.along.give_own(ctx, plan.columns, [row for _, row in chosen])
        changes = [
            (identifier, {key: value for key, value in row.values.items() if key not in _BESIDE})
            for identifier, row in chosen
        ]
        done = await update_many(ctx, plan.entity, changes, is_dry_run=is_dry_run)
        for (_, row), result in zip(chosen, done, strict=True):
            if row.problems or isinstance(result, list):
                outcome.refuse_record(row, result if isinstance(result, list) else [], plan.places)
                continue
            outcome.take(row)
            outcome.updated += result is True
            outcome.unchanged += result is not True


def _repeated(ctx: Context, plan: Plan, row: ReadRow) -> list[Problem]:
    """In a dry run, tell values that must be unique and stand in an earlier row of the file."""
    problems = []
    for column in plan.columns:
        key = column.key
        value = row.values.get(key)
        if not column.field.definition.unique or value is None or (plan.key is not None and plan.key.key == key):
            continue
        first = plan.seen.setdefault(key, {}).setdefault(value, row.source.line)
        if first != row.source.line:
            label = column.field.definition.label.text(ctx.language)
            problems.append(problem("import.repeated", "values", key, line=first, label=label))
    return problems


async def _make_missing(ctx: Context, plan: Plan, rows: Sequence[SourceRow]) -> list[tuple[str, str]]:
    """Make records that relations name and nobody has; return what was made. What cannot be made stays unknown."""
    made: list[tuple[str, str]] = []
    for column in plan.columns:
        target = column.target or ""
        model = ctx.snapshot.entities.get(target)
        if model is None or not may(ctx.actor, ctx.snapshot, target, Operation.CREATE):
            continue
        texts = list(dict.fromkeys(plan.names.unknown(target, _named(column, rows))))
        if not texts:
            continue
        title = model.definition.title
        results = await create_many(ctx, target, [Draft(values={title: text}) for text in texts])
        for text, result in zip(texts, results, strict=True):
            if isinstance(result, UUID):
                plan.names.add(target, text, result)
                made.append((target, text))
    return made


def _named(column: MappedColumn, rows: Sequence[SourceRow]) -> list[str]:
    is_many = column.field.type.key == "many_to_many"
    found: list[str] = []
    for row in rows:
        cell = row.cells[column.at] if column.at < len(row.cells) else None
        text = cell_text(cell).strip()
        text = column.replacements.get(text, text)
        if text:
            found.extend(parts(text) if is_many else [text])
    return found


class _Undone(Exception):
    """Ends a rehearsal: the savepoint is rolled back."""


class _Rehearsal:
    """Lets a dry run make what is missing, so that rows are checked as they will be, and takes it back."""

    def __init__(self, ctx: Context, plan: Plan) -> None:
        self._savepoint = ctx.uow.savepoint()
        self._names = plan.names
        self.made: list[tuple[str, str]] = []

    async def __aenter__(self) -> "_Rehearsal":
        await self._savepoint.__aenter__()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        for target, text in self.made:
            self._names.forget(target, text)
        ended = error or _Undone()
        await self._savepoint.__aexit__(type(ended), ended, ended.__traceback__)
