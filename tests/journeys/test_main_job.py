"""The main job from the first key to the central store, through the real window, killed in the middle of a word."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from central import admin, tables
from central.core import open_core
from central.reading import assessments, entries
from central.serve import start_in_thread
from central.settings import Settings
from fieldkit.app.rows import EntryFilter, SendStatus
from fieldkit.app.sample_reader import read_sample
from fieldkit.capture.parse import parse
from fieldkit.frameworks.library import Library
from fieldkit.kernel.canonical import parse as parse_content
from fieldkit.kernel.clock import SystemClock
from storage.vault import open_vault
from tests.gui.stage import PASSPHRASE
from tests.support.tree import ROOT

NOTES = 60
HALF, REST = "Nobody at the tabl", "e knew who owns the recovery plan #lc-"
PATIENCE = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the two runs said, and where everything lies."""

    typed: dict[str, Any]
    found: dict[str, Any]
    sent: dict[str, Any]
    vault: Path
    office: Settings
    lines: tuple[str, ...]


@contextmanager
def _window(step: str, home: Path, facts: Path) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    program = [sys.executable, "-m", "tests.journeys.key_presses", step, str(home), str(facts)]
    with subprocess.Popen(program, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _told(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, "the window ended without a word"
    return dict(json.loads(line))


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("journey")
    framework = Library().load("ics", "2023.1")
    sample = read_sample(framework)
    lines = tuple(point.line for point in sample.points[:NOTES])
    office = Settings(folder=folder / "office", port=0)
    admin.init(office, "Northshire office")
    code = admin.invite(office, "Asha Smith").code
    running = start_in_thread(office)
    try:
        facts = folder / "facts.json"
        agenda = "\n".join(f"{item.starts} {item.title}" for item in sample.activities[0].items)
        people = [(person.code, person.role) for person in sample.people]
        facts.write_text(
            json.dumps(
                {"url": running.url, "code": code, "agenda": agenda, "people": people, "lines": lines, "half": HALF,
                 "rest": REST}
            )
        )  # fmt: skip
        home = folder / "home"
        with _window("log", home, facts) as process:
            typed = _told(process)
            process.send_signal(signal.SIGKILL)
        with _window("finish", home, facts) as process:
            found, sent = _told(process), _told(process)
            assert process.wait(PATIENCE) == 0
    finally:
        running.stop()
    return Outcome(
        typed=typed, found=found, sent=sent, vault=home / "vault", office=office, lines=(*lines, HALF + REST)
    )  # fmt: skip


def test_the_words_are_there_after_kill_9_without_a_question(outcome: Outcome) -> None:
    assert outcome.typed["notes"] == NOTES
    assert outcome.found["found"] == HALF
    assert outcome.found["says"].startswith("Recovered what you were typing at ")


def test_the_window_says_what_is_true_when_all_is_sent(outcome: Outcome) -> None:
    untagged = sum(not note.tags for note in _read(outcome))
    assert f"{untagged} untagged notes are on this laptop only" in outcome.sent["headline"]
    assert outcome.sent["status"] == "All tagged notes at the office"


def test_every_note_is_in_the_vault_once_in_the_order_of_typing(outcome: Outcome) -> None:
    with _vault(outcome) as vault:
        rows = vault.questions.entries(EntryFilter(limit=1000))
    assert [row.entry.text for row in rows] == [note.text for note in _read(outcome)]
    assert {row.status for row in rows} == {SendStatus.CONFIRMED, SendStatus.STAYS}


def test_the_store_has_exactly_the_tagged_notes_byte_for_byte_once_each(outcome: Outcome) -> None:
    with _vault(outcome) as vault:
        mine = {
            revision.envelope.record: revision.content
            for revision in vault.questions.revisions()
            if revision.envelope.kind == "entry"
        }
    tagged = {record: content for record, content in mine.items() if content and parse_content(content)["evidence"]}
    kept = _contents(outcome.office, "entry")
    assert sorted(record for record, _ in kept) == sorted(tagged)
    assert dict(kept) == tagged
    assert len(tagged) == sum(bool(note.tags) for note in _read(outcome)) > 40


def test_not_one_word_of_an_untagged_note_reached_the_store(outcome: Outcome) -> None:
    untagged = [note.text for note in _read(outcome) if not note.tags]
    everything = b"".join(path.read_bytes() for path in outcome.office.folder.rglob("*") if path.is_file())
    everything += b"".join(content or b"" for _, content in _contents(outcome.office))
    assert len(untagged) >= 5
    assert [text for text in untagged if text.encode() in everything] == []


def test_the_stores_own_reading_shows_the_same_notes(outcome: Outcome) -> None:
    with closing(open_core(outcome.office)) as core:
        (assessment,) = assessments(core, None).assessments
        shown = entries(core, None, assessment.id)
    expected = [note for note in _read(outcome) if note.tags]
    assert [item.text for item in shown.entries] == [note.text for note in expected]
    assert [len(item.tags) for item in shown.entries] == [len(note.tags) for note in expected]
    assert {item.author_name for item in shown.entries} == {"Asha Smith"}


def test_the_vault_verifies(outcome: Outcome) -> None:
    with _vault(outcome) as vault:
        assert vault.verify() == []


@contextmanager
def _vault(outcome: Outcome) -> Iterator[Any]:
    vault = open_vault(outcome.vault, PASSPHRASE, SystemClock())
    try:
        yield vault
    finally:
        vault.close()


def _read(outcome: Outcome) -> list[Any]:
    framework = Library().load("ics", "2023.1")
    vocabulary = read_sample(framework).vocabulary(framework)
    return [parse(line, vocabulary) for line in outcome.lines]


def _contents(office: Settings, kind: str | None = None) -> list[tuple[str, bytes | None]]:
    log = tables.log
    wanted = sa.select(log.c.record, log.c.content).where(log.c.content.is_not(None))
    with closing(open_core(office)) as core, core.database.read() as connection:
        rows = connection.execute(wanted if kind is None else wanted.where(log.c.kind == kind)).all()
    return [(row.record, bytes(row.content)) for row in rows]
