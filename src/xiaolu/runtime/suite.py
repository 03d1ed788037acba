"""The shipped sales suite: packages of definitions, installed in the order in which they depend on each other."""

from importlib import resources
from pathlib import Path

from xiaolu.metadata.packages.folder import read_packages
from xiaolu.metadata.packages.service import install_package
from xiaolu.runtime.workspace import Workspace


def suite_folder() -> Path:
    """Return the folder of the suite: inside the installed package, or beside the sources in a checkout."""
    packaged = Path(str(resources.files("xiaolu"))) / "suite"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / "suite"


async def install_suite(workspace: Workspace) -> list[str]:
    """Install every package of the suite that the workspace lacks; return their keys."""
    installed: list[str] = []
    for package in read_packages(suite_folder()):
        async with workspace.unit() as uow:
            await install_package(uow, package, now=workspace.now)
        installed.append(package.apps[0].key)
        await workspace.read_state()
    return installed
