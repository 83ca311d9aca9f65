"""``fieldkit assessment|visit|activity|person …``: plan and list."""

from __future__ import annotations

import argparse

from ui.cli import listing, planning
from ui.cli.parser import Commands, add, group, with_vault

KINDS = ("observation", "interview", "case-track", "drop-in", "record-review")


def add_to(commands: Commands) -> None:
    """Add the four groups."""
    _add_assessments(group(commands, "assessment", "Assessments in the vault", "fieldkit assessment list"))
    _add_visits(group(commands, "visit", "Visits of an assessment", "fieldkit visit list"))
    _add_activities(
        group(commands, "activity", "Meetings, interviews and the like on a visit", "fieldkit activity list")
    )
    _add_people(group(commands, "person", "People of a visit, by code and role", "fieldkit person list"))


def _add_assessments(commands: Commands) -> None:
    parser = with_vault(
        add(
            commands, "add", "Open an assessment", planning.add_assessment,
            more="Without --pack the newest framework pack for the subject is pinned.",
            examples="""fieldkit assessment add "Northshire" --subject ics
            fieldkit assessment add "Moor council" --subject la --pack local-authority@2023.1""",
        )
    )  # fmt: skip
    parser.add_argument("name", metavar="NAME")
    parser.add_argument(
        "--subject",
        choices=tuple(planning.SUBJECTS),
        default="ics",
        help="integrated care system (default) or local authority",
    )
    parser.add_argument(
        "--pack", action="append", default=[], metavar="ID[@VERSION]", help="pin this framework pack; may be repeated"
    )
    with_vault(
        add(commands, "list", "List assessments", listing.list_assessments, examples="fieldkit assessment list --json")
    )


def _add_visits(commands: Commands) -> None:
    parser = with_vault(
        add(
            commands, "add", "Plan a visit", planning.add_visit,
            examples="""fieldkit visit add "Visit 2" --on "12 November 2026" --until "13 November 2026"
            fieldkit visit add "Visit 1" --assessment Northshire --place "Board room" """,
        )
    )  # fmt: skip
    parser.add_argument("name", metavar="NAME")
    _within(parser, "assessment")
    parser.add_argument("--on", metavar="DAY", default="", help="the first day, like 12 November 2026")
    parser.add_argument("--until", metavar="DAY", default="", help="the last day")
    parser.add_argument("--place", default="")
    _within(
        with_vault(add(commands, "list", "List visits", listing.list_visits, examples="fieldkit visit list")),
        "assessment",
    )


def _add_activities(commands: Commands) -> None:
    parser = with_vault(
        add(
            commands, "add", "Plan an activity with its agenda", planning.add_activity,
            more="The agenda is text, an item a line, each with or without a time: 09:30 Welcome",
            examples="""fieldkit activity add "Board meeting" --starts 09:30 --ends 12:30 --agenda agenda.txt
            pbpaste | fieldkit activity add "Board meeting" --agenda -
            fieldkit activity add "Interview: director of nursing" --kind interview""",
        )
    )  # fmt: skip
    parser.add_argument("title", metavar="TITLE")
    _within(parser, "visit")
    parser.add_argument("--kind", choices=KINDS, default="observation", help="default: observation")
    parser.add_argument("--on", metavar="DAY", default="", help="default: the visit's first day")
    for option, hint in (("--starts", "HH:MM"), ("--ends", "HH:MM"), ("--place", "PLACE"), ("--organisation", "NAME")):
        parser.add_argument(option, metavar=hint, default="")
    parser.add_argument("--agenda", metavar="FILE", help="read agenda items from FILE, - for standard input")
    parser.add_argument("--item", action="append", default=[], metavar="TEXT", help="one agenda item; may be repeated")
    _within(
        with_vault(
            add(commands, "list", "List activities", listing.list_activities, examples="fieldkit activity list")
        ),
        "visit",
    )


def _add_people(commands: Commands) -> None:
    parser = with_vault(
        add(
            commands, "add", "Add a person by code and role; names are never kept", planning.add_person,
            examples='fieldkit person add ch Chair --organisation "Northshire ICB"',
        )
    )  # fmt: skip
    parser.add_argument("code", metavar="CODE", help="1 to 8 letters and digits, as typed before a note: ch")
    parser.add_argument("role", metavar="ROLE")
    parser.add_argument("--organisation", metavar="NAME", default="")
    _within(parser, "visit")
    _within(
        with_vault(add(commands, "list", "List people", listing.list_people, examples="fieldkit person list")), "visit"
    )


def _within(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument(f"--{what}", metavar="NAME", help=f"name or id; not needed while there is only one {what}")
