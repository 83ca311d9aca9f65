"""``fieldkit disclosure …``: restricted disclosures, never without the passphrase of their own."""

from __future__ import annotations

import argparse

from ui.cli import disclosing
from ui.cli.parser import Commands, add, group, with_vault

_MORE = """\
What somebody discloses in confidence stands in no argument of a command: a shell keeps those. It is read from a JSON
file (or - for what is piped in) with text, identity (known, protected or anonymous) and, where known, who, contact,
about, organisation, wishes and told. Destroy that file afterwards."""


def add_to(commands: Commands) -> None:
    """Add the group."""
    group_ = group(
        commands, "disclosure", "Restricted disclosures (speaking up): add, list, show, hand over",
        "fieldkit disclosure list --box-passphrase-file box.txt",
    )  # fmt: skip
    _boxed(
        add(
            group_, "set-up", "Make the part of the vault that holds them; nobody can reset its passphrase",
            disclosing.set_up, examples="fieldkit disclosure set-up --box-passphrase-file box.txt",
        )
    )  # fmt: skip
    added = _boxed(
        add(
            group_, "add", "Keep a disclosure", disclosing.add_one, more=_MORE,
            examples="fieldkit disclosure add disclosure.json --box-passphrase-file box.txt",
        )
    )  # fmt: skip
    added.add_argument("file", metavar="FILE", help="JSON, or - for standard input")
    added.add_argument("--assessment", metavar="NAME", help="name or id; not needed while there is only one")
    _boxed(
        add(
            group_, "list", "List references, days and to whom each was handed over", disclosing.list_all,
            examples="fieldkit disclosure list --box-passphrase-file box.txt --json",
        )
    )  # fmt: skip
    shown = _boxed(
        add(
            group_, "show", "Show one whole", disclosing.show,
            examples="fieldkit disclosure show SU-7K3QXM --box-passphrase-file box.txt",
        )
    )  # fmt: skip
    shown.add_argument("reference", metavar="REFERENCE")
    _add_hand_over(group_)


def _add_hand_over(group_: Commands) -> None:
    handed = _boxed(
        add(
            group_, "hand-over", "Hand one over to a trusted holder of the role, or note that it was",
            disclosing.hand_over,
            more="Holders are trusted in the window, where the six words of their key are compared.",
            examples="""fieldkit disclosure hand-over SU-7K3QXM --to "G. Guardian" --out SU.fksealed \\
                --box-passphrase-file box.txt
            fieldkit disclosure hand-over SU-7K3QXM --to "The regulator" --noted "by telephone" \\
                --box-passphrase-file box.txt""",
        )
    )  # fmt: skip
    handed.add_argument("reference", metavar="REFERENCE")
    handed.add_argument("--to", required=True, metavar="NAME", help="a trusted holder, or whoever it was given to")
    how = handed.add_mutually_exclusive_group(required=True)
    how.add_argument("--now", action="store_true", help="through the office, sealed, now")
    how.add_argument("--out", metavar="FILE", help="as a sealed file that only they can open")
    how.add_argument("--noted", metavar="HOW", help="it was handed over already, like this")
    handed.add_argument("--their-reference", default="", metavar="TEXT")


def _boxed(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    with_vault(parser).add_argument(
        "--box-passphrase-file", metavar="FILE", help="holds the passphrase of this part of the vault; always needed"
    )
    return parser
