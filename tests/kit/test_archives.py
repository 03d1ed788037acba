"""Taking an archive apart: ordinary files only, and only below the folder."""

import io
import tarfile
from pathlib import Path

import pytest

from xiaolu.kit.archives import take_out


def _archive(*entries: tuple[tarfile.TarInfo, bytes]) -> tarfile.TarFile:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for entry, content in entries:
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    packed.seek(0)
    return tarfile.open(fileobj=packed)


def _entry(name: str, kind: bytes = tarfile.REGTYPE, link: str = "", mode: int = 0o640) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname, entry.mode = kind, link, mode
    return entry


def test_files_and_folders_come_out_with_their_content(tmp_path: Path) -> None:
    with _archive(
        (_entry("files", tarfile.DIRTYPE, mode=0o755), b""), (_entry("files/ab/照片.jpg"), b"photo")
    ) as archive:
        take_out(archive, tmp_path)
    assert (tmp_path / "files/ab/照片.jpg").read_bytes() == b"photo"
    assert (tmp_path / "files/ab/照片.jpg").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "entry",
    [
        _entry("../out.txt"),
        _entry("/tmp/xiaolu-out.txt"),
        _entry("files/link", tarfile.SYMTYPE, "/etc/passwd"),
        _entry("files/hard", tarfile.LNKTYPE, "files/other"),
        _entry("files/device", tarfile.CHRTYPE),
    ],
    ids=lambda entry: entry.name,
)
def test_what_leads_out_of_the_folder_is_refused(entry: tarfile.TarInfo, tmp_path: Path) -> None:
    folder = tmp_path / "place"
    folder.mkdir()
    with _archive((entry, b"")) as archive, pytest.raises(tarfile.ExtractError, match="no ordinary file"):
        take_out(archive, folder)
    assert list(tmp_path.rglob("*")) == [folder]
