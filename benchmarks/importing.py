"""Imports a spreadsheet through the HTTP interface and times the phases."""

import json
import time
import urllib.request
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.place import Place


def _call(here: Place, method: str, path: str, body: bytes | None = None, kind: str = "application/json") -> Any:
    headers = {**here.tokens["admin"], "Content-Type": kind}
    call = urllib.request.Request(f"{here.url}/api{path}", body, headers, method=method)
    with urllib.request.urlopen(call) as answer:
        return json.loads(answer.read() or b"null")


def _upload(here: Place, sheet: Path) -> str:
    boundary = uuid4().hex
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{sheet.name}"\r\n\r\n'.encode()
    body = head + sheet.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
    return str(_call(here, "POST", "/files", body, f"multipart/form-data; boundary={boundary}")["id"])


def _wait(here: Place, job: str, state: str) -> Any:
    while True:
        found = _call(here, "GET", f"/imports/{job}")
        if found["state"] == state:
            return found
        if found["state"] == "failed":
            raise RuntimeError(found)
        time.sleep(0.05)


def import_sheet(here: Place, sheet: Path) -> tuple[float, int]:
    """Return the seconds of the writing phase and the number of records made."""
    job = _call(here, "POST", "/imports", json.dumps({"entity": "deal", "file": _upload(here, sheet)}).encode())
    columns = {column["name"]: column["field"] for column in job["columns"]}
    _call(here, "PUT", f"/imports/{job['id']}/mapping", json.dumps({"columns": columns, "mode": "create"}).encode())
    _call(here, "POST", f"/imports/{job['id']}/check")
    _wait(here, job["id"], "checked")
    begun = time.perf_counter()
    _call(here, "POST", f"/imports/{job['id']}/run")
    done = _wait(here, job["id"], "done")
    return time.perf_counter() - begun, int(done["created"])
