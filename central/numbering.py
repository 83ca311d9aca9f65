"""Numbering what was judged: the store's numbers, its running hash, and the signed sheets that tell of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from central.core import Core
from central.judge import ERASED, KnownDevice, Verdict
from central.witnesses import mark
from fieldkit.domain.receipt import (
    SHEET_LINES,
    Outcome,
    ReceiptLine,
    ReceiptSheet,
    Signed,
    Witness,
    next_chain,
    sign_sheet,
)
from fieldkit.kernel.ids import DeviceId, RevisionId


class Numbered(NamedTuple):
    """A row of the log as it is written; ``sheet`` is the number of its sheet's first line."""

    seq: int
    sheet: int
    verdict: Verdict
    has_content: bool
    chain: str


class Numbering:
    """Numbers the verdicts of one group after ``before``, while its rows are being taken.

    ``log_rows`` is to be taken to its end, once: PostgreSQL then stores the first rows while the next are made and
    their sheets signed. After that ``rows`` and ``signed`` are complete.
    """

    def __init__(self, core: Core, before: Witness, sender: KnownDevice, verdicts: list[Verdict], now: str) -> None:
        self._core, self._before, self._sender, self._now = core, before, sender, now
        self._verdicts = verdicts
        self.rows: list[Numbered] = []
        self.signed: list[Signed] = []

    def log_rows(self) -> Iterator[tuple[object, ...]]:
        """The rows of the table ``log``, in the order of its columns."""
        number, chain = self._before.seq, self._before.chain
        for page in _sheetfuls(self._verdicts):
            first, opened, start = number + 1, chain, len(self.rows)
            for verdict in page:
                item = verdict.item
                number += 1
                has_content = item.content is not None and verdict.outcome != ERASED
                chain = next_chain(chain, item.id, item.hash, has_content)
                row = Numbered(number, first, verdict, has_content, chain)
                self.rows.append(row)
                yield _log_row(row, self._now)
            self._sign(opened, self.rows[start:])

    def _sign(self, opened: str, rows: list[Numbered]) -> None:
        last = rows[-1]
        sheet = ReceiptSheet(
            store=self._core.store, epoch=self._before.epoch, device=DeviceId(self._sender.id), received_at=self._now,
            before=opened, chain=last.chain, lines=tuple(_line(row) for row in rows),
            proof=mark(self._core, self._before.epoch, last.seq, last.chain),
        )  # fmt: skip
        self.signed.append(sign_sheet(sheet, self._core.key))


def said_anew(core: Core, signed: Signed, epoch: str) -> Signed:
    """An old sheet of the store's own as its word of ``epoch``; asked again, the same bytes.

    After a backup was put back, a laptop believes of its own work only what the store says in the new epoch, for the
    old sheet would prove just as well what was lost. What is on a sheet that the store still has is in its log, by the
    same numbers; only the epoch, and the mark on the point of the log, are new.
    """
    sheet = ReceiptSheet.from_bytes(signed.data)
    last = sheet.witness
    again = replace(sheet, epoch=epoch, proof=mark(core, epoch, last.seq, last.chain))
    return sign_sheet(again, core.key)


def _sheetfuls(verdicts: list[Verdict]) -> Iterator[list[Verdict]]:
    """What goes on one sheet: of one assessment only, so that none tells of another's, and not too much."""
    for _, group in groupby(sorted(verdicts, key=_place), key=_place):
        part = list(group)
        for start in range(0, len(part), SHEET_LINES):
            yield part[start : start + SHEET_LINES]


def _place(verdict: Verdict) -> str:
    return verdict.item.assessment


def _line(row: Numbered) -> ReceiptLine:
    item = row.verdict.item
    return ReceiptLine(
        revision=RevisionId(item.id), hash=item.hash, seq=row.seq, outcome=_MEMBERS[row.verdict.outcome],
        has_content=row.has_content, code=row.verdict.code,
    )  # fmt: skip


def _log_row(row: Numbered, now: str) -> tuple[object, ...]:
    item, has = row.verdict.item, row.has_content
    return (
        row.seq, row.sheet, item.id, "c" if has else "e", row.verdict.outcome, row.verdict.code, item.assessment,
        item.kind, item.record, item.device, item.seq, item.author, now, bytes.fromhex(item.hash),
        bytes.fromhex(row.chain), item.envelope, item.signature, item.salt if has else None,
        item.content if has else None,
    )  # fmt: skip


_MEMBERS = {outcome.value: outcome for outcome in Outcome}
