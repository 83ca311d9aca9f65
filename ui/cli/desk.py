"""What a command works with: its options, the terminal, the surroundings. Nothing is read from globals."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from fieldkit.kernel.clock import Clock

_OVERRIDES = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""Left out of what a person reads: one in a name turns round the rest of its line. Right-to-left words need none."""
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"


class Terminal:
    """Results go to ``out``, remarks and errors to ``err``; with ``as_json`` ``out`` holds one JSON value only."""

    def __init__(self, out: TextIO, err: TextIO, *, as_json: bool = False) -> None:
        self.out = out
        self.err = err
        self.as_json = as_json
        self.is_plain = not out.isatty()
        self.narrowed = ""
        """Said after a list that shows less than the vault holds."""

    def show(self, facts: Any, words: str | Iterable[str]) -> None:
        """The result of a command: ``facts`` for a program, ``words`` for a person."""
        if self.as_json:
            json.dump(facts, self.out, ensure_ascii=False, indent=2)
            self.out.write("\n")
        else:
            self.say(words)
        if isinstance(facts, list):
            self.say_narrowed()

    def say_narrowed(self) -> None:
        """That a specialist adviser is shown a part, once; nothing to anybody else."""
        words, self.narrowed = self.narrowed, ""
        if words:
            self.remark(words)

    def say(self, words: str | Iterable[str]) -> None:
        """Lines for a person; nothing where a program listens."""
        if not self.as_json:
            for line in [words] if isinstance(words, str) else words:
                self.out.write(line.translate(_OVERRIDES) + "\n")
            self.out.flush()

    def remark(self, text: str) -> None:
        """Something to know besides the result."""
        self.out.flush()
        self.err.write(text.translate(_OVERRIDES) + "\n")
        self.err.flush()

    def bold(self, text: str) -> str:
        """Bold where a person looks at a terminal."""
        return text if self.is_plain or self.as_json else f"{BOLD}{text}{PLAIN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """``ask_secret`` prompts without echo and raises ``Mistake('cli.passphrase_needed')`` where nobody can type."""

    options: argparse.Namespace
    terminal: Terminal
    stdin: TextIO
    environ: Mapping[str, str]
    clock: Clock
    ask_secret: Callable[[str], str]


Command = Callable[[Desk], int]
