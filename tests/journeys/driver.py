"""A person at the window of the real program: presses keys, looks, waits until something is to be seen.

The program runs in a process of its own (``hands``), so that it can be killed as a laptop can.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
DRAFT_SECONDS = 1.0
"""What was typed so long ago is on disk: the promise that a kill is to test."""
_SCREEN = Path(__file__).with_name("screen.json")
"""The screen of a usual laptop, 1366 by 768."""
_PATIENCE = 60.0
"""Seconds until something counts as never happening: a busy machine stretches the passphrase for many of them."""
_GLANCE = 0.02
_HARMLESS = "This plugin does not support"
"""What Qt's platform without a screen says about raising a window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What is on the screen. ``text``, ``caret`` and ``row`` (as it is spoken) are of the control with the focus."""

    title: str = ""
    focus: str = ""
    name: str = ""
    text: str = ""
    caret: int = 0
    row: str = ""
    words: list[str] = field(default_factory=list)
    controls: dict[str, str] = field(default_factory=dict)
    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    cursors: dict[str, str] = field(default_factory=dict)
    """The row under the cursor of each list, as it is spoken."""
    people: list[str] = field(default_factory=list)
    windows: int = 1

    def says(self, words: str) -> bool:
        """Whether the words stand somewhere."""
        return any(words in one for one in self.words)

    def status(self, part: str) -> str:
        """The words of a part of the status line: ``saved``, ``waiting``, ``exposure``, ``office``."""
        return self.controls.get(f"status.{part}", "")

    @property
    def log(self) -> list[list[str]]:
        """The rows of the live log: time, who, note, tags, status."""
        return self.tables.get("log.table", [])


class Person:
    """``keys`` counts every key of every chord, ``strokes`` a chord as one."""

    def __init__(self, home: Path, errors: IO[bytes]) -> None:
        self.home = home
        self.keys = 0
        self.strokes = 0
        self._last_key = 0.0
        self._errors = errors
        environment = {**os.environ, "FIELDKIT_HOME": str(home), "PYTHONFAULTHANDLER": "1"}
        if environment.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
            environment["QT_QPA_PLATFORM"] = f"offscreen:configfile={_SCREEN}"
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.hands"],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors,
        )  # fmt: skip

    # What a person does

    def press(self, keys: str) -> None:
        """One key or chord, in Qt's spelling: ``Return``, ``Ctrl+Shift+S``."""
        self._act({"do": "press", "keys": keys})
        self.strokes += 1

    def type_text(self, words: str) -> None:
        """Key by key; a new line is Enter."""
        self._act({"do": "type", "words": words})
        self.strokes += len(words)

    def tab_to(self, identifier: str, keys: str = "Tab") -> None:
        """Tab until a control has the focus."""
        passed: list[str] = []
        while (here := self.look().focus) != identifier:
            assert len(passed) < 60, f"{keys} does not lead to {identifier}, only to {list(dict.fromkeys(passed))}"
            passed.append(here)
            self.press(keys)

    def look(self) -> Sight:
        """What is on the screen now."""
        return Sight(**self._ask({"do": "look"}))

    def until(
        self,
        seen: Callable[[Sight], object] | None = None,
        *,
        focus: str = "",
        title_contains: str = "",
        says: str = "",
        seconds: float = _PATIENCE,
    ) -> Sight:
        """Wait until all that is named holds of what is seen."""
        end = time.monotonic() + seconds
        while True:
            sight = self.look()
            found = sight.focus == focus or not focus
            found = found and title_contains in sight.title and (not says or sight.says(says))
            if found and (seen is None or seen(sight)):
                return sight
            assert time.monotonic() < end, f"waited for {focus or title_contains or says or 'it'} and saw {sight}"
            time.sleep(_GLANCE)

    # What happens to a laptop

    def kill(self) -> None:
        """The power goes, one second after the last key and not a moment later."""
        time.sleep(max(0.0, self._last_key + DRAFT_SECONDS - time.monotonic()))
        assert not self.complaints
        self._program.send_signal(signal.SIGKILL)
        self._program.wait()
        self._put_away()

    def close(self) -> None:
        """Close the window; the program ends in order and has nothing to complain of."""
        self._ask({"do": "close"})
        assert self._program.wait(_PATIENCE) == 0, self.complaints
        assert not self.complaints
        self._put_away()

    def ended(self) -> int:
        """Wait until the program has ended by itself; its exit code."""
        return self._program.wait(_PATIENCE)

    def end(self) -> None:
        """After a test, however it went: no process is left."""
        if self._program.poll() is None:
            self._program.kill()
            self._program.wait()
        self._put_away()

    @property
    def complaints(self) -> str:
        """What the program wrote to standard error."""
        # Read at a place: the program writes through the same open file, and moving it there would overwrite.
        descriptor = self._errors.fileno()
        lines = os.pread(descriptor, os.fstat(descriptor).st_size, 0).decode().splitlines()
        return "\n".join(line for line in lines if _HARMLESS not in line)

    # How

    def _act(self, order: dict[str, str]) -> None:
        reply = self._ask(order)
        self.keys += reply["keys"]
        self._last_key = reply["at"]

    def _ask(self, order: dict[str, str]) -> dict[str, Any]:
        orders, answers = self._pipes
        orders.write(json.dumps(order).encode() + b"\n")
        orders.flush()
        ready, _, _ = select.select([answers], [], [], 2 * _PATIENCE)
        line = answers.readline() if ready else b""
        if not line:
            self._program.send_signal(signal.SIGABRT)  # it tells where each of its threads stands
            self._program.wait(_PATIENCE)
            raise AssertionError(f"the program did not answer to {order}: {self.complaints}")
        reply: dict[str, Any] = json.loads(line)
        assert "problem" not in reply, reply["problem"]
        return reply

    @property
    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        return self._program.stdin, self._program.stdout

    def _put_away(self) -> None:
        for one in self._pipes:
            one.close()


@contextmanager
def at_the_window(home: Path) -> Iterator[Person]:
    """Start the program; whatever happens, it does not outlive the block."""
    with tempfile.TemporaryFile() as errors:
        person = Person(home, errors)
        try:
            yield person
        finally:
            person.end()
