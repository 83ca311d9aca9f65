"""The commands that only look, found in the program's own command line, and a way to run them."""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator
from pathlib import Path

from fieldkit.kernel.clock import FixedClock
from tests.gui.stage import NOON, PASSPHRASE
from ui.cli.main import main
from ui.cli.tree import make_parser


def listing_commands() -> list[list[str]]:
    """Every command that can be run with the vault alone and only looks: ``… list``, ``vault info`` and the like."""
    looking = {"list", "info", "verify", "coverage", "send", "status"}
    found = []
    for path, parser in leaves(make_parser(), []):
        needed = [one for one in parser._actions if one.required and one.nargs not in ("*", "?")]
        is_vault = any("--vault" in one.option_strings for one in parser._actions)
        if is_vault and not needed and looking & set(path) and path[0] != "disclosure":
            found += [path, [*path, "--json"]]
    assert {"record", "note", "vault", "visit", "escalation", "case"} <= {path[0] for path in found}
    return found


def leaves(parser: argparse.ArgumentParser, path: list[str]) -> Iterator[tuple[list[str], argparse.ArgumentParser]]:
    groups = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    if not groups:
        yield path, parser
    for group in groups:
        for name, below in group.choices.items():
            yield from leaves(below, [*path, name])


def command(home: Path, *words: str) -> str:
    out, err = io.StringIO(), io.StringIO()
    environ = {"FIELDKIT_HOME": str(home), "FIELDKIT_PASSPHRASE": PASSPHRASE}

    def nobody(prompt: str) -> str:
        raise AssertionError(prompt)

    main(words, stdin=io.StringIO(), out=out, err=err, environ=environ, clock=FixedClock(NOON), secret=nobody)
    return out.getvalue() + err.getvalue()
