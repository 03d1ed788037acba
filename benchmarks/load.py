"""A small HTTP load client: N connections on the loopback interface, each sending its next request when answered."""

import asyncio
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlsplit

LAST_CHUNK = b"\r\n0\r\n\r\n"
"""JSON holds no line ends of this kind, so that nothing else looks like it."""
LATE_SECONDS = 120.0
"""How long after its end a run waits for answers that are still due."""


@dataclass(slots=True)
class Outcome:
    """What a run gave: answers per second, latencies in seconds, answers that were no success."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    failed: int = 0
    first_failure: str = ""
    refusal: bytes = b""
    """Text that only an answer of failure holds, for servers whose status does not tell."""

    @property
    def rate(self) -> float:
        """Return answers per second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Return a latency percentile in milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0


class _Connection(asyncio.Protocol):
    """One keep-alive connection; parses just enough of HTTP/1.1 to find the end of an answer."""

    def __init__(self, make: Callable[[], bytes], outcome: Outcome, until: float, done: "asyncio.Future[None]") -> None:
        self.make, self.outcome, self.until, self.done = make, outcome, until, done
        self.buffer = b""
        self.needed = -1
        self.is_chunked = False
        self.sent = 0.0
        self.lost: Exception | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self._send()

    def _send(self) -> None:
        self.sent = time.perf_counter()
        if self.sent >= self.until:
            self.transport.close()
            if not self.done.done():
                self.done.set_result(None)
            return
        self.transport.write(self.make())  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if self.needed < 0 and not self._find_length():
            return
        if self.is_chunked and self.buffer.endswith(LAST_CHUNK):
            self.needed = len(self.buffer)
        if len(self.buffer) < self.needed:
            return
        self.outcome.latencies.append(time.perf_counter() - self.sent)
        if self.buffer[9:10] != b"2" or self._is_refusal():
            self.outcome.failed += 1
            self.outcome.first_failure = self.outcome.first_failure or self.buffer[:600].decode("utf-8", "replace")
        self.buffer = self.buffer[self.needed :]
        self.needed = -1
        self._send()

    def _find_length(self) -> bool:
        """Read the head, if it is there, for the length of the answer; an answer in chunks ends with the last of them."""
        head = self.buffer.find(b"\r\n\r\n")
        if head < 0:
            return False
        lowered = self.buffer[:head].lower()
        self.is_chunked = b"transfer-encoding: chunked" in lowered
        at = lowered.find(b"content-length:")
        length = int(lowered[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        self.needed = sys.maxsize if self.is_chunked else head + 4 + length
        return True

    def _is_refusal(self) -> bool:
        return bool(self.outcome.refusal) and self.outcome.refusal in self.buffer[: self.needed]

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = exc
        if not self.done.done():
            self.done.set_result(None)


async def _run(url: str, make: Callable[[], bytes], connections: int, seconds: float, refusal: bytes) -> Outcome:
    parts = urlsplit(url)
    outcome = Outcome(refusal=refusal)
    loop = asyncio.get_running_loop()
    begun = time.perf_counter()
    waiting = []
    for _ in range(connections):
        done: asyncio.Future[None] = loop.create_future()
        await loop.create_connection(
            lambda done=done: _Connection(make, outcome, begun + seconds, done),  # type: ignore[misc]
            parts.hostname or "127.0.0.1",
            parts.port or 80,
        )
        waiting.append(done)
    async with asyncio.timeout(seconds + LATE_SECONDS):
        await asyncio.gather(*waiting)
    outcome.seconds = time.perf_counter() - begun
    return outcome


def load(url: str, make: Callable[[], bytes], *, connections: int, seconds: float, refusal: bytes = b"") -> Outcome:
    """Send what ``make`` gives over ``connections`` connections for ``seconds``; the host must be the loopback one."""
    if urlsplit(url).hostname != "127.0.0.1":
        raise ValueError("load goes to 127.0.0.1 only")
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_run(url, make, connections, seconds, refusal))


def request(method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    """Return a whole HTTP request."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"{method} {path} HTTP/1.1\r\nContent-Type: application/json\r\n{lines}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def cycle(make: Callable[[int], bytes]) -> Callable[[], bytes]:
    """Return a maker of requests that is given a running number."""
    numbers = count()
    return lambda: make(next(numbers))
