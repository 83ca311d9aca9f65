"""A central store's signatures without a central store: sheets and certificates for what a vault hands out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from fieldkit.app.ports import Enrolment, Outgoing
from fieldkit.domain.receipt import (
    EMPTY_CHAIN,
    Certificate,
    Outcome,
    ReceiptLine,
    ReceiptSheet,
    Signed,
    run_chain,
    sign_certificate,
    sign_sheet,
)
from fieldkit.domain.revision import ChainHead, Revision
from fieldkit.kernel.ids import DeviceId
from fieldkit.kernel.signing import SigningKey
from storage.vault import OpenVault

DEVICE = DeviceId("00000000-0000-4000-8000-000000000001")


def send(vault: OpenVault) -> list[Outgoing]:
    """What waits, put into a request as the engine does it; whether it arrives is another matter."""
    waiting = vault.sync_store.outgoing(0, 10_000)
    contents = [item.revision.envelope.id for item in waiting if item.revision.content is not None]
    assert vault.sync_store.mark_offered(contents) is not None
    return waiting


class Office:
    """Numbers, chains and signs like a central store."""

    def __init__(self, *, epoch: str = "epoch-1", key: SigningKey | None = None) -> None:
        self.key = key or SigningKey(b"office key of thirty-two bytes!!")
        self.epoch = epoch
        self.seq = 0
        self.chain = EMPTY_CHAIN

    def enrol(self, vault: OpenVault, recovery_key: bytes | None = None) -> None:
        """Pin this office in the vault."""
        vault.sync_store.keep_enrolment(
            Enrolment(
                office="North office",
                url="http://127.0.0.1:1",
                user="ann",
                store_key=self.key.public,
                recovery_key=recovery_key,
                enrolled_at=datetime(2026, 11, 12, 9, tzinfo=UTC),
            )
        )

    def receive(
        self, revisions: Sequence[Revision], *, outcome: Outcome = Outcome.ACCEPTED, code: str = "", minute: int = 0,
        has_content: bool | None = None,
    ) -> Signed:  # fmt: skip
        """The sheet for these revisions, in order; a content counts as kept where it came along."""
        lines = tuple(
            ReceiptLine(
                revision=revision.envelope.id, hash=revision.hash, seq=self.seq + 1 + n, outcome=outcome,
                has_content=revision.content is not None if has_content is None else has_content, code=code,
            )
            for n, revision in enumerate(revisions)
        )  # fmt: skip
        chain = run_chain(self.chain, ((line.revision, line.hash, line.has_content) for line in lines))
        sheet = ReceiptSheet(
            store=self.key.public.hex(), epoch=self.epoch, device=DEVICE,
            received_at=f"2026-11-12T17:{minute:02d}:00.000Z", before=self.chain, chain=chain, lines=lines,
        )  # fmt: skip
        self.seq, self.chain = self.seq + len(lines), chain
        return sign_sheet(sheet, self.key)

    def take_all(self, vault: OpenVault) -> list[Outgoing]:
        """Take in everything that waits in this vault and give it its receipts."""
        waiting = send(vault)
        if waiting:
            vault.sync_store.keep_receipts([self.receive([item.revision for item in waiting])])
        return waiting

    def certificate(self, head: ChainHead, contents: int, *, minute: int = 30) -> Signed:
        """The store's word on a device."""
        value = Certificate(
            store=self.key.public.hex(), epoch=self.epoch, device=head.device, high=head.seq, hash=head.hash,
            contents=contents, issued_at=f"2026-11-12T17:{minute:02d}:00.000Z",
        )  # fmt: skip
        return sign_certificate(value, self.key)
