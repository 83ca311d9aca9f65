"""The laptop's side of the sealed mailbox: who holds the role, leaving something sealed, taking what waits.

Asked for by a person and done while they look; nothing of it is kept in the vault, tried again by itself or counted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from fieldkit.app.ports import SyncState
from fieldkit.kernel.errors import FieldKitError, Refusal
from fieldkit.kernel.signing import VerifyKey
from sync.http import CentralStore
from sync.link import Call
from sync.translate import read_message
from sync.wire.requests import from_base64, to_base64
from sync.wire.routes import HOLDER_KEY, HOLDERS, SEAL, SEALED, SEALED_DONE
from sync.wire.sealed import (
    LARGEST_SEALED,
    HoldersReply,
    KeyRequest,
    SealedList,
    SealRequest,
    TakenReply,
    holders_message,
    taken_message,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Something sealed that waits at the office."""

    id: str
    day: str
    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The office took it, on this day, and signed for its SHA-256."""

    day: str
    digest: str


class Mailbox:
    """Every method raises ``Trouble`` for the way there, and ``Refusal`` with ``central.…`` or ``send.…``.

    They wait for the network: never call them on the screens' thread or the store lane.
    """

    def __init__(self, call: Call, connect: Callable[[str], CentralStore]) -> None:
        self._call = call
        self._connect = connect

    def holders(self) -> list[tuple[str, bytes]]:
        """Who holds the role, by name and key. Not to be trusted before two people compared the words of the key."""
        with self._line() as (far, state):
            raw = far.ask(HOLDERS, identity=state.identity)
        reply = read_message(HoldersReply, raw)
        _check(state, reply.proof, holders_message(raw), is_mine=reply.device == state.identity.device)
        return [(one.name, bytes.fromhex(one.public)) for one in reply.holders]

    def publish(self, public: bytes) -> None:
        """Say at the office which key is to be sealed to."""
        with self._line() as (far, state):
            far.ask(HOLDER_KEY, KeyRequest(public=public.hex()), state.identity)

    def leave(self, to: bytes, sealed: bytes) -> Taken:
        """Leave something for a holder."""
        if len(sealed) > LARGEST_SEALED:
            raise Refusal("disclosure.too_large")
        with self._line() as (far, state):
            raw = far.ask(SEAL, SealRequest(to=to.hex(), sealed=to_base64(sealed)), state.identity)
        reply = read_message(TakenReply, raw)
        digest = hashlib.sha256(sealed).hexdigest()
        is_mine = (reply.digest, reply.to) == (digest, to.hex())
        _check(state, reply.proof, taken_message(raw), is_mine=is_mine)
        return Taken(day=reply.day, digest=digest)

    def waiting(self) -> tuple[list[Waits], bool]:
        """What waits for this person, and whether there is more once these are taken away."""
        with self._line() as (far, state):
            reply = read_message(SealedList, far.ask(SEALED, identity=state.identity))
        items = [Waits(id=one.id, day=one.day, sealed=from_base64(one.sealed)) for one in reply.items]
        return items, reply.more

    def done(self, ids: Sequence[str]) -> None:
        """These are kept here: the office may destroy them. One that is gone there already is no trouble."""
        with self._line() as (far, state):
            for name in ids:
                try:
                    far.ask(SEALED_DONE, identity=state.identity, path=SEALED_DONE.path.format(sealed=name))
                except Refusal as refusal:
                    if refusal.code != "central.not_found":
                        raise

    @contextmanager
    def _line(self) -> Iterator[tuple[CentralStore, SyncState]]:
        state: SyncState = self._call(lambda store: store.state())
        far = self._connect(state.enrolment.url)
        try:
            yield far, state
        finally:
            far.close()


def _check(state: SyncState, proof: str, message: bytes, *, is_mine: bool) -> None:
    """Raises ``Refusal('send.not_our_office')`` where the pinned store did not sign this very answer."""
    try:
        signature = from_base64(proof)
    except FieldKitError:
        signature = b""
    if not is_mine or len(signature) != 64 or not VerifyKey(state.enrolment.store_key).holds(signature, message):
        raise Refusal("send.not_our_office")
