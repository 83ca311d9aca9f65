"""What it costs the office to read an assessment of 10,000 notes with the laptop's core: taken in, then told.

Beside it the limit: the same report made on the laptop that wrote the notes, whose vault is there already.
"""

from __future__ import annotations

import resource
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bench.hands import Hand
from bench.office import Office
from bench.timing import Row, ms, show
from bench.vaults import FRAMEWORK, new_meeting, record_many, without_stretching
from central.core import open_core
from fieldkit.app.ports import Vault
from fieldkit.app.report_catalogue import ReportChoice, report_kind
from fieldkit.kernel.clock import SystemClock
from fieldkit.reports.pdf import to_pdf
from ui.cli.office_vault import store_vault

NOTES = 10_000
_AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
_KINDS = ("coverage", "evidence-pack")


def run(notes: int = NOTES) -> None:
    """Print the table."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="fieldkit-bench-") as folder:
        without_stretching()
        office = Office(Path(folder) / "central")
        hand = Hand(Path(folder) / "laptop", "A Bench")
        try:
            hand.join(office.url, office.code("A Bench"))
            meeting = new_meeting(hand.vault)
            record_many(hand.vault, meeting, range(notes), 200)
            hand.settle()
            office.come_to_rest()
        finally:
            office.stop()
        began = time.perf_counter()
        with (
            closing(open_core(office.settings)) as core,
            store_vault(core, meeting.assessment, "", "bench", SystemClock()) as taken,
        ):
            opened = ms(time.perf_counter() - began)
            rows.append(Row(work=f"{notes:,} notes taken in, each signature proved", figure=opened))
            for kind in _KINDS:
                ours, theirs = _timed(hand.vault, kind), _timed(taken, kind)
                rows.append(Row(work=f"{kind}, on the laptop", figure=ms(ours)))
                rows.append(Row(work=f"{kind}, of the store", figure=ms(theirs), ratio=theirs / ours))
        hand.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    show(f"The office reads {notes:,} notes of its store; {peak:,.0f} MiB at most", rows)


def _timed(vault: Vault, kind: str) -> float:
    began = time.perf_counter()
    _made(vault, kind)
    return time.perf_counter() - began


def _made(vault: Vault, kind: str) -> bytes:
    assessment = vault.questions.assessments()[0].assessment
    choice = ReportChoice(
        assessment=assessment, framework=FRAMEWORK, frameworks=(FRAMEWORK,), statement=FRAMEWORK.statements[1].id
    )
    return to_pdf(report_kind(kind).document(vault.questions, choice, _AT))
