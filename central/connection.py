"""One HTTP connection: uvicorn's, made to answer in our words and to give up on a client that dawdles.

uvicorn reads bodies with the endpoint's limits, but waits without end for the first line of a request and
answers what is no HTTP in plain text.
"""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from central.problems import problem_response

_MOST_UNREAD = 512 * 2**10
"""Bytes of a body that lie here before the line has to wait until they are taken."""

HEAD_SECONDS = 20.0
"""How long the head of a request may take from its first byte, or a new connection may stay silent."""


class Connection(H11Protocol):
    """uvicorn's connection with a limit on heads and problems for what it cannot read."""

    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        if self._is_amid_body(len(data)):
            self._pass_on(data)
            return
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._head_came()
        elif self._head_timer is None:
            self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_came()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Tell in our words that this is no HTTP."""
        problem = problem_response("central.malformed", {"reason": "it is not HTTP"})
        head = h11.Response(status_code=400, headers=[*problem.raw_headers, (b"connection", b"close")])
        for event in (head, h11.Data(data=bytes(problem.body)), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _is_amid_body(self, length: int) -> bool:
        """Whether these are nothing but bytes of a body of a stated length, and not its last ones."""
        conn, cycle = self.conn, self.cycle
        if conn.their_state is not h11.SEND_BODY or conn.our_state is not h11.SEND_RESPONSE or cycle is None:
            return False
        left = getattr(getattr(conn, "_reader", None), "_remaining", 0)
        return length < left and not cycle.response_started and not conn.trailing_data[0]

    def _pass_on(self, data: bytes) -> None:
        # h11 copies a body three times, and uvicorn stops reading after each 64 kB of it: a third of the processor's
        # time that a file of 500 MB took on this thread. The last bytes go h11's way, which then knows where it is.
        reader: Any = self.conn._reader
        reader._remaining -= len(data)
        self.cycle.body += data
        if len(self.cycle.body) > _MOST_UNREAD:
            self.flow.pause_reading()
        self.cycle.message_event.set()

    def _should_upgrade(self) -> bool:
        return False  # nothing here is anything but HTTP, and asking for it is no reason to fill the log

    def _wait_for_head(self) -> None:
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _head_came(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _give_up(self) -> None:
        self._head_timer = None
        if not self.transport.is_closing():
            self.transport.close()
