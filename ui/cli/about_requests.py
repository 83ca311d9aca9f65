"""``fieldkit request …`` and ``fieldkit programme …``."""

from __future__ import annotations

import argparse

from ui.cli import requesting
from ui.cli.parser import Commands, add, group, with_vault

_FILES = """\
The file is a calendar (.ics) or a table (.csv, .xlsx) with a column Title or Activity, and beside it Date, Start, End,
Room, Stream, Assessor, Organisation as there are. Read again each day, it moves what has moved and adds what is new.
With rows that do not read nothing is added, unless --good-rows is given."""


def add_to(commands: Commands) -> None:
    """Add both groups."""
    requests = group(
        commands, "request", "Information requests: add, list, show, ask, receive, close", "fieldkit request list"
    )
    _add_request(requests)
    listed = with_vault(
        add(
            requests, "list", "List the requests of an assessment, awaited ones first", requesting.list_requests,
            examples="fieldkit request list\nfieldkit request list --open --json",
        )
    )  # fmt: skip
    listed.add_argument("--open", action="store_true", help="only those something is awaited of")
    _assessment(listed)
    shown = _one(
        requests, "show", "Show a request with every step", requesting.show_request, "fieldkit request show R-AL-1"
    )
    del shown
    _one(requests, "ask", "It was sent or said", requesting.ask_request, "fieldkit request ask R-AL-1")
    got = _one(
        requests, "receive", "Something came", requesting.receive_request,
        'fieldkit request receive R-AL-1 --part --outcome "2024 only"',
    )  # fmt: skip
    got.add_argument("--part", action="store_true", help="not all of it")
    got.add_argument("--outcome", default="", metavar="WORDS")
    shut = _one(
        requests, "close", "It was refused, or is not needed", requesting.close_request,
        'fieldkit request close R-AL-1 --why "published on the council’s website"',
    )  # fmt: skip
    shut.add_argument("--refused", action="store_true")
    shut.add_argument("--why", required=True, metavar="WORDS")
    _add_programme(commands)


def _add_request(requests: Commands) -> None:
    made = with_vault(
        add(
            requests, "add", "Add a request, after looking for what is held already", requesting.add_one,
            more="What may answer it already is listed; then it is added only with --anyway.",
            examples='fieldkit request add "Falls audit 2025" --why "Two accounts differ" --asked',
        )
    )  # fmt: skip
    made.add_argument("what", metavar="WHAT")
    made.add_argument("--why", required=True, metavar="WORDS")
    made.add_argument("--of", default="", metavar="WHOM", help="role and body it asks")
    made.add_argument("--due", default=None, metavar="DAY")
    made.add_argument("--statement", action="append", default=[], metavar="CODE", help="like lc; may be repeated")
    made.add_argument("--asked", action="store_true", help="it was asked already")
    made.add_argument("--anyway", action="store_true", help="add it although something may answer it")
    _assessment(made)


def _add_programme(commands: Commands) -> None:
    programme = group(
        commands, "programme", "The programme of a visit from a file", "fieldkit programme import visit.ics"
    )
    brought = with_vault(
        add(
            programme, "import", "Plan what a calendar or table says", requesting.import_programme, more=_FILES,
            examples="fieldkit programme import visit.ics --look\nfieldkit programme import day2.xlsx",
        )
    )  # fmt: skip
    shown = with_vault(
        add(
            programme, "show", "Say who is where, and what is wrong with it", requesting.show_programme,
            examples="fieldkit programme show\nfieldkit programme show --people --visit \"Visit 2\"",
        )
    )  # fmt: skip
    shown.add_argument("--visit", default=None, metavar="NAME")
    shown.add_argument("--people", action="store_true", help="by person instead of by stream")
    brought.add_argument("file", metavar="FILE")
    brought.add_argument("--visit", default=None, metavar="NAME")
    brought.add_argument("--look", action="store_true", help="tell what it would change and change nothing")
    brought.add_argument("--good-rows", action="store_true", help="leave out the rows that do not read")
    brought.add_argument("--call-off-missing", action="store_true", help="call off what the file’s days no longer have")


def _one(requests: Commands, name: str, words: str, run: requesting.Run, example: str) -> argparse.ArgumentParser:
    parser = with_vault(add(requests, name, words, run, examples=example))
    parser.add_argument("request", metavar="REFERENCE", help="like R-AL-1")
    _assessment(parser)
    return parser


def _assessment(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--assessment", default=None, metavar="NAME", help="needed where there are several")
