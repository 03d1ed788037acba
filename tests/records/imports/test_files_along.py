"""A spreadsheet in a zip with the files that its cells name; what is wrong with a zip is told before anything is read."""

import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.files.pictures import jpeg
from tests.records.imports.driver import Driver, workbook
from tests.records.queries.scene import CUSTOMER, LEAD, Scene, make, open_scene
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.errors import Invalid
from xiaolu.kit.i18n import Label
from xiaolu.metadata.model.entity import Entity
from xiaolu.records.imports import parcel as parcels
from xiaolu.records.imports.parcel import open_parcel
from xiaolu.records.imports.refused_file import write_refused

Run = Callable[..., Any]
VISIT = Entity(
    key="visit",
    label=Label("拜访", "Visit"),
    title="name",
    fields=(
        make("name", "text", "事由", required=True, unique=True),
        make("papers", "file", "资料"),
        make("photo", "image", "照片", max_megabytes=1),
    ),
)
TRIP = Entity(
    key="trip",
    label=Label("出差", "Trip"),
    title="name",
    fields=(
        make("name", "text", "出差", required=True, unique=True),
        make("stops", "sub_table", "行程", entity="stop"),
    ),
)
STOP = Entity(
    key="stop",
    label=Label("一站", "Stop"),
    title="place",
    parent="trip",
    fields=(make("place", "text", "地点"), make("papers", "file", "资料")),
)
MEGABYTE = 1024 * 1024


@pytest.fixture
def driver(uow: UnitOfWork, run: Run, tmp_path: Path) -> Driver:
    async def begin() -> Scene:
        made = await open_scene(uow, entities=(CUSTOMER, LEAD, VISIT, TRIP, STOP))
        await made.department("华东")
        await made.member("ann", "boss", name="安娜", department="华东")
        return made

    return Driver(run(begin()), tmp_path / "files")


def packed(files: dict[str, bytes], *rows: list[Any], book: str = "拜访.xlsx") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        if rows:
            archive.writestr(book, workbook(*rows))
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


HEAD = ["事由", "资料", "照片"]


async def held(scene: Scene) -> dict[str, list[str]]:
    """Return what the files of live visits are called, and of which upload they are."""
    rows = await scene.uow.connection.fetch(
        "SELECT v.name, array(SELECT f.name FROM unnest(v.papers || v.photo) WITH ORDINALITY u(id, n) JOIN file f ON f.id = u.id "
        "WHERE f.attached_at IS NOT NULL ORDER BY u.n) AS files FROM r_visit v WHERE v.deleted_at IS NULL ORDER BY v.name"
    )
    return {row["name"]: row["files"] for row in rows}


def test_cells_name_files_and_each_reason_is_told(driver: Driver, run: Run) -> None:
    files = {
        "附件/合同.txt": b"a", "附件/报价、清单.txt": b"b", "附件/现场.jpg": jpeg(), "附件/空.txt": b"", "一/同名.txt": b"1", "二/同名.txt": b"2",
        "__MACOSX/._合同.txt": b"x",
    }  # fmt: skip
    rows: list[list[Any]] = [
        HEAD,
        ["甲", "附件/合同.txt | 报价、清单.txt", "现场.jpg"],
        ["乙", "合同.txt、报价、清单.txt", None],
        ["丙", "合同.txt; 附件\\合同.TXT", "合同.txt"],
        ["丁", "同名.txt", None],
        ["戊", "没有.txt", None],
        ["己", "空.txt", None],
        ["庚", "合同.txt", "现场.jpg"],
    ]

    async def scenario() -> None:
        scene = driver.scene
        job = await driver.begin(packed(files, *rows), "拜访.zip", "visit")
        assert [each.field for each in job.columns] == ["name", "papers", "photo"]
        checked = await driver.check(await driver.map(job))
        assert (checked.counts.good, checked.counts.bad) == (2, 5)
        assert await held(scene) == {}
        done = await driver.run(checked)
        assert (done.counts.created, done.counts.bad) == (2, 5)
        told = await scene.uow.connection.fetch("SELECT problems::text FROM import_refusal ORDER BY number")
        codes = ["file.not_along", "file.wrong_type", "file.ambiguous", "file.not_along", "file.damaged"]
        assert [next(code for code in codes if code in row["problems"]) for row in told] == codes
        assert await held(scene) == {"庚": ["合同.txt", "现场.jpg"], "甲": ["合同.txt", "报价、清单.txt", "现场.jpg"]}
        uploads = await scene.uow.connection.fetchval(
            "SELECT count(DISTINCT p) FROM r_visit, unnest(papers || photo) p"
        )
        assert uploads == 5
        refused = await write_refused(scene.ctx("ann"), driver.storage, done)
        with zipfile.ZipFile(refused.path) as archive:
            assert {"附件/合同.txt", "一/同名.txt", "refused.xlsx"} <= set(archive.namelist())
        again = await driver.begin(refused.path.read_bytes(), refused.name, "visit")
        assert [each.field for each in again.columns] == [None, "name", "papers", "photo", None]
        same = await driver.whole(packed(files, *rows[:2]), "visit", "拜访.zip", mode="upsert", key="name")
        assert (same.counts.unchanged, same.counts.updated) == (1, 0)
        undone = await driver.undo(done)
        assert undone.undo is not None
        assert undone.undo.deleted == 2
        assert await held(scene) == {}

    run(scenario())


