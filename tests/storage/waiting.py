"""What tests ask of a vault that hands in: what waits, with or without its words, and what a page brings."""

from __future__ import annotations

from fieldkit.app.rows import SendStatus
from fieldkit.domain.receipt import Cursor, Witness
from fieldkit.domain.revision import Revision
from fieldkit.kernel.ids import EntryId
from storage.vault import OpenVault
from tests.storage.team import ASSESSMENT, Teammate

CURSOR = Cursor(assessment=ASSESSMENT, epoch="epoch-1", seq=10)
WITNESS = Witness(epoch="epoch-1", seq=10, chain="c" * 64)


def leaving(vault: OpenVault) -> dict[str, bool]:
    """What waits: revision id -> whether its content goes along."""
    return {item.revision.envelope.id: item.revision.content is not None for item in vault.sync_store.outgoing(0, 999)}


def contents(vault: OpenVault) -> list[str]:
    """The kinds of what waits with its words, in order."""
    return [
        item.revision.envelope.kind for item in vault.sync_store.outgoing(0, 999) if item.revision.content is not None
    ]


def status(vault: OpenVault, entry: EntryId) -> SendStatus:
    """Where a note stands."""
    return vault.questions.entry(entry).status


def pull(vault: OpenVault, mate: Teammate, *revisions: Revision) -> None:
    """A page from this team-mate arrives."""
    vault.sync_store.apply_page(revisions, [mate.device_key], CURSOR, WITNESS)
