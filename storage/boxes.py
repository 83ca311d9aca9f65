"""Boxes: parts of the vault that stay shut while it is open, each with a passphrase of its own.

What names the people behind the codes and what was disclosed in confidence lie in one each. A box is one sealed value
in the vault: nobody without its passphrase learns a word of it, how much is in it or when it was last changed, by any
screen, command, search, count, export or backup. Its size grows in steps of 64 KiB, so that it tells nothing either.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fieldkit.kernel.canonical import canonical
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Mistake, Refusal, Trouble
from fieldkit.kernel.signing import seal, unseal
from storage import keys
from storage.guesses import before_guess, guessed_right
from storage.keyfile import FLOOR, Cost

_VERSION = 1
_SALT_BYTES = 16
_LENGTH_BYTES = 8
STEP = 64 * 1024
LARGEST = 16 * 2**20
"""Bytes of what a box holds: some ten thousand pages of disclosures."""


class OpenBox:
    """An open box: ``content`` is what it holds, ``sealed`` what to keep in its place. See ``fieldkit.app.boxes``."""

    def __init__(self, name: str, key: bytearray, head: Mapping[str, Any], content: Mapping[str, Any]) -> None:
        self._name = name
        self._key = key
        self._head = dict(head)
        self.content: Mapping[str, Any] = content

    def sealed(self, content: Mapping[str, Any]) -> str:
        """What stands in the vault for ``content``. Raises ``Mistake('box.full')`` and ``Refusal('box.shut')``."""
        if not self._key:
            raise Refusal("box.shut")
        plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        if len(plain) > LARGEST:
            raise Mistake("box.full")
        whole = len(plain).to_bytes(_LENGTH_BYTES, "big") + plain
        padded = whole + bytes(-len(whole) % STEP)
        head = canonical(self._head)
        body = seal(bytes(self._key), padded, _bound(self._name, head))
        self.content = json.loads(plain)
        return f"{base64.b64encode(head).decode('ascii')}.{base64.b64encode(body).decode('ascii')}"

    def hide(self, text: str) -> str:
        """A draft of what is being written into it, fit to be kept outside; as long as that of nothing at all."""
        if not self._key:
            raise Refusal("box.shut")
        plain = text.encode("utf-8", "surrogatepass")
        padded = len(plain).to_bytes(_LENGTH_BYTES, "big") + plain
        padded += bytes(-len(padded) % STEP)
        return base64.b64encode(seal(bytes(self._key), padded, _bound(self._name, b"draft"))).decode("ascii")

    def reveal(self, hidden: str) -> str:
        """Undo ``hide``; empty for what this box did not hide."""
        if not self._key:
            raise Refusal("box.shut")
        try:
            padded = unseal(bytes(self._key), base64.b64decode(hidden), _bound(self._name, b"draft"))
        except (Refusal, ValueError):
            return ""
        return _unpadded(padded).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Overwrite the key; what it held is forgotten as far as Python lets it be."""
        for place in range(len(self._key)):
            self._key[place] = 0
        self._key = bytearray()
        self.content = {}


class StoredBoxes:
    """Makes and opens boxes; both take about a second, so call them on the ``work`` lane.

    Guesses are counted in ``folder`` as the vault's are: five are free, then one waits.
    """

    def __init__(self, cost: Cost | None = None, folder: Path | None = None, clock: Clock | None = None) -> None:
        """``cost`` None measures what this laptop can do; tests pass ``FLOOR``, and no folder to count nothing."""
        self._cost = cost
        self._folder = folder
        self._clock = clock

    def make(self, name: str, passphrase: str) -> OpenBox:
        """A new empty box. Raises ``Mistake('passphrase.empty' | 'passphrase.short')``."""
        keys.check_new_passphrase(passphrase)
        cost = self._cost or keys.fitting_cost()
        salt = os.urandom(_SALT_BYTES)
        head = {"v": _VERSION, "salt": salt.hex(), "t": cost.t, "m_kib": cost.m_kib, "p": cost.p}
        return OpenBox(name, bytearray(keys.stretch(passphrase, salt, cost)), head, {})

    def open(self, name: str, kept: str, passphrase: str) -> OpenBox:
        """Open what stands in the vault.

        Raises ``Trouble('box.passphrase_wrong')``, ``Trouble('box.wait')`` after five wrong ones, and
        ``Trouble('box.damaged')`` for what is no box.
        """
        try:
            first, _, second = kept.partition(".")
            head_bytes, body = base64.b64decode(first, validate=True), base64.b64decode(second, validate=True)
            head = json.loads(head_bytes)
            cost = Cost(t=int(head["t"]), m_kib=int(head["m_kib"]), p=int(head["p"]))
            salt = bytes.fromhex(head["salt"])
        except (ValueError, KeyError, TypeError) as error:
            raise Trouble("box.damaged") from error
        if head["v"] != _VERSION or not FLOOR.m_kib <= cost.m_kib <= 2**21 or not 1 <= cost.t <= 16 or cost.p > 16:
            raise Trouble("box.damaged")
        self._guess(name)
        key = keys.stretch(passphrase, salt, cost)
        try:
            plain = _unpadded(unseal(key, body, _bound(name, head_bytes)))
        except Refusal as error:
            raise Trouble("box.passphrase_wrong") from error
        if self._folder is not None:
            guessed_right(self._folder, _tries(name))
        return OpenBox(name, bytearray(key), head, json.loads(plain))

    def _guess(self, name: str) -> None:
        if self._folder is None or self._clock is None:
            return
        try:
            before_guess(self._folder, self._clock, _tries(name))
        except Trouble as early:
            raise Trouble("box.wait", **early.details) from early


def _tries(name: str) -> str:
    return f"box.{name}.tries"


def _unpadded(padded: bytes) -> bytes:
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    return padded[_LENGTH_BYTES : _LENGTH_BYTES + length]


def _bound(name: str, what: bytes) -> bytes:
    return b"fieldkit/sealed/v1\0" + name.encode() + b"\0" + what
