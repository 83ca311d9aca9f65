"""``fieldkit note …`` and ``fieldkit find``."""

from __future__ import annotations

import argparse

from ui.cli import noting, reading
from ui.cli.paper import add_paper
from ui.cli.parser import Commands, add, group, with_vault

_GRAMMAR = """\
A note is written as on the capture line of the window:
  ch: at the start      who spoke (a person code of the visit)
  ? ! !! ~ at the start follow-up, possible risk, risk to act on today, my own view
  "…"                   exact words
  #lc #lc+ #lc- #lc--   tags at the end: statement, strength, shortfall, serious shortfall
  #lc.pr                a tag with its kind of evidence; @pr for the whole note"""


def add_to(commands: Commands) -> None:
    """Add the group and ``find``."""
    notes = group(commands, "note", "Notes: write, list, add to, withdraw, tag", "fieldkit note list is:untagged")
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
    parser.add_argument("--record", metavar="REFERENCE", help="in a record review: the record it is from, like A-AL-1")
    add_paper(parser)
    parser.add_argument("--mark", action="store_true", help="mark a moment; TEXT may be left out")


_FILTER = """\
A filter is written as in the window; everything in it has to hold:
  words, "a phrase", disch*     in the note; the last word may go on
  qs:lc  ec:pe                  statement, evidence category (both on one tag)
  bearing:strength|shortfall|mixed|neutral  came:held|requested|collected (on the tag)
  also:productivity             a secondary tag of the pack, by its id, set/id or title; also:purposes/* any of a set
  is:untagged|question|risk|quote|view|mark|withdrawn|held|mine|contradicted|restricted
  from:observation|interview|group|case|dropin|record  who:dn (speaker)  by:AS (author)
  on:12nov  on:12nov-14nov  on:today     visit:"Visit 2"     in:"Board meeting"
  status:waiting|sent|stays|team
A comma is "or" (qs:lc,li), a leading - takes notes out (-from:case). Withdrawn notes are left out
unless the filter says is:withdrawn. Put quotes round the whole; before one that begins with -, put --."""


def _add_reading(notes: Commands, commands: Commands) -> None:
    listed = with_vault(
        add(
            notes, "list", "List notes, oldest first; all of them without a filter", reading.list_notes, more=_FILTER,
            examples="""fieldkit note list 'in:"Board meeting"'
            fieldkit note list 'qs:lc ec:pe on:today' --json""",
        ),
        or_store=True,
    )  # fmt: skip
    listed.add_argument("filter", metavar="FILTER", nargs="*")
    _within(listed)
    listed.add_argument("--limit", type=int, default=200, metavar="N", help="the newest N (default 200); 0 = all")
    shown = with_vault(
        add(notes, "show", "Show everything of one note", reading.show_note, examples="fieldkit note show 3f5e7a9d"),
        or_store=True,
    )
    shown.add_argument("note", metavar="NOTE", help="its id, or the end of it as lists show it")
    found = with_vault(
        add(
            commands, "find", "Find notes, newest first, with the words around each match", reading.find, more=_FILTER,
            examples="""fieldkit find 'discharge "on the ward"'
            fieldkit find 'disch* who:dn -is:mine'""",
        ),
        or_store=True,
    )  # fmt: skip
    found.add_argument("filter", metavar="FILTER", nargs="+")
    _within(found)
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
            fieldkit note tag 3f5e7a9d --remove "#gm"
            fieldkit note tag 3f5e7a9d --also staff-survey --also self-report --not-also productivity""",
        )
    )  # fmt: skip
    _one(tag).add_argument("tags", metavar="TAGS", nargs="?", default="")
    tag.add_argument("--remove", metavar="TAGS", default="", help="take these statements’ tags off")
    also = "put a secondary tag on, by its id, set/id or title"
    tag.add_argument("--also", metavar="TAG", action="append", default=[], help=also)
    tag.add_argument("--not-also", metavar="TAG", action="append", default=[], help="take a secondary tag off")


def _one(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("note", metavar="NOTE", help="its id, or the end of it as lists show it")
    return parser


def _within(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--assessment", metavar="NAME", help="only of this one (name or id)")
