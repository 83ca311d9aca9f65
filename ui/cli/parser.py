"""The shape of the command line, and argparse's remarks in our own words."""

from __future__ import annotations

import argparse
import re
import shutil
from typing import Any, NoReturn, Protocol

from fieldkit.kernel.errors import Mistake
from ui.cli.desk import Command


class Commands(Protocol):
    """Where commands are added: argparse's own type for it is private."""

    def add_parser(self, name: str, **kwargs: Any) -> argparse.ArgumentParser: ...


class UsageError(Mistake):
    """The command line itself cannot be understood; ``usage`` is what to show with the sentence."""

    def __init__(self, code: str, usage: str, **details: object) -> None:
        super().__init__(code, **details)
        self.usage = usage


class HelpLayout(argparse.RawDescriptionHelpFormatter):
    """Examples as written, and room for the longest command beside its summary."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=min(shutil.get_terminal_size().columns - 2, 110))


class Parser(argparse.ArgumentParser):
    """Reports what it does not understand as a ``UsageError`` and never ends the process itself."""

    def error(self, message: str) -> NoReturn:
        """Turn argparse's sentence into ours."""
        code, details = _in_our_words(message)
        raise UsageError(code, self.format_usage().strip(), **details)


_REMARKS = (
    (re.compile(r"the following arguments are required: (?P<what>.*)"), "cli.argument_needed"),
    (re.compile(r"one of the arguments (?P<what>.*) is required"), "cli.argument_needed"),
    (re.compile(r"unrecognized arguments: (?P<what>.*)"), "cli.argument_unknown"),
    (
        re.compile(r"argument (?P<what>.*?): invalid choice: (?P<given>.*) \(choose from (?P<choices>.*)\)"),
        "cli.choice",
    ),
    (re.compile(r"argument (?P<what>.*?): invalid .* value: (?P<given>.*)"), "cli.value"),
    (re.compile(r"argument (?P<what>.*?): expected .*"), "cli.value_needed"),
    (re.compile(r"argument (?P<what>.*?): not allowed with argument (?P<other>.*)"), "cli.not_together"),
    (re.compile(r"ambiguous option: (?P<what>.*)"), "cli.argument_unknown"),
)


def _in_our_words(message: str) -> tuple[str, dict[str, object]]:
    for pattern, code in _REMARKS:
        if match := pattern.fullmatch(message):
            return code, {key: value.replace("'", "") for key, value in match.groupdict().items()}
    return "cli.usage", {"message": message}


def add(
    commands: Commands, name: str, summary: str, run: Command | None = None, *, more: str = "", examples: str = ""
) -> argparse.ArgumentParser:
    """Add a command. ``summary`` is its line in the list above it; ``examples`` one command a line."""
    listed = "".join(f"\n  {line.strip()}" for line in examples.strip().splitlines())
    parser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary}.\n\n{more}".strip() if more else f"{summary}.",
        epilog=f"examples:{listed}" if listed else None,
        formatter_class=HelpLayout,
        allow_abbrev=False,
    )
    parser.add_argument("--json", action="store_true", help="answer with one JSON value on standard output")
    if run is not None:
        parser.set_defaults(run=run)
    return parser


def group(commands: Commands, name: str, summary: str, examples: str = "") -> Commands:
    """A command that only holds others: ``fieldkit note add``."""
    parser = add(commands, name, summary, examples=examples)
    parser.set_defaults(run=None, lacking=parser)
    return parser.add_subparsers(title="commands", metavar="COMMAND")


def with_vault(parser: argparse.ArgumentParser, *, or_store: bool = False) -> argparse.ArgumentParser:
    """Give a command the options that name and open a vault; ``or_store``: or a central store, only to be read."""
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--vault", metavar="FOLDER", help="the vault's folder (default: your own vault)")
    if or_store:
        place.add_argument(
            "--store", dest="office_store", metavar="FOLDER", help="read a central store's records in place of a vault"
        )
        parser.add_argument(
            "--as", dest="office_reader", metavar="NAME",
            help="with --store: as this person may read them (default: all but what is restricted)",
        )  # fmt: skip
        parser.set_defaults(called=parser.prog.partition(" ")[2])
    parser.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help="read the passphrase from the first line of FILE; else FIELDKIT_PASSPHRASE, else it is asked for",
    )
    return parser
