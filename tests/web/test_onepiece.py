"""What is written of an answer, and when it leaves."""

import asyncio
from typing import Any

from tests.conftest import Run
from xiaolu.web.onepiece import OnePiece


class Wire:
    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.is_closed = False

    def write(self, data: bytes) -> None:
        assert not self.is_closed
        self.sent.append(data)

    def is_closing(self) -> bool:
        return self.is_closed

    def close(self) -> None:
        self.is_closed = True

    def get_extra_info(self, name: str) -> str:
        return name


def test_head_and_body_leave_together_and_a_head_alone_soon(run: Run) -> None:
    async def story() -> None:
        wire: Any = Wire()
        piece = OnePiece(wire, asyncio.get_running_loop())
        assert piece.get_extra_info("peername") == "peername"
        piece.write(b"head ")
        assert wire.sent == []
        piece.write(b"body")
        assert wire.sent == [b"head body"]
        piece.write(b"first of a stream")
        await asyncio.sleep(0)
        assert wire.sent[1:] == [b"first of a stream"]
        await asyncio.sleep(0)
        piece.write(b"last words")
        piece.close()
        assert wire.sent[2:] == [b"last words"]
        assert wire.is_closed

    async def broken() -> None:
        wire: Any = Wire()
        piece = OnePiece(wire, asyncio.get_running_loop())
        piece.write(b"to nobody")
        wire.is_closed = True
        await asyncio.sleep(0)
        assert wire.sent == []

    run(story())
    run(broken())
