"""A sitting of sixty notes typed by real X11 keys: ``make sitting`` takes ten minutes at the pace of a person.

Every character that was typed is compared with what is in the vault afterwards: none lost, none swapped, each tag on
its own note. A person types unevenly, makes slips and takes them back; so do these hands, from a seed.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldkit.app.rows import EntryFilter
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import SystemClock
from storage.vault import open_vault
from tests.gui import worlds
from tests.gui.stage import PASSPHRASE
from tests.journeys.driver import ROOT
from tests.journeys.screen_x11 import Keyboard, a_screen
from ui.places import Places

NOTES, SECONDS = 60, 600.0
_KEY_GAP = (0.06, 0.19)
"""Seconds between two keys of somebody who types 40 to 60 words a minute."""
_SLIP = 0.02
_SUBJECTS = (
    "Chair", "Chief nurse", "Medical director", "Governor", "Carer", "Director of finance", "Lay member", "Registrar",
)  # fmt: skip
_VERBS = ("asks who owns", "has not seen", "reads out", "cannot name", "questions", "agrees to share", "promises")
_OBJECTS = (
    "the recovery plan", "a date for the audit", "page 47 of the papers", "the waiting list (1,204 people)",
    "what changed since May", "the night rota", "the letter; nobody answered it", "the figures: 12% up, 9 wards",
    "why it took 31 days", 'the words "safe enough"', "the risk register/annex B", "the plan & its costs",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A note as it is typed, and what is then to be in the vault."""

    words: str
    code: str = ""
    statement: str = ""

    @property
    def typed(self) -> str:
        """With its tag."""
        return f"{self.words} #{self.code}" if self.code else self.words


def lines(count: int, seed: int) -> list[Line]:
    """``count`` different notes; two of three carry a tag."""
    chance = random.Random(seed)
    ref = Library().available()[0]
    statements = Library().load(ref.id, ref.version, ref.digest).statements
    found = []
    for number in range(count):
        words = f"{chance.choice(_SUBJECTS)} {chance.choice(_VERBS)} {chance.choice(_OBJECTS)} {number + 1}"
        statement = chance.choice(statements) if number % 3 else None
        found.append(Line(words=words, code=statement.code, statement=statement.id) if statement else Line(words=words))
    return found


def at_a_persons_pace(keyboard: Keyboard, wanted: Sequence[Line], seconds: float, seed: int) -> Iterator[Line]:
    """Type each line key by key with slips, then think until the next is due."""
    chance = random.Random(seed)
    began = time.monotonic()
    for number, line in enumerate(wanted):
        for letter in line.typed:
            if chance.random() < _SLIP and letter.isalpha():
                keyboard.type(chance.choice("etaoinshrdlu"))
                time.sleep(chance.uniform(*_KEY_GAP))
                keyboard.press("BackSpace")
            keyboard.type(letter)
            time.sleep(chance.uniform(*_KEY_GAP))
        keyboard.press("Return")
        yield line
        time.sleep(max(0.0, began + seconds * (number + 1) / len(wanted) - time.monotonic()))


def in_a_hurry(keyboard: Keyboard, wanted: Sequence[Line], gap_ms: int) -> Iterator[Line]:
    """Type each line as fast as no person does."""
    for line in wanted:
        keyboard.write(line.typed, gap_ms)
        keyboard.press("Return")
        yield line


def sit(home: Path, wanted: Sequence[Line], type_all: Callable[[Keyboard], Iterator[Line]]) -> list[str]:
    """The whole sitting in the real program on a screen of its own; what was lost or swapped."""
    worlds.own(home, 3, in_log=True)
    with a_screen() as display:
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "FIELDKIT_HOME": str(home)}
        program = subprocess.Popen([sys.executable, "-m", "ui"], cwd=ROOT, env=environment)
        try:
            keyboard = Keyboard(display)
            keyboard.until_title(lambda title: title == "FieldKit", "the locked screen")
            time.sleep(1.0)  # the window manager gives the focus after it has drawn the frame
            keyboard.write(PASSPHRASE, 20)
            keyboard.press("Return")
            keyboard.until_title(lambda title: "ICB board" in title, "the live log")
            time.sleep(1.0)
            for _ in type_all(keyboard):
                assert program.poll() is None, "the program ended"
            time.sleep(1.0)
            keyboard.close_window()
            assert program.wait(60) == 0, "the program did not end in order"
        finally:
            if program.poll() is None:
                program.kill()
                program.wait()
    return compare(home, wanted)


def compare(home: Path, wanted: Sequence[Line]) -> list[str]:
    """Differences between what was typed and what is in the vault, character by character."""
    vault = open_vault(Places(home=home).vault, PASSPHRASE, SystemClock())
    try:
        rows = sorted(vault.questions.entries(EntryFilter(limit=10_000)), key=lambda row: row.n)[3:]
        found = [
            f"typed {line.typed!r}, kept {row.entry.text!r} with {[tag.statement for tag in row.evidence]}"
            for line, row in zip(wanted, rows, strict=False)
            if row.entry.text != line.words
            or [tag.statement for tag in row.evidence] != ([line.statement] if line.statement else [])
        ]
        if len(rows) != len(wanted):
            found.append(f"{len(wanted)} notes were typed, {len(rows)} are kept")
        return found + [str(finding) for finding in vault.verify()]
    finally:
        vault.close()


def main() -> int:
    """Exit code 1 where anything was lost."""
    parser = argparse.ArgumentParser(prog="sitting", description=__doc__)
    parser.add_argument("--notes", type=int, default=NOTES)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    wanted = lines(given.notes, given.seed)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fieldkit-sitting-") as folder:
        found = sit(
            Path(folder), wanted, lambda keyboard: at_a_persons_pace(keyboard, wanted, given.seconds, given.seed)
        )
    for one in found:
        print(one)
    letters = sum(len(line.typed) for line in wanted)
    tags = sum(bool(line.code) for line in wanted)
    print(
        f"{len(wanted)} notes, {letters} characters, {tags} tags in {time.monotonic() - began:.0f} s by real X11 keys: "
        f"{len(found)} lost or swapped; the vault verifies"
        if not found else f"{len(found)} differences"
    )  # fmt: skip
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
