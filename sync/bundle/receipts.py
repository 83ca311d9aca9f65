"""What a receipt file brings home: the store's signed word, believed exactly as on the line, and the team's work.

Every point of the store's log that a sheet shows is kept beside all others until one hello has confirmed them together:
a receipt brought in after a restored store must never hide what the laptop saw before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import SyncStore
from fieldkit.app.transfers import FileTask
from fieldkit.domain.file_receipt import FileReceipt
from fieldkit.domain.hand_over_account import Account
from fieldkit.domain.receipt import ReceiptSheet, Signed
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.signing import SIGNATURE_BYTES
from sync.bundle.pages_home import take_pages
from sync.link import Call
from sync.wire.bundles.entries import Kind
from sync.wire.bundles.pieces import Entry

_AT_ONCE = 8


@dataclass(slots=True, kw_only=True)
class Receipts:
    """Takes the entries of one receipt file, signed by the office's own store."""

    call: Call
    told: Account
    _sheets: list[Signed] = field(default_factory=list)

    def take(self, found: Entry) -> None:
        """Keep what an entry says; one that does not hold is counted and changes nothing."""
        try:
            self._take(found)
        except Refusal:
            self.told.aside += 1

    def close(self) -> None:
        """Keep the sheets that wait."""
        kept, self._sheets = self._sheets, []
        for signed in kept:
            try:
                self.call(partial(_keep, signed))
            except Refusal:
                self.told.aside += 1
            else:
                self.told.receipts += len(ReceiptSheet.from_bytes(signed.data).lines)

    def _take(self, found: Entry) -> None:
        signed = Signed(data=found.payload[SIGNATURE_BYTES:], signature=found.payload[:SIGNATURE_BYTES])
        if found.kind == Kind.SHEET:
            self._sheets.append(signed)
            if len(self._sheets) >= _AT_ONCE:
                self.close()
        elif found.kind == Kind.FILE_RECEIPT:
            self._file(signed)
        elif found.kind == Kind.CERTIFICATE:
            self.call(lambda store: store.hand_over.keep_certificate_if_newer(signed))
        elif found.kind == Kind.TEAM:
            self.call(lambda store: store.hand_over.keep_team(signed))
        elif found.kind == Kind.PAGES:
            self.close()
            take_pages(self.call, self.told, found.payload)

    def _file(self, signed: Signed) -> None:
        said = FileReceipt.from_bytes(signed.data)
        named = self.call(lambda store: store.hand_over.named_files())
        task: FileTask | None = named.get((said.assessment, said.sha256))
        if task is None:
            raise Refusal("receipt.malformed")
        self.call(lambda store: store.keep_file_receipt(task, signed))
        self.told.files.add(task.exhibit)


def _keep(signed: Signed, store: SyncStore) -> ChangeSet:
    return store.keep_receipts((signed,))
