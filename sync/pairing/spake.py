"""The one door to ``spake2``: two sides that share a few words get a key that nobody who listens can work out.

Whoever guesses has one guess for each try, face to face: three words of 7,776 are 38 bits, and three wrong tries end
the code. Nothing that passes over the line lets words be tried out elsewhere (RFC 9382 says why).
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from fieldkit.kernel.errors import Refusal

MESSAGE = 33
"""Bytes that each side sends."""

CONFIRMATION = 32
_LABEL = b"fieldkit/pair/v1"


class Shaking:
    """One try. ``shows``: this side shows the words, the other has typed them."""

    def __init__(self, words: str, *, shows: bool) -> None:
        from spake2 import SPAKE2_A, SPAKE2_B

        side: Any = SPAKE2_A if shows else SPAKE2_B
        self._side = side(_LABEL + b"\0" + words.encode("utf-8"), idA=b"shows", idB=b"types")
        self._shows = shows
        self.message: bytes = self._side.start()
        self._key = b""

    def hear(self, message: bytes) -> bytes:
        """Take the other side's message; the confirmation to send. Raises ``Refusal('pair.not_ours')``."""
        from spake2 import SPAKEError

        try:
            self._key = self._side.finish(message)
        except (SPAKEError, ValueError, AssertionError, TypeError) as error:
            raise Refusal("pair.not_ours") from error
        return self._confirmation(mine=True)

    def check(self, confirmation: bytes) -> None:
        """Raises ``Refusal('pair.wrong_words')`` where the other side had other words."""
        if not hmac.compare_digest(confirmation, self._confirmation(mine=False)):
            raise Refusal("pair.wrong_words")

    def keys(self) -> tuple[bytes, bytes]:
        """The keys for what this side sends and for what it hears."""
        shown, typed = self._derive(b"from who shows"), self._derive(b"from who types")
        return (shown, typed) if self._shows else (typed, shown)

    def _confirmation(self, *, mine: bool) -> bytes:
        return self._derive(b"confirmed by who shows" if mine is self._shows else b"confirmed by who types")

    def _derive(self, label: bytes) -> bytes:
        return hmac.new(self._key, _LABEL + b"\0" + label, hashlib.sha256).digest()
