"""``fieldkit attach`` and ``fieldkit attachment …``."""

from __future__ import annotations

import argparse

from ui.cli import filing
from ui.cli.parser import Commands, add, group, with_vault

_PEOPLE = "of a picture: nobody is in it, or --declaration says who is and who agreed"


def add_to(commands: Commands) -> None:
    """Add the command and the group."""
    _add_attach(commands)
    files = group(
        commands, "attachment", "Attached files: list, show, save, black out, take out of use",
        "fieldkit attachment list",
    )  # fmt: skip
    _add_reading(files)
    _add_changing(files)


def _add_attach(commands: Commands) -> None:
    parser = with_vault(
        add(
            commands, "attach", "Attach a file as evidence: it is copied into the vault, encrypted", filing.attach,
            more="The copy gets an exhibit number. A photo loses the place where it was taken, unless you keep it.\n"
            "FILE itself is left as it is and is not needed any more.",
            examples="""fieldkit attach letter.pdf --activity "Board meeting" --purpose "Shows the waiting list"
            fieldkit attach photo.jpg --activity "Ward 4" --purpose "Broken lift" --nobody""",
        )
    )  # fmt: skip
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--activity", metavar="NAME", help="name or id; not needed while there is only one")
    parser.add_argument("--note", metavar="NOTE", help="attach it to this note (its id, or the end of it)")
    parser.add_argument("--comment", metavar="REFERENCE", help="attach it to this factual accuracy comment")
    _add_said(parser)
    parser.add_argument("--keep-location", action="store_true", help="keep the place where a photo was taken in it")
    parser.add_argument("--again", action="store_true", help="attach it although the same file is attached already")
    parser.add_argument("--origin", choices=("file", "photo", "scan"), default="file", help="default: file")


def _add_said(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--purpose", required=True, metavar="TEXT", help="what it shows or is evidence of")
    parser.add_argument("--from", dest="from_whom", default="", metavar="CODE", help="from whom: a code, never a name")
    parser.add_argument("--where", default="", metavar="PLACE", help="where it was taken or handed over")
    parser.add_argument("--taken", metavar="YYYY-MM-DD", help="the day it was taken or written")
    people = parser.add_mutually_exclusive_group()
    people.add_argument("--nobody", action="store_true", help=_PEOPLE)
    people.add_argument("--declaration", default="", metavar="TEXT", help="who is in the picture and who agreed")


def _add_reading(files: Commands) -> None:
    listed = with_vault(
        add(files, "list", "List attached files", filing.list_files, examples="fieldkit attachment list --json")
    )
    listed.add_argument("--assessment", metavar="NAME", help="only of this one (name or id)")
    shown = with_vault(
        add(
            files,
            "show",
            "Show everything of one attached file",
            filing.show,
            examples="fieldkit attachment show AL7K-3",
        )
    )
    _one(shown)
    saved = with_vault(
        add(
            files, "save", "Write a copy of an attached file; the copy is not encrypted", filing.save,
            examples="fieldkit attachment save AL7K-3 --out letter.pdf",
        )
    )  # fmt: skip
    _one(saved).add_argument("--out", required=True, metavar="FILE")


def _add_changing(files: Commands) -> None:
    withdrawn = with_vault(
        add(
            files, "withdraw", "Take an attached file out of use; record and file stay", filing.withdraw,
            examples='fieldkit attachment withdraw AL7K-3 --reason "Shows a patient"',
        )
    )  # fmt: skip
    _one(withdrawn).add_argument("--reason", required=True)
    fetched = with_vault(
        add(
            files, "fetch", "Ask for a team-mate’s file; it comes with the next sending", filing.fetch,
            examples="fieldkit attachment fetch BN2T-1 && fieldkit send",
        )
    )  # fmt: skip
    _one(fetched)
    redacted = with_vault(
        add(
            files, "redact", "Make a copy of a picture or PDF with black boxes; the original is kept", filing.redact,
            more="Under a box nothing is left: a PDF’s pages become pictures. The copy is an exhibit of its own.",
            examples="fieldkit attachment redact AL7K-3 --box 1:10,20,30,5 --box 2:0,0,50,8",
        )
    )  # fmt: skip
    _one(redacted).add_argument(
        "--box", action="append", required=True, metavar="PAGE:LEFT,TOP,WIDTH,HEIGHT", help="in per cent of the page"
    )
    redacted.add_argument(
        "--purpose", default="", metavar="TEXT", help="default: the original’s, and that it is redacted"
    )


def _one(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("exhibit", metavar="EXHIBIT", help="its number, or its id")
    return parser
