"""``fieldkit access …``."""

from __future__ import annotations

import argparse

from ui.cli import accessing
from ui.cli.parser import Commands, add, group, with_vault

_RULE = """\
Nothing can be noted in a record review before a record is open. Whose record it is stands as a code, never as a name.
Opening the next record closes the one before; a note belongs to the record that is open, or to --record REFERENCE."""


def add_to(commands: Commands) -> None:
    """Add the group."""
    looks = group(commands, "access", "Records that are looked at: add, list, show, close", "fieldkit access list")
    _add_add(looks)
    listed = with_vault(
        add(looks, "list", "List the access log: who looked at what, when, why", accessing.list_log,
            examples="fieldkit access list --json\nfieldkit access list --out access.pdf")
    )  # fmt: skip
    listed.add_argument("--out", metavar="FILE", help="write the whole log as PDF, .html or .txt")
    _assessment(listed)
    for name, words, run in (
        ("show", "Show an entry with every answer and its notes", accessing.show_look),
        ("close", "The record was put away", accessing.close_look),
        ("withdraw", "The person no longer agrees: the notes of it are held", accessing.withdraw_look),
    ):  # fmt: skip
        parser = with_vault(add(looks, name, words, run, examples=f"fieldkit access {name} A-AL-1"))
        parser.add_argument("record", metavar="REFERENCE", help="like A-AL-1")
        _assessment(parser)
        if name == "withdraw":
            parser.add_argument("--reason", default="")


def _add_add(looks: Commands) -> None:
    made = with_vault(
        add(
            looks, "add", "Say what a record is looked at for, and open it", accessing.add_look, more=_RULE,
            examples="""fieldkit access add C03 "Care plan" --why "Who agreed the discharge" --power "section 63" \\
              --capacity yes --capacity-how "their nurse was asked" --told after --not-copied""",
        )
    )  # fmt: skip
    made.add_argument("whose", metavar="CODE", help="like P2 or C03")
    made.add_argument("what", metavar="WHAT", help="the kind of record")
    made.add_argument("--activity", metavar="NAME", help="the record review; not needed while there is only one")
    made.add_argument("--why", default="", metavar="WORDS", help="why it is necessary")
    basis = made.add_mutually_exclusive_group()
    basis.add_argument("--power", metavar="POWER", help="the legal power used")
    basis.add_argument("--consent", metavar="HOW", help="how the person agreed")
    made.add_argument("--capacity", choices=("yes", "no", "not-applicable"), help="was capacity considered")
    made.add_argument("--capacity-how", default="", metavar="WORDS")
    made.add_argument("--told", choices=("before", "after", "not"), help="is the person told")
    made.add_argument("--told-why", default="", metavar="WORDS")
    copied = made.add_mutually_exclusive_group()
    copied.add_argument("--copied", metavar="WHAT", help="what is copied and where the copy is")
    copied.add_argument("--not-copied", action="store_true")
    for name, words in (("system", "where it is kept"), ("covers", "its dates"), ("place", "where it is looked at")):
        made.add_argument(f"--{name}", default="", help=words)


def _assessment(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--assessment", default=None, metavar="NAME", help="needed where there are several")
