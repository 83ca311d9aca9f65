"""``fieldkit finding …`` and ``fieldkit section …``."""

from __future__ import annotations

import argparse

from ui.cli import finding, sections
from ui.cli.parser import Commands, add, group, with_vault

_NOT_BLOCKED = """\
Nothing holds a finding up: it can be linked, changed and taken out at any moment. A note that stands under another
finding already is linked all the same; a line says where else it stands, and it counts once."""
_TEXTS = """\
The written parts of the draft report: the summary, direction of travel and how people's voices were used of a theme,
key messages of a statement. The report itself is made with fieldkit report make draft-report."""


def add_to(commands: Commands) -> None:
    """Add both groups."""
    found = group(
        commands, "finding", "Findings: claim, link evidence, draft the sentence",
        'fieldkit finding add "Learning from falls is shared late" --statement lc --bearing shortfall',
    )  # fmt: skip
    _add_reading(found)
    _add_writing(found)
    _add_linking(found)
    texts = group(commands, "section", "Written parts of the draft report", "fieldkit section list")
    _add_sections(texts)


def _add_reading(found: Commands) -> None:
    listed = with_vault(
        add(found, "list", "List findings by statement, with how far each is corroborated", finding.list_all,
            examples="""fieldkit finding list
            fieldkit finding list --statement lc --json"""),
        or_store=True,
    )  # fmt: skip
    listed.add_argument("--statement", metavar="STATEMENT", help="only those of a statement: its code, place or title")
    listed.add_argument("--dropped", action="store_true", help="also those that were taken out of use")
    _where(listed)
    shown = with_vault(
        add(found, "show", "Show one finding with every note it rests on", finding.show,
            examples="fieldkit finding show F3"),
        or_store=True,
    )  # fmt: skip
    _of(shown)


def _add_writing(found: Commands) -> None:
    made = with_vault(
        add(found, "add", "Make a finding", finding.add_one, more=_NOT_BLOCKED,
            examples="""fieldkit finding add "Learning is shared late" --statement lc --note 7a9d3f5e
            fieldkit finding add "Ward 4 learns" --statement Q2 --bearing strength --sentence "On Ward 4 we saw …\"""")
    )  # fmt: skip
    made.add_argument("claim", metavar="CLAIM", help="what is claimed, in a sentence")
    made.add_argument("--statement", required=True, metavar="STATEMENT", help="its code, place (Q2) or title")
    made.add_argument("--note", metavar="NOTE", nargs="+", default=[], help="notes that support it")
    made.add_argument("--against", metavar="NOTE", nargs="+", default=[], help="notes that contradict it")
    _says(made)
    _where(made)
    changed = with_vault(
        add(found, "change", "Change what a finding says; what is not given stays", finding.change,
            examples="""fieldkit finding change F3 --sentence "Learning reaches night staff late."
            fieldkit finding change F3 --strength strong --why "The audit was independent"
            fieldkit finding change F3 --ready""")
    )  # fmt: skip
    changed.add_argument("finding", metavar="FINDING", help="its reference (F3) or id")
    changed.add_argument("--claim", metavar="WORDS")
    changed.add_argument("--statement", metavar="STATEMENT")
    _says(changed)
    _where(changed)
    dropped = with_vault(
        add(found, "drop", "Take a finding out of use; it is kept", finding.drop,
            examples='fieldkit finding drop F3 --reason "Says the same as F1"')
    )  # fmt: skip
    _of(dropped)
    dropped.add_argument("--reason", metavar="WORDS", default="")
    _of(with_vault(add(found, "restore", "Bring a finding back", finding.restore,
                       examples="fieldkit finding restore F3")))  # fmt: skip


def _add_linking(found: Commands) -> None:
    linked = with_vault(
        add(found, "link", "Link notes to a finding", finding.link, more=_NOT_BLOCKED,
            examples="""fieldkit finding link F3 7a9d3f5e 1c0b22aa
            fieldkit finding link F3 7a9d3f5e --words "no one told us"
            fieldkit finding link F3 5b32fe31 --against""")
    )  # fmt: skip
    _of(linked)
    linked.add_argument("notes", metavar="NOTE", nargs="+")
    linked.add_argument("--against", action="store_true", help="they contradict it")
    linked.add_argument("--words", metavar="WORDS", default="", help="only this part of the note, word for word")
    linked.add_argument("--from", dest="start", type=int, metavar="N", help="only from this character (code point) on")
    linked.add_argument("--to", dest="end", type=int, metavar="N", help="up to this one, not included")
    unlinked = with_vault(
        add(found, "unlink", "Take notes off a finding", finding.unlink, examples="fieldkit finding unlink F3 7a9d3f5e")
    )
    _of(unlinked)
    unlinked.add_argument("notes", metavar="NOTE", nargs="+")
    _of(with_vault(add(found, "look-again", "Say that what was added to its notes since was read", finding.look_again,
                       examples="fieldkit finding look-again F3")))  # fmt: skip


def _add_sections(found: Commands) -> None:
    listed = with_vault(
        add(found, "list", "List the written parts, and which are missing", sections.list_all, more=_TEXTS,
            examples="fieldkit section list"),
        or_store=True,
    )  # fmt: skip
    _where(listed)
    written = with_vault(
        add(found, "set", "Write a part, or write it anew; an empty text takes it out", sections.put, more=_TEXTS,
            examples="""fieldkit section set direction Q "Improving since the last visit."
            fieldkit section set message lc "Learning is shared, but late."
            fieldkit section set summary "Northshire works as one system."
            fieldkit section set message lc - < message.txt""")
    )  # fmt: skip
    written.add_argument("part", choices=("summary", "direction", "voices", "message"), help="which part")
    written.add_argument("words", metavar="SUBJECT TEXT", nargs="+",
                         help="a theme (letter or title) or a statement, then the text; the summary has no subject; "
                         "- reads the text from the input")  # fmt: skip
    _where(written)


def _says(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bearing", choices=("strength", "shortfall", "mixed", "neutral"))
    parser.add_argument("--sentence", metavar="WORDS", help="the sentence for the report")
    parser.add_argument(
        "--strength", choices=("suggested", "limited", "moderate", "strong"), help="of the evidence; suggested by rule"
    )
    parser.add_argument("--why", metavar="WORDS", help="why the strength is not the suggested one")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--ready", action="store_true", help="the drafting is done")
    which.add_argument("--draft", action="store_true", help="it is a draft again")


def _of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("finding", metavar="FINDING", help="its reference (F3) or id")
    _where(parser)


def _where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--assessment", metavar="NAME", help="name or id; not needed while there is only one")
    parser.add_argument("--pack", metavar="ID", help="another framework of the assessment than its main one")
