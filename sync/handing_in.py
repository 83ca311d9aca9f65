"""Push: revisions out in one stream, signed receipt sheets back, and nothing counts that is not on a sheet."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from fieldkit.app.ports import Outgoing, SyncStore
from fieldkit.domain.receipt import Outcome, Signed
from fieldkit.domain.revision import Revision
from fieldkit.kernel.canonical import parse
from fieldkit.kernel.errors import FieldKitError, Trouble
from fieldkit.kernel.ids import RevisionId
from sync.link import FRAMES, Link, Speaker
from sync.portion import MOST_REQUESTS, MOST_SUSPECTS, Portion
from sync.translate import read_message, signed_certificate, wire_revision
from sync.wire.frames import LARGEST_FRAME, FrameWriter, Kind, compress, read_sheet_payload
from sync.wire.messages import PushTrailer
from sync.wire.routes import PUSH
from sync.wire.version import CONTENT_TYPE

PAGE = 500
"""Revisions read in one local transaction: some 10 ms, so a note being saved never waits longer for the lane."""

MARKS = 2500
"""Contents marked as leaving in one local transaction: also some 10 ms, so 10,000 notes cost four flushes."""

LARGEST_BODY = 64 * 2**20
"""Compressed bytes in one request (about 200,000 notes); the store takes four times as much."""

SHEETS_AT_ONCE = 8
"""Sheets kept in one local transaction: 4,000 receipts, one flush to the disk."""

LONGEST_UNKEPT = 1.0
"""Seconds: on a slow line receipts are kept, and progress is shown, although few have come."""

_AROUND = 128
"""Bytes of a frame beside envelope and content, with some to spare."""

_OVER_THIS_REQUEST = frozenset({"central.fault", "central.too_large", "central.malformed", "send.store_fault"})
"""Answers that speak of what was sent; any other fault concerns the way or the hour."""

_NO_WHOLE_ANSWER = frozenset({"send.no_answer", "send.cut_off", "wire.damaged"})
"""The line's fault nearly always; yet a store that dies over one revision looks the same from here."""

_BEFORE_ANYTHING_LEFT = frozenset({"send.not_connected", "send.certificate", "send.stopped"})
_REFUSED_WHOLE = (*range(400, 500), 503)
"""Statuses with which a request is turned away before any of it is kept; after any other, some of it may be there."""

Wanted = Callable[[Outgoing], bool]
Source = Callable[[int, int], list[Outgoing]]
Stream = tuple[Source, Wanted]


@dataclass(slots=True, kw_only=True)
class HandedIn:
    """What came of it. ``certificate`` is the store's word after the last request.

    ``corrupt`` are the revisions of requests answered to the end that came back without a receipt: whatever the store
    says of them or leaves unsaid, nothing but a receipt counts.
    """

    receipts: int = 0
    corrupt: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    certificate: Signed | None = None


@dataclass(slots=True, kw_only=True)
class _Batch:
    """One request's body and where it stopped reading: ``upto`` is the last ``n`` looked at."""

    body: bytes = b""
    ids: list[str] = field(default_factory=list)
    contents: list[RevisionId] = field(default_factory=list)
    upto: int = 0
    is_last: bool = False


