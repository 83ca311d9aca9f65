"""Counting coverage in a vault of 20,000 tagged notes, against a bare GROUP BY over the same tags."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bench.corpus import note
from bench.timing import Row, Samples, interleaved, ms, show
from bench.vaults import BATCH, FRAMEWORK, PASSPHRASE, new_meeting, new_vault, without_stretching
from fieldkit.app.assessments import plan_activity
from fieldkit.app.coverage import coverage
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.ports import UnitOfWork, Vault
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.coverage import coverage_of
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.kernel.clock import SystemClock
from storage.keyfile import load
from storage.keys import unlock
from storage.vault import open_unlocked

ITEMS = 20_000
LIMIT = 0.1
"""Seconds a count may take at ``ITEMS``."""
ACTIVITIES = 40
_SPEAKERS = (None, "ch", "dn", "n1", "n2", "pu")


def run(items: int = ITEMS) -> None:
    """Build, count in turn with the bare query, print the ratio."""
    without_stretching()
    with tempfile.TemporaryDirectory(prefix="fieldkit-bench-") as name:
        folder = Path(name) / "vault"
        vault = new_vault(folder)
        meeting = new_meeting(vault)
        fill(vault, meeting, items)
        vault.close()
        opened = open_unlocked(folder, unlock(load(folder), PASSPHRASE), SystemClock())
        questions, db = opened.questions, opened._db
        assessment = questions.assessment(meeting.assessment)
        bare = "SELECT statement, category, count(*) FROM tags GROUP BY statement, category"
        counts = questions.coverage(assessment.id, FRAMEWORK.id)
        found = interleaved(
            {
                "bare": lambda _: db.rows(bare),
                "count": lambda _: questions.coverage(assessment.id, FRAMEWORK.id),
                "visit": lambda _: questions.coverage(assessment.id, FRAMEWORK.id, meeting.visit),
                "judge": lambda _: coverage_of(FRAMEWORK, counts),
                "all": lambda _: coverage(questions, assessment, FRAMEWORK),
            },
            40,
        )
        opened.close()
    _show(items, found)


def _show(items: int, found: dict[str, Samples]) -> None:
    bare = found["bare"].median
    rows = [Row(work="bare GROUP BY over the tags (no withdrawals, no sources)", figure=ms(bare))]
    for name, work in (
        ("count", "FieldKit: notes, sources and activities of 102 cells"),
        ("visit", "  of one visit"),
        ("judge", "  judging them by the pack"),
        ("all", "  counted and judged, as the screen asks"),
    ):
        samples = found[name]
        figure = f"p50 {ms(samples.median)}, p95 {ms(samples.percentile(95))}"
        rows.append(Row(work=work, figure=figure, ratio=samples.median / bare))
    rows.append(Row(work="to reach: 100 ms", figure="reached" if found["all"].median <= LIMIT else "NOT reached"))
    show(f"Coverage of {items:,} evidence items in {ACTIVITIES} activities", rows)


def fill(vault: Vault, meeting: Activity, items: int) -> None:
    """Tagged notes in as many meetings as there are activities."""
    visit = vault.questions.visit(meeting.visit)
    plan = partial(plan_activity, visit=visit, kind=ActivityKind.OBSERVATION)
    places = [vault.perform(partial(plan, title=f"Meeting {at}"))[0] for at in range(ACTIVITIES)]
    chance = random.Random(1)
    for start in range(0, items, BATCH):
        numbers = range(start, min(start + BATCH, items))
        vault.perform(partial(_some, places=places, numbers=numbers, chance=chance))


def _some(uow: UnitOfWork, places: Sequence[Activity], numbers: Sequence[int], chance: random.Random) -> None:
    for number in numbers:
        statement, category = chance.choice(FRAMEWORK.statements), chance.choice(FRAMEWORK.categories)
        tag = EvidenceItem.new(FRAMEWORK.id, statement.id, category.id)
        new = NewEntry(text=note(number, 300), speaker=chance.choice(_SPEAKERS), evidence=(tag,))
        record_entry(uow, chance.choice(places), new)
