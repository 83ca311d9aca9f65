"""An urgent item that leaves by a phone's camera or a voice, where there is no network at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from fieldkit.app.ports import SyncStore
from fieldkit.domain.revision import Revision
from fieldkit.domain.urgent_phrase import phrase_numbers
from fieldkit.kernel.errors import Mistake, Refusal, Trouble
from fieldkit.kernel.ids import RevisionId
from sync.link import Call
from sync.translate import wire_revision
from sync.wire.bundles.urgent import to_text
from sync.wire.frames import FrameWriter, compress

LARGEST = 2_331
"""Characters: what a QR code of middle strength holds, however it is encoded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgent:
    """``text`` is what the code holds; ``phrase`` numbers the words to read out; ``revisions`` are inside."""

    text: str
    phrase: tuple[int, ...]
    revisions: int


def urgent(call: Call, record: str) -> Urgent:
    """The item with this record, as its newest revision made here says it, sealed to the central store.

    It counts as sent no more than a file on a stick does. Raises ``Refusal('send.not_enrolled')``,
    ``Mistake('urgent.not_yours')`` where no revision of it was made on this laptop, and
    ``Mistake('urgent.too_long')`` where it does not fit into one code.
    """
    centre = call(lambda store: store.hand_over.centre())
    if centre is None:
        raise Refusal("send.not_enrolled")
    me = call(lambda store: store.hand_over.me())
    found: list[Revision] = call(partial(_revisions, record, me.device))
    if not found:
        raise Mistake("urgent.not_yours", field="record")
    last = found[-1]
    if call(partial(_mark, [last.envelope.id])) is None:
        raise Trouble("send.stopped")
    body = b"".join(compress([FrameWriter().revision(wire_revision(last), last.hash)]))
    text = to_text(me.device, body, centre.public)
    if len(text) > LARGEST:
        raise Mistake("urgent.too_long", field="record", size=len(text), most=LARGEST)
    return Urgent(text=text, phrase=phrase_numbers(last.hash), revisions=1)


def _revisions(record: str, device: str, store: SyncStore) -> list[Revision]:
    return [one for one in store.hand_over.history(record) if one.envelope.device == device]


def _mark(ids: list[RevisionId], store: SyncStore) -> tuple[RevisionId, ...] | None:
    return store.mark_offered(ids)
