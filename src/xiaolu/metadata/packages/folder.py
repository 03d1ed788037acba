"""Packages as folders of YAML files, the way they are written and shipped."""

from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import msgspec

from xiaolu.kit.errors import Invalid
from xiaolu.kit.problems import Problem, problem, under
from xiaolu.metadata.model.workspace import COLLECTIONS, Definitions
from xiaolu.metadata.packages.industry import Industry, Shelf
from xiaolu.metadata.yamlform import decode_definitions, decode_yaml

INDUSTRIES = "industries"
"""The folder of variants: a file for each industry."""
SHELF = "shelf.yaml"


def suite_folder() -> Path:
    """Return the folder of the shipped packages: inside the installed platform, or beside the sources in a checkout."""
    packaged = Path(str(resources.files("xiaolu"))) / "suite"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[4] / "suite"


def read_package(folder: Path) -> Definitions:
    """Return the package of a folder: all its ``*.yaml`` files in the order of their names, put together.

    Raises:
        Invalid: a file is no definitions; each problem's path begins with the file's name.
    """
    parts: list[Definitions] = []
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.yaml")):
        found = decode_definitions(file.read_text(encoding="utf-8"))
        if isinstance(found, Definitions):
            parts.append(found)
        else:
            problems.extend(under(file.name, found))
    if problems:
        raise Invalid("package.unreadable", problems, folder=folder.name)
    together = {name: tuple(each for part in parts for each in getattr(part, name)) for name in COLLECTIONS}
    return msgspec.structs.replace(Definitions(), **together)


def package_folders(folder: Path) -> list[Path]:
    """Return the subfolders that hold a package, in the order of their names."""
    return [
        each
        for each in sorted(folder.iterdir())
        if each.is_dir() and each.name != INDUSTRIES and any(each.glob("*.yaml"))
    ]


def industry_files(suite: Path) -> list[Path]:
    """Return the files of variants of a suite, in the order of their names; each is named as its industry is."""
    return sorted((suite / INDUSTRIES).glob("*.yaml"))


def read_industry(file: Path) -> Industry:
    """Return the variants of an industry from their file.

    Raises:
        Invalid: the file is none of variants; each problem's path begins with the file's name.
    """
    found = decode_yaml(file.read_text(encoding="utf-8"), Industry)
    if isinstance(found, list):
        raise Invalid("package.unreadable", under(file.name, found), folder=file.name)
    return found


def read_shelf(folder: Path) -> Shelf:
    """Return how the templates of a folder are sorted.

    Raises:
        Invalid: its file is not what it should be.
    """
    found = decode_yaml((folder / SHELF).read_text(encoding="utf-8"), Shelf)
    if isinstance(found, list):
        raise Invalid("package.unreadable", under(SHELF, found), folder=SHELF)
    return found


def read_packages(folder: Path) -> list[Definitions]:
    """Return the package of each subfolder, those that others depend on first.

    Raises:
        Invalid: a package cannot be read, or is none.
    """
    packages = [read_package(each) for each in package_folders(folder)]
    wrong = [problem("package.not_one_app", count=len(each.apps)) for each in packages if len(each.apps) != 1]
    if wrong:
        raise Invalid("package.not_one_app", wrong, count=wrong[0].params["count"])
    return in_order(packages)


def in_order(packages: Sequence[Definitions]) -> list[Definitions]:
    """Return packages so that each comes after those that it depends on; what is in a circle comes last."""
    waiting = list(packages)
    done: list[Definitions] = []
    while waiting:
        missing = {each.apps[0].key for each in waiting}
        ready = [each for each in waiting if not missing & set(each.apps[0].depends)] or waiting
        done.extend(ready)
        waiting = [each for each in waiting if each not in ready]
    return done
