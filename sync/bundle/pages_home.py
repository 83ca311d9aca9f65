"""The team's work on a stick from the office: kept as a pull keeps it, the cursor only where nothing lies between."""

from __future__ import annotations

from functools import partial

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import DeviceKey, SyncStore
from fieldkit.domain.hand_over_account import Account
from fieldkit.domain.receipt import Cursor, Witness
from fieldkit.domain.revision import Revision
from fieldkit.kernel.errors import FieldKitError, Trouble
from sync.link import Call
from sync.translate import device_key, domain_revision, page_cursor, read_message, witness
from sync.wire.bundles.pages import Pages
from sync.wire.frames import FrameReader, Kind, read_frames
from sync.wire.messages import PageEnd

LARGEST = 64 * 2**20


def take_pages(call: Call, told: Account, payload: bytes) -> None:
    """Keep whole pages. Raises ``Refusal('handover.entry')``; what is damaged is counted.

    A cursor never runs ahead of what was applied: pages that go on from a point this laptop has not reached (an entry
    before them was spoilt, or the laptop was set back) are kept without it, and come again with the next pull.
    """
    pages = Pages.from_bytes(payload)
    reader, page, size, after = FrameReader(), list[Revision](), 0, pages.after
    try:
        for kind, data in read_frames([pages.body]):
            size += len(data)
            if size > LARGEST:
                raise Trouble("wire.damaged")
            if kind is Kind.REVISION:
                try:
                    page.append(domain_revision(reader.revision(data)[0]))
                except FieldKitError:
                    told.unreadable += 1
            elif kind is Kind.PAGE_END:
                end = read_message(PageEnd, data)
                if (end.assessment, end.witness.epoch) != (pages.assessment, pages.epoch) or end.cursor < after:
                    raise Trouble("wire.damaged")
                devices = tuple(device_key(model) for model in end.devices)
                changes = call(partial(_apply, page, devices, page_cursor(end), witness(end.witness), after))
                aside = len(changes.ids("set_aside"))
                told.aside += aside
                told.taken += len(page) - aside
                page, after = [], end.cursor
    except Trouble:
        told.spoilt += 1


def _apply(
    page: list[Revision], devices: tuple[DeviceKey, ...], cursor: Cursor, seen: Witness, after: int, store: SyncStore
) -> ChangeSet:
    return store.hand_over.apply_page_from(page, devices, cursor, seen, after)
