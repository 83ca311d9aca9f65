"""The command run in this process: a home of its own, quick keys, everything it said kept."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake
from tests.support.vaults import quick_keys
from ui.cli.main import main

PASSPHRASE = "orchid lamp tundra 81 sofa"
OPENS = {"FIELDKIT_PASSPHRASE": PASSPHRASE}
NINE = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON value it has to be."""
        return json.loads(self.out)

    @property
    def problem(self) -> str:
        """The code of the problem it told a program of."""
        return str(self.json["problem"]["code"])


class Typed(io.StringIO):
    """Standard input from a pipe or, with ``is_terminal``, from a person."""

    def __init__(self, text: str, *, is_terminal: bool = False) -> None:
        super().__init__(text)
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


@dataclass(slots=True)
class Shell:
    """Runs commands as a person at ``home`` would; ``answers`` are typed at prompts, in order."""

    home: Path
    clock: FixedClock
    environ: dict[str, str] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)

    def __call__(
        self, *argv: str, stdin: str = "", is_terminal: bool = False, env: Mapping[str, str] | None = None
    ) -> Said:
        self.clock.advance(60)  # nobody types two commands in the same minute
        out, err = io.StringIO(), io.StringIO()
        around = {"FIELDKIT_HOME": str(self.home), **self.environ, **(env or {})}
        code = main(
            argv, stdin=Typed(stdin, is_terminal=is_terminal), out=out, err=err, environ=around, clock=self.clock,
            secret=self._answer,
        )  # fmt: skip
        return Said(code=code, out=out.getvalue(), err=err.getvalue())

    def ok(self, *argv: str, stdin: str = "") -> Said:
        """A command that has to succeed."""
        said = self(*argv, stdin=stdin)
        assert said.code == 0, said
        return said

    def json(self, *argv: str, stdin: str = "") -> Any:
        """The answer of a command that has to succeed."""
        return self.ok(*argv, "--json", stdin=stdin).json

    def _answer(self, prompt: str) -> str:
        self.prompts.append(prompt)
        if not self.answers:
            raise Mistake("cli.passphrase_needed", variable="FIELDKIT_PASSPHRASE")
        return self.answers.pop(0)


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    with quick_keys():
        yield


@pytest.fixture
def shell(tmp_path: Path, clock: FixedClock) -> Shell:
    """A person who has nothing yet; the passphrase is in the environment."""
    return Shell(home=tmp_path / "home", clock=clock, environ=dict(OPENS))


@pytest.fixture(scope="session")
def settled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a vault that tests copy: setting it up takes five commands, copying it 2 ms."""
    shell = Shell(home=tmp_path_factory.mktemp("settled") / "home", clock=FixedClock(NINE), environ=dict(OPENS))
    with quick_keys():
        _settle(shell)
    return shell.home


@pytest.fixture
def settled(shell: Shell, settled_home: Path) -> Shell:
    """A person with a vault, an assessment, a visit with a chair and a board meeting with two agenda items."""
    shutil.copytree(settled_home, shell.home)
    shell.clock.advance(600)
    return shell


def _settle(shell: Shell) -> None:
    shell.ok("vault", "create", "--name", "A. Lead", "--initials", "AL")
    shell.ok("assessment", "add", "Northshire", "--subject", "ics")
    shell.ok("visit", "add", "Visit 2", "--on", "12 November 2026", "--until", "13 November 2026")
    shell.ok("activity", "add", "Board meeting", "--agenda", "-", stdin="08:00 Welcome\n08:30 Quality report\n")
    shell.ok("person", "add", "ch", "Chair", "--organisation", "Northshire ICB")


@pytest.fixture
def lines(settled: Shell) -> Callable[..., list[Any]]:
    """Writes notes, a line each, and gives their facts."""

    def write(*typed: str) -> list[Any]:
        found: list[Any] = settled.json("note", "add", stdin="\n".join(typed))
        return found

    return write
