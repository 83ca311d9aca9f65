"""``fieldkit note …`` and ``fieldkit search``."""

from __future__ import annotations

import argparse

from ui.cli import noting, reading
from ui.cli.parser import Commands, add, group, with_vault

_GRAMMAR = """\
A note is written as on the capture line of the window:
  ch: at the start      who spoke (a person code of the visit)
  ? ! !! ~ at the start follow-up, possible risk, risk to act on today, my own view
  "…"                   exact words
  #lc #lc+ #lc- #lc--   tags at the end: statement, strength, shortfall, serious shortfall
  #lc.pr                a tag with its kind of evidence; @pr for the whole note"""


def add_to(commands: Commands) -> None:
    """Add the group and ``search``."""
    notes = group(commands, "note", "Notes: write, list, add to, withdraw, tag", "fieldkit note list --untagged")
    _add_add(notes)
    _add_reading(notes, commands)
    _add_later(notes)


def _add_add(notes: Commands) -> None:
    parser = with_vault(
        add(
            notes, "add", "Write a note; each line of standard input is one where no TEXT is given", noting.add_notes,
            more=_GRAMMAR,
            examples="""fieldkit note add "ch: waits fell again in Moor #lc+" --activity "Board meeting"
            fieldkit note add "The rota had gaps at night #sc-" --at 10:42
            fieldkit note add --activity "Board meeting" < lines.txt""",
        )
    )  # fmt: skip
    parser.add_argument("text", metavar="TEXT", nargs="?", help="the note; - or nothing reads standard input")
    parser.add_argument("--activity", metavar="NAME", help="name or id; not needed while there is only one")
    parser.add_argument("--item", metavar="ITEM", help="agenda item, by number or title")
    parser.add_argument("--at", metavar="HH:MM", help="when it was noticed (default: now)")
    parser.add_argument("--mark", action="store_true", help="mark a moment; TEXT may be left out")


def _add_reading(notes: Commands, commands: Commands) -> None:
    listed = with_vault(
        add(
            notes, "list", "List notes, oldest first", reading.list_notes,
            examples="""fieldkit note list --activity "Board meeting"
            fieldkit note list --statement learning-culture --json""",
        )
    )  # fmt: skip
    _filters(listed)
    listed.add_argument("--limit", type=int, default=200, metavar="N", help="the newest N (default 200); 0 = all")
    shown = with_vault(
        add(notes, "show", "Show everything of one note", reading.show_note, examples="fieldkit note show 3f5e7a9d")
    )
    shown.add_argument("note", metavar="NOTE", help="its id, or the end of it as lists show it")
    found = with_vault(
        add(
            commands, "search", "Find notes by their words, newest first", reading.search,
            more='Words, "a phrase", or the beginning of a word with a star: disch*',
            examples="""fieldkit search 'discharge "on the ward"'
            fieldkit search disch* --speaker dn""",
        )
    )  # fmt: skip
    found.add_argument("words", metavar="WORDS", nargs="+")
    _filters(found)
    found.add_argument("--limit", type=int, default=50, metavar="N", help="at most N (default 50)")


def _add_later(notes: Commands) -> None:
    addendum = with_vault(
        add(
            notes, "addendum", "Add words to a note; the note itself stays as it was", noting.addendum,
            examples='fieldkit note addendum 3f5e7a9d "It was Tuesday, not Monday" --reason "Checked the rota"',
        )
    )  # fmt: skip
    _one(addendum).add_argument("text", metavar="TEXT")
    addendum.add_argument("--reason", required=True)
    withdraw = with_vault(
        add(
            notes, "withdraw", "Take a note out of use; it stays in the log", noting.withdraw,
            examples='fieldkit note withdraw 3f5e7a9d --reason "Names a person"',
        )
    )  # fmt: skip
    _one(withdraw).add_argument("--reason", required=True)
    restore = with_vault(
        add(notes, "restore", "Take a withdrawal back", noting.restore, examples="fieldkit note restore 3f5e7a9d")
    )
    _one(restore).add_argument("--reason", default="Taken back")
    tag = with_vault(
        add(
            notes, "tag", "Put tags on a note, or take some off", noting.tag,
            examples="""fieldkit note tag 3f5e7a9d "#lc- #sp.pr"
            fieldkit note tag 3f5e7a9d --remove "#gm" """,
        )
    )  # fmt: skip
    _one(tag).add_argument("tags", metavar="TAGS", nargs="?", default="")
    tag.add_argument("--remove", metavar="TAGS", default="", help="take these statements’ tags off")


def _one(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("note", metavar="NOTE", help="its id, or the end of it as lists show it")
    return parser


def _filters(parser: argparse.ArgumentParser) -> None:
    for option in ("--assessment", "--visit", "--activity"):
        parser.add_argument(option, metavar="NAME", help="only of this one (name or id)")
    parser.add_argument("--statement", metavar="ID", help="only with a tag of this statement: its id, code or title")
    parser.add_argument("--category", metavar="ID", help="only with this kind of evidence")
    parser.add_argument("--speaker", metavar="CODE", help="only what this person said")
    parser.add_argument("--on", metavar="DAY", default="", help="only noticed on this day")
    parser.add_argument("--untagged", action="store_true", help="only without tags")
    parser.add_argument("--without-withdrawn", action="store_true", help="leave withdrawn notes out")
