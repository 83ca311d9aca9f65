"""How two laptops find each other: an address that one shows, or a call on the site's network for its number.

The number in front of the words is no secret: it only says which of several laptops that show a code is meant.
"""

from __future__ import annotations

import secrets
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from fieldkit.kernel.errors import Refusal, Trouble
from sync.pairing.channel import Channel, shake

PORT = 8471
MOST_TRIES = 3
"""Wrong words after which a code is worth nothing."""

WORDS = 3
FIND_SECONDS = 3.0
DIAL_SECONDS = 10.0
_ASK = b"fieldkit/find/v1 "
_HERE = b"fieldkit/here/v1 "
_LOOK = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What is shown: ``number-word-word-word``."""

    number: int
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """As it is read out and typed."""
        return "-".join((str(self.number), *self.words))

    @classmethod
    def make(cls, word_list: Sequence[str]) -> Code:
        """A new code, by chance."""
        plain = [word for word in word_list if word.isalpha()]  # yo-yo would be two words where it is typed
        words = tuple(secrets.choice(plain) for _ in range(WORDS))
        return cls(number=10 + secrets.randbelow(90), words=words)

    @classmethod
    def read(cls, text: str) -> Code:
        """What somebody typed, with hyphens or spaces. Raises ``Refusal('pair.code')``."""
        number, *words = text.casefold().replace("-", " ").split() or [""]
        if not (number.isascii() and number.isdigit() and len(number) <= 3) or len(words) != WORDS:
            raise Refusal("pair.code")
        return cls(number=int(number), words=tuple(words))


class Showing:
    """Waits on this laptop for the other one. ``addresses`` are to be shown beside the code."""

    def __init__(self, code: Code, port: int = PORT, host: str = "") -> None:
        self.code = code
        self._host = host
        self._listener = _listener(host, port)
        self.port: int = self._listener.getsockname()[1]
        self._stop = threading.Event()
        self._caller: threading.Thread | None = None

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where the other laptop can reach this one."""
        return tuple(f"{one}:{self.port}" for one in local_addresses())

    def wait(self, stopping: Callable[[], bool] = lambda: False) -> Channel:
        """The line to whoever has the words. Raises ``Refusal('pair.too_many')`` after three who had others.

        Raises ``Trouble('send.stopped')`` once stopping was asked for.
        """
        self._caller = threading.Thread(target=self._answer_calls, name="fieldkit-pair-find", daemon=True)
        self._caller.start()
        wrong = 0
        try:
            while wrong < MOST_TRIES:
                line = self._next(stopping)
                try:
                    return shake(line, self.code.text, shows=True)
                except Refusal as refusal:
                    line.close()
                    wrong += refusal.code == "pair.wrong_words"
                except Trouble:
                    line.close()
            raise Refusal("pair.too_many", most=MOST_TRIES)
        finally:
            self.close()

    def close(self) -> None:
        """Wait no longer."""
        self._stop.set()
        self._listener.close()

    def _next(self, stopping: Callable[[], bool]) -> socket.socket:
        while not stopping():
            with suppress(TimeoutError):
                return self._listener.accept()[0]
        raise Trouble("send.stopped")

    def _answer_calls(self) -> None:
        """Answer who calls for this code's number on the site's network; without that an address is typed."""
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
            ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            ear.bind((self._host, PORT))
            ear.settimeout(_LOOK)
            while not self._stop.is_set():
                with suppress(TimeoutError):
                    asked, where = ear.recvfrom(64)
                    if asked == _ASK + str(self.code.number).encode("ascii"):
                        ear.sendto(_HERE + f"{self.code.number} {self.port}".encode("ascii"), where)


def dial(code: Code, address: str = "") -> Channel:
    """The line to the laptop that shows ``code``, at ``address`` (``host`` or ``host:port``) or wherever it answers.

    Raises ``Refusal('pair.wrong_words' | 'pair.address')``, ``Trouble('pair.not_found' | 'pair.broken')``.
    """
    host, port = _place(address) if address.strip() else find(code.number)
    try:
        line = socket.create_connection((host, port), timeout=DIAL_SECONDS)
    except OSError as error:
        raise Trouble("pair.not_found") from error
    try:
        return shake(line, code.text, shows=False)
    except BaseException:
        line.close()
        raise


def find(number: int, seconds: float = FIND_SECONDS, port: int = PORT) -> tuple[str, int]:
    """Call for a code's number on the networks this laptop is on. Raises ``Trouble('pair.not_found')``."""
    asked, until = _ASK + str(number).encode("ascii"), time.monotonic() + seconds
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mouth:
        mouth.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        mouth.settimeout(_LOOK)
        while time.monotonic() < until:
            for target in ("255.255.255.255", "127.0.0.1"):
                with suppress(OSError):
                    mouth.sendto(asked, (target, port))
            with suppress(OSError, ValueError):
                said, (host, _) = mouth.recvfrom(64)
                if said.startswith(_HERE + str(number).encode("ascii") + b" "):
                    return host, int(said.rsplit(b" ", 1)[1])
    raise Trouble("pair.not_found")


def local_addresses() -> list[str]:
    """This laptop's own addresses on its networks; the loopback where it is on none."""
    found: list[str] = []
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("10.255.255.255", 9))  # sends nothing: it asks the system which way it would go
        found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += [str(one[4][0]) for one in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    outside = [one for one in dict.fromkeys(found) if not one.startswith("127.")]
    return outside or ["127.0.0.1"]


def _listener(host: str, port: int) -> socket.socket:
    for wanted in (port, 0):
        try:
            listener = socket.create_server((host, wanted), backlog=4)
        except OSError as error:
            if wanted == 0:
                raise Trouble("pair.no_network") from error
            continue
        listener.settimeout(_LOOK)
        return listener
    raise Trouble("pair.no_network")


def _place(address: str) -> tuple[str, int]:
    host, _, port = address.strip().rpartition(":") if ":" in address else (address.strip(), "", "")
    if not host or (port and not (port.isascii() and port.isdigit() and int(port) < 65536)):
        raise Refusal("pair.address")
    return host, int(port) if port else PORT
