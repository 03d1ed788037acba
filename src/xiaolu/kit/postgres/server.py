"""Starts, shares, watches and stops the embedded server of a data directory.

Rules: loopback TCP only, a generated password, one server per data directory. A second process on the directory shares
the running server; what a killed process left behind (an orphaned server, a stale or truncated ``postmaster.pid``, a
process number that now belongs to somebody else) never prevents a start, nor does another program on its port.
"""

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from xiaolu.kit.postgres.access import Access, free_port, is_free, keep_access, read_access
from xiaolu.kit.postgres.binaries import RunAs, find_programs, find_run_as

START_SECONDS = 120.0
"""How long a start may take; recovery after a crash replays the log and needs longer than a clean start."""
STOP_SECONDS = 60.0
PORT_TRIES = 5

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "max_locks_per_transaction": "256",  # a restore or the drop of a workspace locks every table of hundreds of forms
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_min_duration_statement": "2000",
}


class PostgresFailed(RuntimeError):
    """The embedded server cannot be made, started or reached; the text says what to do."""


class EmbeddedServer:
    """A running embedded server. ``owned``: this process started or adopted it and stops it."""

    def __init__(self, folder: Path, access: Access, programs: Path, run_as: RunAs) -> None:
        self.folder = folder
        self.access = access
        self.programs = programs
        self.run_as = run_as
        self.owned = False
        self._child: subprocess.Popen[bytes] | None = None
        self._ownership: int | None = None
        self._stopping = threading.Event()

    @property
    def url(self) -> str:
        """Return the address of the platform's database."""
        return f"postgresql://xiaolu:{self.access.password}@127.0.0.1:{self.access.port}/xiaolu"

    @property
    def cluster(self) -> Path:
        """Return PostgreSQL's own data folder."""
        return self.folder / "cluster"

    def is_up(self) -> bool:
        """Tell whether our server (not another one on the port) answers."""
        pid = _postmaster_pid(self.cluster)
        if pid is None or not _is_postgres_of(pid, self.cluster):
            return False
        return self._run("pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.access.port)).returncode == 0

    def start(self) -> None:
        """Start the server unless it runs; whoever is first owns it."""
        with _locked(self.folder / "start.lock"):
            self._take_ownership()
            self.access = read_access(self.folder) or self.access  # its starter may have moved it
            if self.is_up():
                return
            self._clear_stale_lock()
            self._launch_where_free()
        if self.owned and self._child is not None:
            threading.Thread(target=self._watch, name="postgres-watch", daemon=True).start()

    def _take_ownership(self) -> None:
        handle = os.open(self.folder / "owner.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return
        self._ownership = handle
        self.owned = True

    def _clear_stale_lock(self) -> None:
        pid = _postmaster_pid(self.cluster)
        if pid is not None and _is_postgres_of(pid, self.cluster):
            deadline = time.monotonic() + START_SECONDS
            while time.monotonic() < deadline and _is_postgres_of(pid, self.cluster):
                if self.is_up():
                    return
                time.sleep(0.1)
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)

    def _launch_where_free(self) -> None:
        """Launch on the kept port, or on another one when a program has taken that in the meantime."""
        for _ in range(PORT_TRIES):
            if not self.is_up() and not is_free(self.access.port):
                self.access = Access(free_port(), self.access.password)
                keep_access(self.folder, self.access)
            try:
                self._launch()
            except PostgresFailed:
                if is_free(self.access.port):  # it was not the port
                    raise
            else:
                return
        raise PostgresFailed(f"PostgreSQL found no free port: {self._last_words()}")

    def _launch(self) -> None:
        if self.is_up():
            return
        options = [text for name, value in SETTINGS.items() for text in ("-c", f"{name}={value}")]
        command = [str(self.programs / "postgres"), "-D", str(self.cluster), "-p", str(self.access.port), *options]
        with (self.folder / "start.log").open("wb") as log:
            self._child = subprocess.Popen(  # noqa: S603 - our own program
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                **self.run_as.popen,
            )
        self._await_up()

    def _await_up(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._child is not None and self._child.poll() is not None:
                raise PostgresFailed(f"PostgreSQL did not start: {self._last_words()}")
            if self.is_up():
                return
            time.sleep(0.05)
        raise PostgresFailed(f"PostgreSQL did not answer within {START_SECONDS:.0f} s: {self._last_words()}")

    def _last_words(self) -> str:
        logs = [self.folder / "start.log", *sorted((self.cluster / "log").glob("*.log"))]
        lines = [line for log in logs if log.exists() for line in log.read_text("utf-8", "replace").splitlines()]
        return " | ".join(lines[-5:]) or f"see {self.folder}"

    def _watch(self) -> None:
        """Bring the server back when somebody kills it."""
        while not self._stopping.is_set():
            child = self._child
            if child is None:
                return
            child.wait()
            if self._stopping.is_set():
                return
            with contextlib.suppress(PostgresFailed), _locked(self.folder / "start.lock"):
                self._clear_stale_lock()
                self._launch()
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop the server if this process owns it; others keep it running."""
        self._stopping.set()
        if not self.owned:
            return
        with _locked(self.folder / "start.lock"):
            pid = _postmaster_pid(self.cluster)
            if pid is not None and _is_postgres_of(pid, self.cluster):
                os.kill(pid, signal.SIGINT)
                self._await_end(pid)
        if self._ownership is not None:
            os.close(self._ownership)
            self._ownership = None
        self.owned = False

    def _await_end(self, pid: int) -> None:
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline:
            if self._child is not None and self._child.poll() is not None:
                return
            if not _is_postgres_of(pid, self.cluster):
                return
            time.sleep(0.02)

    def _run(self, program: str, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        environment = {**os.environ, "PGPASSWORD": self.access.password}
        return subprocess.run(  # noqa: S603 - our own program
            [str(self.programs / program), *arguments], check=False, capture_output=True, env=environment, cwd="/"
        )


def start_embedded(data_dir: Path) -> EmbeddedServer:
    """Make the database on first use, start its server or share the running one, and return it.

    Raises:
        PostgresFailed: the folder cannot be used, or the server does not start; the text says why.
    """
    folder = data_dir.expanduser().absolute() / "postgres"
    run_as = find_run_as()
    folder.mkdir(parents=True, exist_ok=True)
    if run_as.uid is not None:
        folder.chmod(0o711)
        _require_reachable(folder, run_as)
    programs = find_programs(run_as, folder)
    with _locked(folder / "init.lock"):
        access = _initialise(folder, programs, run_as)
    server = EmbeddedServer(folder, access, programs, run_as)
    try:
        server.start()
        _ensure_database(server)
    except BaseException:  # told to end while it starts: nothing is left running
        server.stop()
        raise
    return server


def _require_reachable(folder: Path, run_as: RunAs) -> None:
    probe = subprocess.run(  # noqa: S603 - a fixed command
        ["/bin/sh", "-c", 'cd "$1"', "probe", str(folder)], check=False, capture_output=True, cwd="/", **run_as.popen
    )
    if probe.returncode != 0:
        raise PostgresFailed(
            f"The database cannot live in {folder}: PostgreSQL never runs as root, and its user may not enter that folder. "
            "Choose another one with XIAOLU_DATA_DIR (for example /var/lib/xiaolu), or run xiaolu as an ordinary user."
        )


def _initialise(folder: Path, programs: Path, run_as: RunAs) -> Access:
    cluster = folder / "cluster"
    if (cluster / "PG_VERSION").exists():
        kept = read_access(folder)
        if kept is None:
            raise PostgresFailed(
                f"{folder}/access.json is missing but {cluster} holds a database; restore that file or move the folder away"
            )
        return kept
    access = Access(port=free_port(), password=secrets.token_urlsafe(24))
    made = folder / "cluster.partial"  # renamed when it is whole: a start that is killed here leaves nothing half made
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(mode=0o700)
    if run_as.uid is not None and run_as.gid is not None:
        os.chown(made, run_as.uid, run_as.gid)
    with tempfile.NamedTemporaryFile("w", prefix="xiaolu-", suffix=".pw") as secret:
        secret.write(access.password)
        secret.flush()
        if run_as.uid is not None and run_as.gid is not None:
            os.chown(secret.name, run_as.uid, run_as.gid)
        command = [
            str(programs / "initdb"), "-D", str(made), "-U", "xiaolu", "-A", "scram-sha-256", "--pwfile", secret.name,
            "-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions",
        ]  # fmt: skip
        outcome = subprocess.run(  # noqa: S603 - our own program
            command, check=False, capture_output=True, cwd="/", **run_as.popen
        )
    if outcome.returncode != 0:
        raise PostgresFailed(f"The database could not be made: {outcome.stderr.decode('utf-8', 'replace').strip()}")
    keep_access(folder, access)
    made.rename(cluster)
    return access


def _ensure_database(server: EmbeddedServer) -> None:
    target = ("-h", "127.0.0.1", "-p", str(server.access.port), "-U", "xiaolu")
    query = "SELECT 1 FROM pg_database WHERE datname = 'xiaolu'"
    found = server._run("psql", *target, "-d", "postgres", "-Atc", query)
    if found.returncode != 0:
        raise PostgresFailed(f"PostgreSQL refuses our password: {found.stderr.decode('utf-8', 'replace').strip()}")
    if found.stdout.strip() != b"1":
        server._run("createdb", *target, "xiaolu")


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _postmaster_pid(cluster: Path) -> int | None:
    try:
        first = (cluster / "postmaster.pid").read_text("ascii", "replace").split("\n", 1)[0]
        return int(first)
    except (OSError, ValueError):
        return None


def _is_postgres_of(pid: int, cluster: Path) -> bool:
    """Tell whether process ``pid`` is alive (no zombie) and is the server of this folder, not a reused number."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[0]
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return state not in {"Z", "X"} and str(cluster).encode() in words
