"""``fieldkit coverage``."""

from __future__ import annotations

from ui.cli import covering
from ui.cli.parser import Commands, add, with_vault

_MORE = """\
Counts notes that stand, with their tags: how many there are for each statement in each evidence category, from how
many sources (people by code or, where nobody is named, meetings, cases and records) and in how many activities.
Which cells are needed and how many notes are enough is said by the framework pack."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = with_vault(
        add(
            commands, "coverage", "Show where evidence is missing", covering.show_coverage, more=_MORE,
            examples="""fieldkit coverage
            fieldkit coverage Northshire --visit "Visit 2" --gaps
            fieldkit coverage --json""",
        ),
        or_store=True,
    )  # fmt: skip
    parser.add_argument(
        "assessment", metavar="ASSESSMENT", nargs="?", help="name or id; not needed while there is only one"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--visit", metavar="NAME", help="count one visit only")
    which.add_argument("--place", metavar="NAME", help="count the visits of one place only")
    which.add_argument("--organisation", metavar="NAME", help="count the activities of one organisation only")
    parser.add_argument("--pack", metavar="ID", help="another framework of the assessment than its main one")
    parser.add_argument("--gaps", action="store_true", help="list the gaps only")