async def stops(scene: Scene) -> list[tuple[str | None, list[str]]]:
    """Return the live rows of trips with what their files hold."""
    rows = await scene.uow.connection.fetch(
        "SELECT s.place, array(SELECT f.name || f.size FROM unnest(s.papers) WITH ORDINALITY u(id, n) JOIN file f ON f.id = u.id "
        "WHERE f.attached_at IS NOT NULL ORDER BY u.n) AS files FROM r_stop s WHERE s.deleted_at IS NULL ORDER BY s.position"
    )
    return [(row["place"], row["files"]) for row in rows]


def test_files_of_rows_that_are_there_are_replaced_and_come_back(driver: Driver, run: Run) -> None:
    head = ["出差", "地点", "资料"]
    columns: dict[str, str | None] = {"出差": "name", "地点": "stops.place", "资料": "stops.papers"}
    rows: list[list[Any]] = [head, ["甲", "杭州", "合同.txt"], [None, "宁波", "清单.txt"], [None, None, "收据.txt"]]
    old = {"合同.txt": b"a", "清单.txt": b"b", "收据.txt": b"c"}

    async def upsert(files: dict[str, bytes], *rows: list[Any]) -> Any:
        job = await driver.begin(packed(files, *rows), "出差.zip", "trip")
        return await driver.run(await driver.map(job, columns, mode="upsert", key="name"))

    async def scenario() -> None:
        scene = driver.scene
        await upsert(old, *rows)
        first = [("杭州", ["合同.txt1"]), ("宁波", ["清单.txt1"]), (None, ["收据.txt1"])]
        assert await stops(scene) == first
        same = await upsert(old, *rows)
        assert (same.counts.unchanged, same.counts.updated) == (1, 0)
        other: list[list[Any]] = [head, ["甲", "杭州", "合同.txt"], [None, "宁波", "合同.txt"], [None, "宁波", None]]
        changed = await upsert({"合同.txt": b"new"}, *other)
        assert changed.counts.updated == 1
        replaced = [("杭州", ["合同.txt3"]), ("宁波", ["合同.txt3"]), (None, ["收据.txt1"]), ("宁波", [])]
        assert await stops(scene) == replaced
        undone = await driver.undo(changed)
        assert undone.undo is not None
        assert undone.undo.kept == 0
        assert await stops(scene) == first

    run(scenario())


def test_a_spreadsheet_alone_says_that_it_needs_the_zip(driver: Driver, run: Run) -> None:
    async def scenario() -> None:
        job = await driver.begin(workbook(HEAD, ["甲", "合同.txt", None]), "拜访.xlsx", "visit")
        assert [(each.field, each.wants_files) for each in job.columns] == [
            ("name", None), (None, "papers"), (None, "photo"),
        ]  # fmt: skip
        with pytest.raises(Invalid) as refused:
            await driver.map(job, {"事由": "name", "资料": "papers"})
        assert [each.code for each in refused.value.problems] == ["import.needs_archive"]

    run(scenario())


def entry(name: str, *, flags: int = 0, mode: int = 0) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.flag_bits |= flags
    made.external_attr = mode << 16
    return made


def written(path: Path, *entries: tuple[zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, content in entries:
            archive.writestr(info, content)
    return path


@pytest.mark.parametrize(
    ("name", "mode", "code"),
    [
        ("../密.txt", 0, "import.archive_unsafe"),
        ("a/../../b.txt", 0, "import.archive_unsafe"),
        ("/etc/passwd", 0, "import.archive_unsafe"),
        ("C:\\b.txt", 0, "import.archive_unsafe"),
        ("link.txt", stat.S_IFLNK | 0o777, "import.archive_unsafe"),
        ("b.csv", 0, "import.archive_many_tables"),
    ],
)
def test_a_zip_with_tricks_is_refused(tmp_path: Path, name: str, mode: int, code: str) -> None:
    path = written(tmp_path / "a.zip", (entry("a.csv"), b"x"), (entry(name, mode=mode), b"y"))
    with pytest.raises(Invalid) as refused:
        open_parcel(path, MEGABYTE)
    assert refused.value.code == code


def test_a_zip_that_is_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(most: int = MEGABYTE) -> str:
        with pytest.raises(Invalid) as refused:
            open_parcel(path, most)
        return refused.value.code

    path = written(tmp_path / "a.zip", (entry("a.csv"), b"x"), (entry("null.bin"), bytes(3 * MEGABYTE)))
    assert told() == "import.archive_file_too_large"
    monkeypatch.setattr(parcels, "MOST_BYTES", 2 * MEGABYTE)
    assert told() == "import.archive_too_large"
    monkeypatch.setattr(parcels, "MOST_ENTRIES", 1)
    assert told() == "import.archive_too_many"
    path.write_bytes(path.read_bytes()[:-30])
    assert told() == "import.archive_broken"
    path = written(tmp_path / "b.zip", (entry("a.txt"), b"x"))
    assert told() == "import.archive_no_table"


def test_names_written_by_chinese_windows_are_read(tmp_path: Path) -> None:
    name = "合同.txt".encode("gb18030")
    path = written(tmp_path / "a.zip", (entry("a.csv"), b"x"), (entry("?" * len(name)), b"y"))
    path.write_bytes(path.read_bytes().replace(b"?" * len(name), name))
    found = open_parcel(path, MEGABYTE)
    assert found is not None
    assert [each.name for each in found.find("合同.txt")] == ["合同.txt"]
    found.close()


def test_a_workbook_is_no_parcel(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(HEAD))
    assert open_parcel(path, MEGABYTE) is None
    path.write_bytes(path.read_bytes()[:-30])
    assert open_parcel(path, MEGABYTE) is None
