"""Between the domain's values and the wire's models, both ways; nothing is decided here."""

from __future__ import annotations

import json
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from fieldkit.app.ports import DeviceKey, SyncState
from fieldkit.domain.receipt import Cursor, Signed, Witness
from fieldkit.domain.revision import Revision
from fieldkit.kernel.errors import Trouble
from fieldkit.kernel.ids import AssessmentId, AuthorId, DeviceId
from sync.wire.frames import WireRevision
from sync.wire.messages import DeviceModel, HelloRequest, PageEnd, WitnessModel
from sync.wire.requests import from_base64
from sync.wire.version import PROTOCOL

M = TypeVar("M", bound=BaseModel)


def wire_revision(revision: Revision) -> WireRevision:
    """A revision's exact bytes."""
    return WireRevision(revision.envelope_bytes, revision.signature, revision.salt, revision.content)


def domain_revision(wire: WireRevision) -> Revision:
    """Parse and hash. Raises ``Refusal('revision.malformed')``."""
    return Revision.read(wire.envelope, wire.signature, wire.content, wire.salt)


def hello_request(state: SyncState, witnesses: tuple[Witness, ...], nonce: str, app: str) -> HelloRequest:
    """Who asks, where its chain stands, what it remembers of the store and how far it has read."""
    return HelloRequest(
        protocol=PROTOCOL, nonce=nonce, device=state.identity.device, app=app, epoch=state.epoch,
        witnesses=[WitnessModel(epoch=w.epoch, seq=w.seq, chain=w.chain, proof=w.proof) for w in witnesses],
        head_seq=state.head.seq, head_hash=state.head.hash, cursors=cursors_of(state),
    )  # fmt: skip


def cursors_of(state: SyncState) -> dict[str, int]:
    """How far each assessment was read in this epoch; a cursor of another epoch means nothing in this one."""
    return {cursor.assessment: cursor.seq for cursor in state.cursors if cursor.epoch == state.epoch}


def witness(model: WitnessModel) -> Witness:
    """A point of the store's log."""
    return Witness(epoch=model.epoch, seq=model.seq, chain=model.chain, proof=model.proof)


def device_key(model: DeviceModel) -> DeviceKey:
    """A device as the store vouches for it."""
    return DeviceKey(
        device=DeviceId(model.device), author=AuthorId(model.author), public=bytes.fromhex(model.public)
    )  # fmt: skip


def page_cursor(end: PageEnd) -> Cursor:
    """Where the laptop stands once the page is kept."""
    return Cursor(assessment=AssessmentId(end.assessment), epoch=end.witness.epoch, seq=end.cursor)


def signed_certificate(data: str, signature: str) -> Signed:
    """A certificate as it travels in JSON. Raises ``Trouble('wire.damaged')``."""
    return Signed(data=from_base64(data), signature=from_base64(signature))


def read_message(model: type[M], body: bytes | dict[str, object]) -> M:
    """Check a reply's form. Raises ``Trouble('wire.damaged')``: what it says cannot be relied on."""
    try:
        return model.model_validate(json.loads(body) if isinstance(body, bytes) else body)
    except (ValidationError, ValueError, RecursionError) as error:
        raise Trouble("wire.damaged") from error
