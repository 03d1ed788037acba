"""The shipped sales suite: packages of definitions, installed in the order in which they depend on each other."""

from xiaolu.metadata.packages.folder import read_packages, suite_folder
from xiaolu.metadata.packages.service import install_package
from xiaolu.runtime.workspace import Workspace

__all__ = ["install_suite", "suite_folder"]


async def install_suite(workspace: Workspace) -> list[str]:
    """Install every package of the suite that the workspace lacks; return their keys."""
    installed: list[str] = []
    for package in read_packages(suite_folder()):
        async with workspace.unit() as uow:
            await install_package(uow, package, now=workspace.now)
        installed.append(package.apps[0].key)
        await workspace.read_state()
    return installed
