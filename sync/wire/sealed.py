"""The sealed mailbox: what somebody said in confidence, sealed to the key of who holds the role, passes through here.

The store never learns a word of it and keeps nothing of who brought it. What is signed: which keys hold the role (so
that a line in between cannot slip in another) and that a sealed thing was taken (so that its giver has a receipt).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from fieldkit.kernel.canonical import canonical
from sync.wire.messages import Hex64, Line, ToLaptop, ToStore, Uuid

LARGEST_SEALED = 8 * 2**20
"""Bytes of one sealed hand-over: a million characters of an account, and as much again around it."""

Sealed = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=LARGEST_SEALED // 3 * 4 + 4)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]

_HOLDERS = b"fieldkit/holders/v1\0"
_TAKEN = b"fieldkit/sealed/taken/v1\0"


class HolderModel(ToLaptop):
    """Somebody who holds the role, and the key to seal to. Trusted only once two people compared its six words."""

    name: Line
    public: Hex64


class HoldersReply(ToLaptop):
    """Who holds the role now. ``proof`` is the store's signature over ``holders_message``."""

    store: Hex64
    device: Uuid
    day: Day
    holders: list[HolderModel]
    proof: str


class KeyRequest(ToStore):
    """The key of somebody who holds the role, in the place of any earlier one."""

    public: Hex64


class SealRequest(ToStore):
    """Something sealed to the key ``to``."""

    to: Hex64
    sealed: Sealed


class TakenReply(ToLaptop):
    """The receipt: the SHA-256 of the sealed bytes, for whom, on which day. ``proof`` signs ``taken_message``."""

    store: Hex64
    to: Hex64
    digest: Hex64
    day: Day
    proof: str


class SealedItem(ToLaptop):
    """One that waits: ``id`` at random, the day it came, the bytes."""

    id: Uuid
    day: Day
    sealed: str


class SealedList(ToLaptop):
    """What waits for the asker; ``more`` once these are taken away."""

    items: list[SealedItem]
    more: bool = False


def holders_message(reply: Mapping[str, Any]) -> bytes:
    """What the store signs in ``HoldersReply``: all of it but ``proof``."""
    return _HOLDERS + _without_proof(reply)


def taken_message(reply: Mapping[str, Any]) -> bytes:
    """What the store signs in ``TakenReply``: all of it but ``proof``."""
    return _TAKEN + _without_proof(reply)


def _without_proof(body: Mapping[str, Any]) -> bytes:
    return canonical({name: value for name, value in body.items() if name != "proof"})
