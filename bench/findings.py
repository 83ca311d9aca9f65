"""The board of findings in a vault of 20,000 tagged notes: 40 findings with ten notes each."""

from __future__ import annotations

import random
import tempfile
from functools import partial
from pathlib import Path

from bench.coverage import fill
from bench.timing import Row, interleaved, ms, show
from bench.vaults import FRAMEWORK, new_meeting, new_vault, without_stretching
from fieldkit.app.finding_board import finding_board
from fieldkit.app.findings import NewCitation, NewFinding, add_finding
from fieldkit.app.rows import EntryFilter

ITEMS = 20_000
FINDINGS, NOTES = 40, 10
LIMIT = 0.1
"""Seconds the board may take at ``ITEMS``."""


def run(items: int = ITEMS) -> None:
    """Build, read the board, print how long it took."""
    without_stretching()
    with tempfile.TemporaryDirectory(prefix="fieldkit-bench-") as name:
        vault = new_vault(Path(name) / "vault")
        meeting = new_meeting(vault)
        fill(vault, meeting, items)
        notes = [row.entry.id for row in vault.questions.entries(EntryFilter(limit=items))]
        chance = random.Random(1)
        for number in range(FINDINGS):
            statement = FRAMEWORK.statements[number % len(FRAMEWORK.statements)].id
            new = NewFinding(statement=statement, claim=f"Claim {number}")
            cited = [NewCitation(note=one) for one in chance.sample(notes, NOTES)]
            vault.perform(
                partial(add_finding, framework=FRAMEWORK, assessment=meeting.assessment, new=new, cited=cited)
            )
        found = interleaved({"board": lambda _: finding_board(vault.questions, meeting.assessment, FRAMEWORK)}, 40)
        vault.close()
    samples = found["board"]
    rows = [
        Row(work="the board, as the screen asks", figure=f"p50 {ms(samples.median)}, p95 {ms(samples.percentile(95))}"),
        Row(work="to reach: 100 ms", figure="reached" if samples.median <= LIMIT else "NOT reached"),
    ]
    show(f"{FINDINGS} findings of {NOTES} notes each among {items:,} notes", rows)
