"""A phone line out of a cellar: so many bits a second for everything together, and packets that get lost.

Bytes between laptop and store are cut into packets; each takes its time on the one line of its direction, behind
whatever else waits there, and is lost with a given chance. What is lost comes again as TCP does it: after twice the
way there and back, then twice that, and so on, nothing of that connection passing it meanwhile. Seeded, so that a bad
day can be had again.
"""

from __future__ import annotations

import random
import socket
import struct
import threading
import time
from contextlib import suppress

PACKET = 1360
"""Bytes of a packet beside its heads; what most mobile networks let through."""

FRAME = 200
"""Bytes of a radio frame, heads and all."""

HEADS = 40
_SOONEST_AGAIN = 0.2
_LATEST_AGAIN = 8.0


class _Way:
    """One direction of the line: packets go over it one at a time, in the order they came."""

    def __init__(self, seed: int) -> None:
        self.rate, self.loss = 1e9, 0.0
        self._dice = random.Random(seed)
        self._turn = threading.Condition()
        self._next = self._serving = 0
        self.packets = self.lost = 0

    def carry(self, size: int) -> bool:
        """Take the line for one packet; whether it arrived."""
        with self._turn:
            mine, self._next = self._next, self._next + 1
            self._turn.wait_for(lambda: self._serving == mine)
        time.sleep((size + HEADS) * 8 / self.rate)
        with self._turn:
            is_lost = self._dice.random() < self.loss
            self.packets, self.lost = self.packets + 1, self.lost + is_lost
            self._serving += 1
            self._turn.notify_all()
        return not is_lost


class BadLine:
    """Passes connections on to ``port``: a good line until ``turn`` makes it bad. ``delay`` in seconds one way."""

    def __init__(self, port: int, *, delay: float = 0.05, seed: int = 0, repeats_itself: bool = False) -> None:
        """``repeats_itself``: the radio makes good what it loses, frame by frame; otherwise TCP has to."""
        self._to, self._delay, self._repeats_itself = port, delay, repeats_itself
        self._ways = (_Way(seed), _Way(seed + 1))
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)  # as little as the system lets it be
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(16)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._lines: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def turn(self, rate: float, loss: float) -> None:
        """From now on so many bits a second each way, of which packets get lost."""
        for way in self._ways:
            way.rate, way.loss = rate, loss

    @property
    def said(self) -> str:
        """Packets carried and lost so far."""
        return f"{sum(w.packets for w in self._ways):,} packets, {sum(w.lost for w in self._ways):,} of them lost"

    def close(self) -> None:
        """Break every connection and take no more."""
        for line in (self._listener, *self._lines):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        for way in self._ways:  # SYN and its answer
            self._carried(way, 20)
        try:
            far = socket.create_connection(("127.0.0.1", self._to))
        except OSError:
            near.close()
            return
        self._lines += [near, far]
        for source, target, way in ((near, far, self._ways[0]), (far, near, self._ways[1])):
            source.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
            target.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._pump, args=(source, target, way), daemon=True).start()

    def _pump(self, source: socket.socket, target: socket.socket, way: _Way) -> None:
        try:
            while data := self._packet(source, way):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            for line in (source, target):
                with suppress(OSError):
                    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                line.close()

    def _packet(self, source: socket.socket, way: _Way) -> bytes:
        """The next packet, once it has arrived. What is written within 2 ms shares one, as Linux gathers it."""
        data = source.recv(PACKET)
        if 0 < len(data) < PACKET:
            time.sleep(0.002)
            with suppress(BlockingIOError):
                data += source.recv(PACKET - len(data), socket.MSG_DONTWAIT)
        if data:
            self._carried(way, len(data))
        return data

    def _carried(self, way: _Way, size: int) -> None:
        """Until the packet arrives."""
        if self._repeats_itself:
            self._by_frames(way, size)
        else:
            self._by_packets(way, size)
        time.sleep(self._delay)

    def _by_frames(self, way: _Way, size: int) -> None:
        """The radio cuts it into frames and repeats each that was lost at once."""
        for start in range(0, size + HEADS, FRAME):
            while not way.carry(min(FRAME, size + HEADS - start) - HEADS):
                pass

    def _by_packets(self, way: _Way, size: int) -> None:
        """A second try comes soon (TCP's tail loss probe), later ones ever more rarely."""
        own = (size + HEADS) * 8 / way.rate
        again = max(_SOONEST_AGAIN, 2 * (own + 2 * self._delay))
        tries = 0
        while not way.carry(size):
            time.sleep(min(_LATEST_AGAIN, again * 2 ** max(0, tries - 1)))
            tries += 1
