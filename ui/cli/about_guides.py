"""``fieldkit guide …``."""

from __future__ import annotations

import argparse

from ui.cli import guides
from ui.cli.parser import Commands, add, group, with_vault

_FORMS = """\
The file is a form as ODK and Kobo use it (XLSForm): .xlsx, .xls or .csv. Everything in it that is not taken over as it
stands is told by sheet and row. Such a form is added only with --anyway, one with mistakes not at all. A form whose
form_id is in the assessment already becomes a new version of that guide; interviews keep the version they used."""


def add_to(commands: Commands) -> None:
    """Add the group."""
    group_ = group(commands, "guide", "Interview guides: list, show, bring in, write out", "fieldkit guide list")
    listed = with_vault(
        add(
            group_, "list", "List the guides of an assessment and those that came with the program", guides.list_guides,
            examples="fieldkit guide list\nfieldkit guide list Northshire --json",
        )
    )  # fmt: skip
    _assessment(listed, positional=True)
    shown = with_vault(
        add(
            group_, "show", "Show a guide, question by question", guides.show_guide,
            examples='fieldkit guide show leaders\nfieldkit guide show "Handover interviews" --version 2',
        )
    )  # fmt: skip
    shown.add_argument("guide", metavar="GUIDE", help="title, id, or the id of one that came with the program")
    shown.add_argument("--version", metavar="VERSION", help="as it was in this version")
    _assessment(shown)
    _add_adding(group_)


def _add_adding(group_: Commands) -> None:
    added = with_vault(
        add(
            group_, "add", "Put a guide that came with the program into an assessment", guides.add_built_in_guide,
            examples="fieldkit guide add staff",
        )
    )  # fmt: skip
    added.add_argument("built_in", metavar="BUILTIN", help="its id, as guide list shows it")
    _assessment(added)
    brought = with_vault(
        add(
            group_, "import", "Bring in a form from a spreadsheet", guides.import_guide, more=_FORMS,
            examples="fieldkit guide import handover.xlsx\nfieldkit guide import handover.xlsx --anyway",
        )
    )  # fmt: skip
    brought.add_argument("file", metavar="FILE")
    brought.add_argument("--anyway", action="store_true", help="add it with what was told to be plain or left out")
    brought.add_argument("--look", action="store_true", help="tell what is in it and add nothing")
    _assessment(brought)
    written = with_vault(
        add(
            group_, "export", "Write a guide as a form for ODK or Kobo", guides.export_guide,
            examples="fieldkit guide export staff staff.xlsx",
        )
    )  # fmt: skip
    written.add_argument("guide", metavar="GUIDE", help="title, id, or the id of one that came with the program")
    written.add_argument("file", metavar="FILE", help="an .xlsx file; one of that name is replaced")
    _assessment(written)


def _assessment(parser: argparse.ArgumentParser, *, positional: bool = False) -> None:
    words = "name or id; not needed while there is only one"
    if positional:
        parser.add_argument("assessment", metavar="ASSESSMENT", nargs="?", help=words)
    else:
        parser.add_argument("--assessment", metavar="NAME", help=words)
