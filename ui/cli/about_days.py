"""``fieldkit day …``."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from ui.cli import day_sheets
from ui.cli.desk import Desk
from ui.cli.parser import Commands, add, group, with_vault

_SHEET = """\
Alert needs a decision, Advise is to be watched, Assure is good news that is corroborated. Each holds an item or says
None, or the sheet cannot be finished. Proposed are risks and open questions of the day, and gaps in the evidence."""
_SECTIONS = "alert, advise, assure, gap, leaders or tomorrow"


def add_to(commands: Commands) -> None:
    """Add the group."""
    found = group(commands, "day", "The end-of-day sheet: Alert, Advise, Assure", "fieldkit day show")
    _one(found, "show", "Show the sheet of a day and what is proposed for it", day_sheets.show,
         "fieldkit day show\nfieldkit day show --on 2026-11-12 --json", more=_SHEET)  # fmt: skip
    made = _one(found, "add", "Add an item", day_sheets.add_one,
                'fieldkit day add alert "No cover on Ward 4 tonight" --level intensive')  # fmt: skip
    made.add_argument("section", metavar="SECTION", help=_SECTIONS)
    made.add_argument("text", metavar="WORDS")
    _more(made)
    none = _one(found, "none", "State that a section holds nothing", day_sheets.none, "fieldkit day none advise")
    none.add_argument("section", metavar="SECTION", help="alert, advise or assure")
    take = _one(found, "take", "Put a proposal on the sheet, with its source", day_sheets.take_one,
                "fieldkit day take 7a9d3f5e")  # fmt: skip
    take.add_argument("proposal", metavar="NAME", help="its name, or the end of it, as day show gives it")
    changed = _one(found, "change", "Change an item; every earlier account stays", day_sheets.change_one,
                   'fieldkit day change 7a9d3f5e --text "No cover on Ward 4 and 5"')  # fmt: skip
    changed.add_argument("item", metavar="ITEM", help="the end of its id, as day show gives it")
    changed.add_argument("--section", metavar="SECTION", default="", help=_SECTIONS)
    changed.add_argument("--text", metavar="WORDS", default="")
    _more(changed)
    off = _one(found, "remove", "Take an item or a None off the sheet, or put it back", day_sheets.remove_one,
               "fieldkit day remove 7a9d3f5e\nfieldkit day remove 7a9d3f5e --back")  # fmt: skip
    off.add_argument("item", metavar="ITEM")
    off.add_argument("--back", action="store_true", help="put it back")
    _one(found, "finish", "Finish the sheet as it stands", day_sheets.finish_it, "fieldkit day finish")
    printed = _one(found, "print", "Write the sheet to print, finished or as a draft", day_sheets.print_it,
                   "fieldkit day print --to today.pdf",
                   more="The kind is that of the name: .pdf, .html or .txt. The file is not encrypted.")  # fmt: skip
    printed.add_argument("--to", required=True, metavar="FILE")


def _one(
    found: Commands, name: str, words: str, run: Callable[[Desk], int], examples: str, *, more: str = ""
) -> argparse.ArgumentParser:
    parser = with_vault(add(found, name, words, run, examples=examples, more=more))
    parser.add_argument("--visit", default=None, metavar="NAME", help="needed where there are several")
    parser.add_argument("--on", default=None, metavar="DAY", help="else today, or the nearest day of the visit")
    return parser


def _more(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--level", choices=("routine", "enhanced", "intensive"), help="suggested, for discussion only")
    parser.add_argument("--note", metavar="NOTE", nargs="+", default=[], help="notes that it is linked to")
