"""``fieldkit text …``."""

from __future__ import annotations

import argparse

from ui.cli import short_texts
from ui.cli.parser import Commands, add, group, with_vault

_USE = """\
In the window ;NAME and Tab puts the words in, in any note or answer. Short texts stay in this vault, on this laptop:
they are sent to nobody and are in no export."""


def add_to(commands: Commands) -> None:
    """Add the group."""
    texts = group(
        commands, "text", "Short texts: your own words behind a name, for ;name while you write", "fieldkit text list"
    )
    added = with_vault(
        add(
            texts, "add", "Keep a short text; its words come from standard input where no WORDS are given",
            short_texts.add_text, more=_USE,
            examples="""fieldkit text add thanks "Thank you for your time. This is what happens next."
            fieldkit text add opening < opening.txt
            fieldkit text add thanks "Thank you." --replace""",
        )
    )  # fmt: skip
    _name(added)
    added.add_argument("words", metavar="WORDS", nargs="?", help="the words; - or nothing reads standard input")
    added.add_argument("--replace", action="store_true", help="change the words of one that is there")
    listed = with_vault(
        add(
            texts, "list", "List short texts by name", short_texts.list_texts, more=_USE,
            examples="fieldkit text list\nfieldkit text list --all",
        )
    )  # fmt: skip
    listed.add_argument("--all", action="store_true", help="the abbreviations that everybody has, too")
    _name(
        with_vault(
            add(texts, "show", "Show all words of one", short_texts.show_text, examples="fieldkit text show thanks")
        )
    )
    _name(
        with_vault(
            add(texts, "remove", "Take one off", short_texts.remove_text, examples="fieldkit text remove thanks")
        )
    )


def _name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="what is typed behind the semicolon")
