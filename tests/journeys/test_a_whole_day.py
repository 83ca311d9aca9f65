"""Every kind of fieldwork in one day, by keys alone, and then equal item by item at the office and with a team-mate."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path

import pytest

from fieldkit.app.rows import ActivityRow
from storage.vault import OpenVault
from tests.journeys import comparing, vault
from tests.journeys.driver import at_the_window
from tests.journeys.office import Office
from tests.journeys.test_a_day_with_a_board import a_colleague
from tests.journeys.whole_day import POINTER, SECRET_WORDS, STREAMS, Day, lines_of, play
from tests.support.laptop import Laptop

SECONDS = 120.0
"""What the whole day may take on a busy machine of two cores; alone it takes a third."""

_DAY = re.compile(r"^\d{1,2} \w+ \d{4}, ")


@pytest.mark.slow
def test_a_whole_day_by_keys_is_the_same_for_everybody(tmp_path: Path, home: Path, office: Office) -> None:
    began = time.monotonic()
    with at_the_window(home) as me:
        day = play(me, office, tmp_path / "stick")
        pressed = me.keys
    assert day.escalation_keys <= 11
    played = time.monotonic() - began
    with vault.opened(home) as mine:
        (assessment,) = [row.assessment.id for row in mine.questions.assessments()]
        with a_colleague(tmp_path, office, assessment) as colleague:
            colleague.settle(12)
            counts = everybody_has_the_same(mine, office, colleague, assessment, day)
            assert mine.verify() == colleague.vault.verify() == []
        the_disclosure_is_nowhere(mine, colleague, office)
    assert vault.command(home, "vault", "verify").returncode == 0
    print(f"\nA day of {pressed} keys, played in {played:.0f} s; equal item by item in three places:")
    print(lines_of(counts))
    assert time.monotonic() - began < SECONDS


def everybody_has_the_same(
    mine: OpenVault, office: Office, colleague: Laptop, assessment: str, day: Day
) -> list[tuple[str, int]]:
    """Notes, records, bytes of every revision, files. Returns what there is of each."""
    theirs, rows = colleague.vault, vault.notes(mine)
    assert sorted(typed(row.entry.text) for row in rows) == sorted([*day.tagged, *day.untagged, *day.held])
    held = {str(row.entry.id) for row in rows if row.barred}
    assert sorted(row.entry.text for row in rows if row.barred) == sorted(day.held)
    shared = {str(row.entry.id) for row in rows if row.evidence} | held
    notes = comparing.notes_there(office, assessment)
    assert notes == comparing.notes_here(mine, shared) == comparing.notes_here(theirs, shared)
    assert len(vault.notes(theirs)) == len(shared), "and of the untagged ones nothing"
    assert sorted(typed(one.text) for one in notes.values() if not one.barred) == sorted(day.tagged)
    assert {identifier for identifier, one in notes.items() if one.barred == "withdrawn"} == held
    records = comparing.records_here(mine)
    assert records == comparing.records_here(theirs) == comparing.records_there(office, assessment)
    kinds = Counter(str(one[0]) for one in records.values())
    assert {kind: kinds[kind] for kind in day.records} == day.records
    streams = {row.activity.stream for row in activities_of(theirs) if row.activity.stream}
    assert streams == set(STREAMS)
    revisions = comparing.bytes_are_equal(mine, office, theirs, shared)
    files = comparing.files_are_equal(mine, office, theirs, day.files)
    return [
        ("streams side by side", len(streams)), ("notes with their tags", len(shared) - len(held)),
        ("notes held, for a consent was withdrawn", len(held)),
        ("notes that stayed, known by their envelope", len(rows) - len(shared)), ("files", files),
        *((f"records: {kind}", count) for kind, count in sorted(kinds.items())),
        *((f"revisions: {kind}", count) for kind, count in sorted(revisions.items())),
    ]  # fmt: skip


def activities_of(vault: OpenVault) -> list[ActivityRow]:
    """Of every visit."""
    visits = [visit for row in vault.questions.assessments() for visit in row.visits]
    return [row for visit in visits for row in vault.questions.activities(visit.id)]


def typed(text: str) -> str:
    """A note's words as they were typed: that of a case's event begins with its day."""
    return _DAY.sub("", text)


def the_disclosure_is_nowhere(mine: OpenVault, colleague: Laptop, office: Office) -> None:
    """But in its box: no byte of it at the office or on the wire, and the pointer says nothing of it."""
    words = [word.encode() for word in SECRET_WORDS]
    for place in (office.every_byte(), office.every_byte_on_the_wire()):
        assert not [word for word in words if word in place]
        assert POINTER.encode() in place, "the same look finds what was to be found"
    for one in mine.questions.revisions():
        assert not [word for word in words if word in (one.content or b"")]
    everything = b"\n".join(file.read_bytes() for file in colleague.folder.rglob("*") if file.is_file())
    assert not [word for word in words if word in everything]
