"""Imports a spreadsheet through the HTTP interface and times the phases."""

import time
from pathlib import Path
from typing import Any

from benchmarks.calling import ask, upload
from benchmarks.place import Place


def _wait(url: str, headers: dict[str, str], state: str) -> Any:
    while True:
        found = ask(url, None, headers)
        if found["state"] == state:
            return found
        if found["state"] == "failed":
            raise RuntimeError(found)
        time.sleep(0.05)


def import_sheet(here: Place, sheet: Path) -> tuple[float, int]:
    """Return the seconds of the writing phase and the number of records made."""
    headers = here.tokens["admin"]
    file = upload(f"{here.url}/api/files", sheet.name, sheet.read_bytes(), headers)
    job = ask(f"{here.url}/api/imports", {"entity": "deal", "file": file["id"]}, headers)
    columns = {column["name"]: column["field"] for column in job["columns"]}
    address = f"{here.url}/api/imports/{job['id']}"
    ask(f"{address}/mapping", {"columns": columns, "mode": "create"}, headers, method="PUT")
    ask(f"{address}/check", None, headers, method="POST")
    _wait(address, headers, "checked")
    begun = time.perf_counter()
    ask(f"{address}/run", None, headers, method="POST")
    done = _wait(address, headers, "done")
    return time.perf_counter() - begun, int(done["created"])
