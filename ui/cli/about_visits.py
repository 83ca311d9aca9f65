"""``fieldkit assessment|visit|activity|person …``: plan and list."""

from __future__ import annotations

import argparse

from ui.cli import about_people, listing, planning, replanning
from ui.cli.about_leaving import add_leaving
from ui.cli.parser import Commands, add, group, with_vault

KINDS = ("observation", "interview", "focus-group", "case-track", "drop-in", "record-review")


def add_to(commands: Commands) -> None:
    """Add the four groups."""
    _add_assessments(group(commands, "assessment", "Assessments in the vault", "fieldkit assessment list"))
    visits = group(commands, "visit", "Visits of an assessment", "fieldkit visit list")
    _add_visits(visits)
    _replan_visits(visits)
    activities = group(commands, "activity", "Meetings, interviews and the like on a visit", "fieldkit activity list")
    _add_activities(activities)
    _replan_activities(activities)
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
    add_leaving(commands)


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


def _replan_visits(commands: Commands) -> None:
    parser = with_vault(
        add(
            commands, "change", "Rename a visit, or give it other days", replanning.change_visit,
            more="What it was before stays in the log.",
            examples='fieldkit visit change "Visit 2" --name "Second visit" --on "13 November 2026"',
        )
    )  # fmt: skip
    parser.add_argument("visit", metavar="VISIT")
    for option, hint in (("--name", "NAME"), ("--on", "DAY"), ("--until", "DAY"), ("--place", "PLACE")):
        parser.add_argument(option, metavar=hint)
    parser = with_vault(
        add(
            commands, "archive", "Keep a visit out of this laptop's list", replanning.archive_visit,
            more="The visit and its notes are kept, and team-mates see it as before.",
            examples="""fieldkit visit archive "Visit 1"
            fieldkit visit archive "Visit 1" --bring-back""",
        )
    )  # fmt: skip
    parser.add_argument("visit", metavar="VISIT")
    parser.add_argument("--bring-back", action="store_true", help="list it again")
    parser = with_vault(
        add(
            commands, "programme", "Plan a whole programme from text, a line each: 09:30 ICB board",
            replanning.add_programme,
            more="A date on a line sets the day of those below; a line without a time joins the agenda above it.",
            examples="""fieldkit visit programme programme.txt
            pbpaste | fieldkit visit programme - --visit "Visit 2" """,
        )
    )  # fmt: skip
    parser.add_argument("file", metavar="FILE", help="the text, - for standard input")
    _within(parser, "visit")


def _replan_activities(commands: Commands) -> None:
    parser = with_vault(
        add(
            commands, "change", "Change what is planned of an activity", replanning.change_activity,
            more="Only an activity without notes can go to another visit: notes stay where they were made.",
            examples="""fieldkit activity change board --starts 10:00 --ends 13:00
            fieldkit activity change matron --to "Visit 3" --on "14 November 2026" """,
        )
    )  # fmt: skip
    parser.add_argument("activity", metavar="ACTIVITY")
    parser.add_argument("--kind", choices=KINDS)
    options = (
        ("--title", "TITLE"), ("--on", "DAY"), ("--starts", "HH:MM"), ("--ends", "HH:MM"), ("--place", "PLACE"),
        ("--organisation", "NAME"), ("--stream", "STREAM"), ("--who", "NAMES"), ("--to", "VISIT"),
    )  # fmt: skip
    for option, hint in options:
        parser.add_argument(option, metavar=hint)
    parser = with_vault(
        add(
            commands, "cancel", "Mark an activity as cancelled; its notes are kept", replanning.cancel_activity,
            examples="""fieldkit activity cancel matron
            fieldkit activity cancel matron --bring-back""",
        )
    )  # fmt: skip
    parser.add_argument("activity", metavar="ACTIVITY")
    parser.add_argument("--bring-back", action="store_true", help="it takes place after all")
    parser = with_vault(
        add(
            commands, "move", "Move an activity among those of its day and time", replanning.move_activity,
            examples="""fieldkit activity move "Record review" up
            fieldkit activity move board down --item "Winter plan" """,
        )
    )  # fmt: skip
    parser.add_argument("activity", metavar="ACTIVITY")
    parser.add_argument("way", choices=("up", "down"))
    parser.add_argument("--item", metavar="ITEM", help="move this item on its agenda instead, by number or title")
    _agenda(commands)


def _agenda(commands: Commands) -> None:
    parser = with_vault(
        add(
            commands, "agenda", "Add, rename or take off items of an agenda", replanning.change_agenda,
            more="The notes of an item that is taken off stay in the activity, under no item.",
            examples="""fieldkit activity agenda board --add "11:15 Money" --remove "Any other business"
            fieldkit activity agenda board --rename 2 "Quality and safety" """,
        )
    )  # fmt: skip
    parser.add_argument("activity", metavar="ACTIVITY")
    parser.add_argument("--add", action="append", default=[], metavar="TEXT", help="a new last item; may be repeated")
    parser.add_argument("--file", metavar="FILE", help="new items from FILE, one a line, - for standard input")
    parser.add_argument("--remove", action="append", default=[], metavar="ITEM", help="by number or title")
    parser.add_argument("--rename", nargs=2, metavar=("ITEM", "TITLE"))


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
    parser.add_argument("--stream", metavar="STREAM", default="", help="of those that run side by side, like A")
    parser.add_argument("--who", metavar="NAMES", default="", help="who goes: initials or names, like AL,BM")
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
    parser.add_argument(
        "code", metavar="CODE", help="1 to 8 letters and digits, as typed before a note: ch; p+ gives the next P code"
    )
    parser.add_argument("role", metavar="ROLE")
    parser.add_argument("--organisation", metavar="NAME", default="")
    _within(parser, "visit")
    about_people.add_to(commands)


def _within(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument(f"--{what}", metavar="NAME", help=f"name or id; not needed while there is only one {what}")
