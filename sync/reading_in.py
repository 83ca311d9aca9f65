"""Pull: the team's revisions page by page; a cursor moves only together with the last of its page."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from fieldkit.app.ports import DeviceKey, SyncStore
from fieldkit.domain.receipt import Cursor, Signed, Witness
from fieldkit.domain.revision import Revision
from fieldkit.kernel.errors import Refusal, Trouble
from sync.handing_in import SHEETS_AT_ONCE
from sync.link import FRAMES, Link, Speaker
from sync.pace import Part
from sync.translate import device_key, domain_revision, page_cursor, read_message, signed_certificate, witness
from sync.wire.frames import FrameReader, Kind, read_sheet_payload
from sync.wire.messages import PageEnd, PullRequest
from sync.wire.routes import PULL

LARGEST_PAGE = 64 * 2**20
"""Bytes of one page that are held before it is closed; a store that never closes a page is given up."""


@dataclass(slots=True, kw_only=True)
class ReadIn:
    """What came. ``unreadable`` counts what was no envelope, ``set_aside`` what did not prove to be what it says;
    ``more``: the store stopped before its end.
    """

    revisions: int = 0
    receipts: int = 0
    unreadable: int = 0
    set_aside: int = 0
    more: set[str] = field(default_factory=set)
    paused: set[str] = field(default_factory=set)
    """Assessments of which much would be taken out of use at once: a person has to say so (``fieldkit.app.floods``)."""


class ReadingIn:
    """Reads one pull reply. Everything before a cut or damage is kept; the rest comes with the next round."""

    def __init__(self, link: Link, speaker: Speaker) -> None:
        self._link = link
        self._speaker = speaker
        self._page: list[Revision] = []
        self._size = 0
        self._sheets: list[Signed] = []
        self._part = Part()
        self._cursors: dict[str, int] = {}
        self.result = ReadIn()

    def run(self, request: PullRequest) -> ReadIn:
        """Ask and keep."""
        self._cursors = dict(request.cursors)
        body = request.model_dump_json().encode()
        reader = FrameReader()
        try:
            with self._link.far.frames(PULL, body, "application/json", self._speaker.identity) as frames:
                for kind, payload in frames:
                    if kind is Kind.REVISION:
                        self._take(reader, payload)
                    elif kind is Kind.SHEET:
                        self._sheet(payload)
                    elif kind is Kind.PAGE_END:
                        self._close_page(read_message(PageEnd, payload), request.epoch)
                    else:  # of a later version: passed over, within the same bounds
                        self._count(payload)
        finally:
            self._keep_sheets()
        return self.result

    def _take(self, reader: FrameReader, payload: bytes) -> None:
        wire, _ = reader.revision(payload)
        if len(self._page) % FRAMES == 0:
            self._link.way.let_pass()
        self._count(payload)
        try:
            self._page.append(domain_revision(wire))
        except Refusal:
            self.result.unreadable += 1  # the store still has it; nothing else waits for it

    def _count(self, payload: bytes) -> None:
        self._size += len(payload)
        if self._size > LARGEST_PAGE:
            raise Trouble("wire.damaged")

    def _close_page(self, end: PageEnd, epoch: str) -> None:
        if end.witness.epoch != epoch or end.cursor < self._cursors.get(end.assessment, 0):
            raise Trouble("wire.damaged")
        page, self._page, self._size = tuple(self._page), [], 0
        devices = tuple(device_key(model) for model in end.devices)
        self._keep_page(page, devices, page_cursor(end), witness(end.witness))
        self._cursors[end.assessment] = end.cursor
        self._keep_team(end)
        if end.more and end.assessment not in self.result.paused:
            self.result.more.add(end.assessment)
        else:
            self.result.more.discard(end.assessment)
        self._link.go_on()

    def _keep_team(self, end: PageEnd) -> None:
        """The office's list of the team's laptops; one that does not hold is worth nothing and stops nothing."""
        if end.team:
            signed = signed_certificate(end.team, end.team_signature)
            with suppress(Refusal):
                self._link.call(lambda store: store.hand_over.keep_team(signed))

    def _keep_page(
        self, page: tuple[Revision, ...], devices: tuple[DeviceKey, ...], cursor: Cursor, seen: Witness
    ) -> None:
        rest = self._keep_parts(page, devices)
        changes = self._link.call(lambda store: store.apply_page(rest, devices, cursor, seen))
        aside = len(changes.ids("set_aside"))
        self.result.set_aside += aside
        if paused := changes.ids("paused"):
            self.result.paused |= paused
            return
        self.result.revisions += len(page) - aside
        self._link.reading(self.result.revisions)

    def _keep_parts(self, page: tuple[Revision, ...], devices: tuple[DeviceKey, ...]) -> tuple[Revision, ...]:
        """Keep a page bit by bit while somebody types; what is left of it, to be kept with its cursor."""
        while len(page) > self._part.size and self._link.way.is_typed:
            part, page = page[: self._part.size], page[self._part.size :]
            self._link.way.let_pass()
            began = time.perf_counter()
            self._link.call(partial(_apply_part, part, devices))
            self._part = self._part.after(time.perf_counter() - began)
        self._link.way.let_pass()
        return page

    def _sheet(self, payload: bytes) -> None:
        data, signature = read_sheet_payload(payload)
        self._sheets.append(Signed(data=data, signature=signature))
        if len(self._sheets) >= SHEETS_AT_ONCE:
            self._keep_sheets()

    def _keep_sheets(self) -> None:
        if not self._sheets:
            return
        kept, self._sheets = tuple(self._sheets), []
        self._link.call(lambda store: store.keep_receipts(kept))
        self.result.receipts += len(kept)


def _apply_part(part: tuple[Revision, ...], devices: tuple[DeviceKey, ...], store: SyncStore) -> None:
    store.apply_part(part, devices)
