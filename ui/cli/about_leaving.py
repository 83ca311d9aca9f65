"""``fieldkit assessment leave``, ``stay``, ``left`` and ``fieldkit restrict …``."""

from __future__ import annotations

from ui.cli import leaving, restricting
from ui.cli.parser import Commands, add, group, with_vault


def add_leaving(assessments: Commands) -> None:
    """Add to ``fieldkit assessment``."""
    parser = with_vault(
        add(
            assessments, "leave", "Leave a team: the assessment is hidden at once, wiped when nothing is owed",
            leaving.leave_one,
            more="What you handed in stays at the office. Notes without tags are nowhere else: with them the rest\n"
            "waits too, until you say --lose-own. Joining again brings everything again that the office has.",
            examples="""fieldkit assessment leave Northshire
            fieldkit assessment leave Northshire --lose-own""",
        )
    )  # fmt: skip
    parser.add_argument("assessment", metavar="ASSESSMENT", help="name or id")
    parser.add_argument("--lose-own", action="store_true", help="notes that only this laptop has may go")
    stay = with_vault(
        add(
            assessments, "stay", "Take leaving back while the office has not been told", leaving.stay_on,
            examples="fieldkit assessment stay Northshire",
        )
    )  # fmt: skip
    stay.add_argument("assessment", metavar="ASSESSMENT", help="name or id")
    with_vault(
        add(
            assessments, "left", "List what was left, and what keeps it from being wiped", leaving.list_left,
            examples="fieldkit assessment left",
        )
    )  # fmt: skip


def add_to(commands: Commands) -> None:
    """Add ``fieldkit restrict``."""
    restrict = group(
        commands, "restrict", "Who may know what a note or record says", "fieldkit restrict list"
    )  # fmt: skip
    put = with_vault(
        add(
            restrict, "add", "Restrict a note, an activity or a record, with all that belongs to it",
            restricting.restrict_one,
            more="Its words go to who is named, its author, leads and safeguarding leads; others hear that it exists.\n"
            "What somebody has read already they have read. The whole team reads the reason.",
            examples="""fieldkit restrict add 3f5e7a9d --to safeguarding
            fieldkit restrict add 3f5e7a9d --to expert --person "B. Adviser" --reason "Told in confidence" """,
        )
    )  # fmt: skip
    put.add_argument("record", metavar="RECORD", help="its id, or the end of it as lists show it")
    put.add_argument("--to", action="append", default=[], metavar="ROLE", help="may be repeated")
    put.add_argument("--person", action="append", default=[], metavar="NAME", help="name or initials; may be repeated")
    put.add_argument("--reason", default="", metavar="WORDS", help="read by the whole team")
    with_vault(
        add(restrict, "list", "List what is restricted", restricting.list_restricted, examples="fieldkit restrict list")
    )
    lift = with_vault(
        add(
            restrict, "lift", "Lift a restriction: the team is given the words", restricting.lift_one,
            examples="fieldkit restrict lift 3f5e7a9d",
        )
    )  # fmt: skip
    lift.add_argument("record", metavar="RECORD", help="the restriction’s id, or the end of it as list shows it")