class HandIn:
    """Hands in what ``source`` lists and ``wanted`` lets through, in one request unless the store chokes on it.

    ``portion`` lives on between rounds, so that a request that is never answered is tried in smaller parts.
    ``is_brief``: nothing but receipts is wanted back.
    """

    def __init__(self, link: Link, speaker: Speaker, portion: Portion, total: int, *, is_brief: bool = False) -> None:
        self._link, self._is_brief = link, is_brief
        self._speaker = speaker
        self._total = total
        self._receipted: set[str] = set()
        self._marked: list[RevisionId] = []
        self.portion = portion
        self.result = HandedIn()

    def run(self, *streams: Stream) -> HandedIn:
        """Hand in everything, each stream in requests of its own and one after the other: what is urgent stands first.

        Raises what ended it; receipts that came before that are kept all the same.
        """
        self.portion = self.portion.next_round()
        requests = self._all(streams)
        if self.portion.suspects:
            code = list(self.portion.suspects.values())[-1]
            self.portion = self.portion.acquitted()
            if requests:  # nothing went through after they were met, so it may as well be the store
                raise Trouble(code, status=500, retry_after=0.0)
            self._all(streams)
        self._those_aside(streams)
        return self.result

    def _all(self, streams: tuple[Stream, ...]) -> int:
        """All but those aside; the number of requests."""
        requests = 0
        for source, wanted in streams:
            requests = self._all_of(source, wanted, requests)
        return requests

    def _all_of(self, source: Source, wanted: Wanted, requests: int) -> int:
        after = 0
        while True:
            batch = self._batch(source, lambda item: self._is_due(item) and wanted(item), self.portion.limit, after)
            if batch.ids:
                requests += 1
                if not self._sent(batch, may_retry=requests < MOST_REQUESTS):
                    continue
            after = batch.upto
            if batch.is_last:
                return requests

    def _is_due(self, item: Outgoing) -> bool:
        return not self.portion.leaves_out(item.revision.envelope.id)

    def _sent(self, batch: _Batch, *, may_retry: bool) -> bool:
        """Send one batch; ``False`` to build it again: smaller, without the suspect, or as things stand now."""
        if not self._mark(batch):
            if not may_retry:
                raise Trouble("send.stopped")
            return False
        try:
            self._request(batch)
        except FieldKitError as error:
            if error.code in _NO_WHOLE_ANSWER:
                self.portion = self.portion.after_silence(batch.ids, error.code)
            if error.code not in _OVER_THIS_REQUEST:
                raise
            if not may_retry or len(self.portion.suspects) >= MOST_SUSPECTS:
                self.portion = self.portion.acquitted()
                raise
            self.portion = self.portion.after_fault(batch.ids, error.code)
            return False
        for suspect, code in self.portion.suspects.items():
            self._set_aside(RevisionId(suspect), code)
        self.portion = self.portion.after_success()
        return True

    def _those_aside(self, streams: tuple[Stream, ...]) -> None:
        """Try those aside whose turn has come, each alone and after all others."""
        for revision in self.portion.due:
            batches = (self._batch(source, _only(revision, wanted), 1, 0) for source, wanted in streams)
            batch = next((one for one in batches if one.ids), _Batch())
            code = self._went(batch) if batch.ids else ""
            self.portion = self.portion.tried_alone(revision, code)
            if code in _NO_WHOLE_ANSWER:
                return  # one long silence in a round is enough

    def _went(self, batch: _Batch) -> str:
        """The code of the fault over this one revision, or nothing when it went through."""
        if not self._mark(batch):
            return ""
        try:
            self._request(batch)
        except FieldKitError as error:
            if error.code in _OVER_THIS_REQUEST | _NO_WHOLE_ANSWER:
                return error.code
            raise
        return ""

    def _set_aside(self, suspect: RevisionId, code: str) -> None:
        self._link.call(lambda store: store.set_aside(suspect, Outcome.CORRUPT, code))
        self.result.aside.append(suspect)

    def _batch(self, source: Source, wanted: Wanted, limit: int, after: int) -> _Batch:
        batch = _Batch(upto=after)
        body = bytearray()
        for part in compress(self._frames(source, wanted, limit, batch, body)):
            body += part
        batch.body = bytes(body)
        return batch

    def _frames(self, source: Source, wanted: Wanted, limit: int, batch: _Batch, body: bytearray) -> Iterator[bytes]:
        writer = FrameWriter()
        while not batch.is_last and len(body) < LARGEST_BODY:
            self._link.go_on()
            page = source(batch.upto, PAGE)
            for place, item in enumerate(page):
                if place % FRAMES == 0:
                    self._link.way.let_pass()
                if len(batch.ids) >= limit:
                    return
                batch.upto = item.n
                if wanted(item) and self._fits(item.revision):
                    batch.ids.append(item.revision.envelope.id)
                    if item.revision.content is not None:
                        batch.contents.append(item.revision.envelope.id)
                    yield writer.revision(wire_revision(item.revision), item.revision.hash)
            batch.is_last = len(page) < PAGE

    def _fits(self, revision: Revision) -> bool:
        """Whether it fits one frame. One that does not would end the stream there, for all that come after it."""
        if len(revision.envelope_bytes) + len(revision.content or b"") + _AROUND <= LARGEST_FRAME:
            return True
        self._set_aside(revision.envelope.id, "central.too_large")
        return False

    def _mark(self, batch: _Batch) -> bool:
        """Have the vault remember what is about to leave; ``False`` if some of it was withdrawn a moment ago."""
        self._marked.clear()
        for start in range(0, len(batch.contents), MARKS):
            part = batch.contents[start : start + MARKS]
            marked = self._link.call(partial(_mark_offered, part))
            if marked is None:
                self._unmark()
                return False
            self._marked += marked
        return True

    def _unmark(self) -> None:
        for start in range(0, len(self._marked), MARKS):
            self._link.call(partial(_unmark_offered, self._marked[start : start + MARKS]))

    def _request(self, batch: _Batch) -> None:
        self._receipted.clear()
        self._link.progress(min(self.result.receipts, self._total), self._total)
        trailer: PushTrailer | None = None
        waiting: list[Signed] = []
        kept_at = time.monotonic()
        try:
            self._link.go_on()
            far, me = self._link.far, self._speaker.identity
            with far.frames(PUSH, batch.body, CONTENT_TYPE, me, is_brief=self._is_brief) as frames:
                for kind, payload in frames:
                    if kind is Kind.SHEET:
                        data, signature = read_sheet_payload(payload)
                        waiting.append(Signed(data=data, signature=signature))
                    elif kind is Kind.MESSAGE:
                        trailer = read_message(PushTrailer, payload)
                    if len(waiting) >= SHEETS_AT_ONCE or time.monotonic() - kept_at > LONGEST_UNKEPT:
                        self._keep(waiting)
                        kept_at = time.monotonic()
                    if self._link.stopping():  # not "stopped": what has left may well be there already
                        raise Trouble("send.broken_off")
        except FieldKitError as error:
            if _kept_nothing(error):
                self._unmark()
            raise
        finally:
            self._keep(waiting)  # sheets that came whole before the line broke are as good as any
        if trailer is None:
            raise Trouble("wire.damaged")
        self.result.corrupt += [revision for revision in batch.ids if revision not in self._receipted]
        if trailer.certificate is not None and trailer.certificate_signature is not None:
            self.result.certificate = signed_certificate(trailer.certificate, trailer.certificate_signature)

    def _keep(self, sheets: list[Signed]) -> None:
        if not sheets:
            return
        kept = tuple(sheets)
        sheets.clear()
        self._link.call(lambda store: store.keep_receipts(kept))
        for sheet in kept:
            lines = parse(sheet.data)["lines"]  # it holds, so it is well formed
            self._receipted.update(line[0] for line in lines)
            self.result.receipts += len(lines)
        self._link.progress(min(self.result.receipts, self._total), self._total)


def _kept_nothing(error: FieldKitError) -> bool:
    return error.code in _BEFORE_ANYTHING_LEFT or error.details.get("status") in _REFUSED_WHOLE


def _mark_offered(leaving: list[RevisionId], store: SyncStore) -> tuple[RevisionId, ...] | None:
    return store.mark_offered(leaving)


def _unmark_offered(marked: list[RevisionId], store: SyncStore) -> None:
    store.unmark_offered(marked)


def _only(revision: str, wanted: Wanted) -> Wanted:
    return lambda item: item.revision.envelope.id == revision and wanted(item)
