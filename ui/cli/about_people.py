"""``fieldkit person …`` beyond adding: list, show, merge, and the key that links codes to names."""

from __future__ import annotations

import argparse

from ui.cli import naming
from ui.cli.parser import Commands, add, with_vault

_KEY = """\
Names are in a key of their own with its own passphrase: in no list, export or log, and never sent. They are shown only
with --box-passphrase-file."""


def add_to(commands: Commands) -> None:
    """Add the commands to the group."""
    _one(commands, "list", "List people: code, role, notes, merged codes", naming.list_people, "person list", False)
    _one(commands, "show", "Show a person with every code", naming.show_person, "person show p2")
    merged = _one(commands, "merge", "Two codes stand for one person", naming.merge, "person merge p4 p2")
    merged.add_argument("into", metavar="INTO", help="the code that is shown from here on")
    _one(commands, "unmerge", "They are two people after all", naming.unmerge, "person unmerge p4")
    _one(commands, "key-set-up", "Make the key to names", naming.set_up_key,
         "person key-set-up --box-passphrase-file box.txt", False)  # fmt: skip
    named = _one(commands, "name", "Put the name read from standard input behind a code", naming.name,
                 "person name p2 --box-passphrase-file box.txt < name.txt")  # fmt: skip
    named.add_argument("--forget", action="store_true", help="forget the name of this code")
    given = _one(commands, "key-give", "Save the public key that others seal their names to", naming.give_key,
                 "person key-give --out mine.fkrole --box-passphrase-file box.txt", False)  # fmt: skip
    given.add_argument("--out", metavar="FILE", required=True)
    handed = _one(commands, "key-hand-over", "Seal the names for the holder of a public key", naming.hand_over,
                  "person key-hand-over --key lead.fkrole --words '…' --out names.fknames "
                  "--box-passphrase-file box.txt", False)  # fmt: skip
    handed.add_argument("--key", metavar="FILE", required=True)
    handed.add_argument("--words", metavar="SIX", required=True, help="the six words they read out to you")
    handed.add_argument("--out", metavar="FILE", required=True)
    printed = _one(commands, "sheet", "Write the names on a sheet to print", naming.sheet,
                   "person sheet --out names.pdf --box-passphrase-file box.txt", False)  # fmt: skip
    printed.add_argument("--out", metavar="FILE", required=True, help="a .pdf, .html or .txt that does not exist yet")
    got = _one(commands, "key-receive", "Take in names that were sealed for this key", naming.receive,
               "person key-receive names.fknames --box-passphrase-file box.txt", False)  # fmt: skip
    got.add_argument("file", metavar="FILE")


def _one(
    commands: Commands, name: str, words: str, run: naming.Run, example: str, is_about_one: bool = True
) -> argparse.ArgumentParser:
    parser = with_vault(add(commands, name, words, run, more=_KEY, examples=f"fieldkit {example}"))
    if is_about_one:
        parser.add_argument("person", metavar="CODE")
    parser.add_argument("--box-passphrase-file", metavar="FILE", help="the passphrase of the key to names")
    parser.add_argument("--visit", metavar="NAME", help="name or id; not needed while there is only one visit")
    return parser
