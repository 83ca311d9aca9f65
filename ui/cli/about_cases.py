"""``fieldkit case …`` and ``fieldkit touchpoint …``: lists of cases, samples, and the events of a case."""

from __future__ import annotations

import argparse

from ui.cli import case_lists, casework, timelines
from ui.cli.parser import Commands, add, group, with_vault

TRAITS = ("age-band", "need", "setting", "place", "ethnicity", "carer")
KINDS = (
    "contact", "referral", "assessment", "decision", "hand-over", "admission", "discharge", "no-show", "crisis",
    "review", "words",
)  # fmt: skip
STATES = ("listed", "sampled", "reserve", "engaged", "not-engaged")
SOURCES = ("person", "carer", "staff", "record", "observation")
POINTS = ("sent", "received", "information-complete", "person-told", "risk-passed-on", "named-owner")


def add_to(commands: Commands) -> None:
    """Add both groups."""
    cases = group(commands, "case", "Cases that are followed: list, import, sample, show", "fieldkit case list")
    _add_cases(cases)
    _import_cases(cases)
    _sample(cases)
    _show(cases)
    _compare(cases)
    events = group(commands, "touchpoint", "Events of a case: add, list, show", "fieldkit touchpoint list C01")
    _add_touchpoints(events)
    _paste_touchpoints(events)
    _gaps(events)


def _add_cases(commands: Commands) -> None:
    parser = with_vault(
        add(
            commands, "add", "Put a case on the list; it gets the next reference and never a name", casework.add_case,
            examples='fieldkit case add "Woman, 80s, fall at home" --age-band "75 to 84" --need Frailty --place Moor',
        )
    )  # fmt: skip
    parser.add_argument("description", metavar="DESCRIPTION")
    for trait in TRAITS:
        parser.add_argument(f"--{trait}", default="", metavar="TEXT")
    parser.add_argument(
        "--criterion", action="append", default=[], metavar="TEXT",
        help="+ before it when it is met, - when it is not; may be repeated",
    )  # fmt: skip
    parser.add_argument("--person", default="", metavar="CODE", help="the person's code in the visit")
    _assessment(parser)
    _assessment(
        with_vault(
            add(commands, "list", "List cases and their standing", casework.list_cases, examples="fieldkit case list"),
            or_store=True,
        )
    )


def _import_cases(commands: Commands) -> None:
    parser = with_vault(
        add(
            commands, "import", "Bring in a case list from Excel or CSV", casework.import_cases,
            more="Columns are told by their headings; names, NHS numbers, dates of birth and addresses are never taken."
            " Nothing is imported where a row is wrong, unless you take the good rows.",
            examples="""fieldkit case import cases.xlsx --dry-run
            fieldkit case import cases.csv --column "Primary need"=need --column Town=place --good-rows""",
        )
    )  # fmt: skip
    parser.add_argument("file", metavar="FILE")
    parser.add_argument(
        "--column", action="append", default=[], metavar="HEADING=FIELD",
        help="what a column is: description, age_band, need, setting, place, ethnicity, carer, criterion or nothing",
    )  # fmt: skip
    parser.add_argument("--sheet", metavar="NAME", help="the sheet; default: the one with most columns that are known")
    parser.add_argument("--good-rows", action="store_true", help="leave the wrong rows and import the others")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be imported")
    _assessment(parser)


def _sample(commands: Commands) -> None:
    parser = with_vault(
        add(
            commands, "sample", "Propose a sample that covers the list, with reasons", casework.sample,
            examples="""fieldkit case sample
            fieldkit case sample --size 10 --reserves 4 --take""",
        )
    )  # fmt: skip
    parser.add_argument("--size", type=int, default=10, metavar="N", help="default: 10")
    parser.add_argument("--reserves", type=int, default=4, metavar="N", help="default: 4")
    parser.add_argument("--take", action="store_true", help="make it the sample")
    _assessment(parser)
    parser = with_vault(
        add(
            commands, "state", "Say where a case stands", casework.set_state,
            examples="""fieldkit case state C07 engaged
            fieldkit case state C09 not-engaged --reason "Moved away" """,
        )
    )  # fmt: skip
    parser.add_argument("case", metavar="CASE")
    parser.add_argument("state", choices=STATES)
    parser.add_argument("--reason", default="", metavar="TEXT")
    _assessment(parser)


def _show(commands: Commands) -> None:
    parser = with_vault(
        add(
            commands, "show", "Show a case with its timeline, waits and gaps", casework.show_case,
            more="--save writes it as PDF with its web page, as .html or as .txt.",
            examples="""fieldkit case show C01
            fieldkit case show C01 --save C01.pdf
            fieldkit case show C01 --save C01.pdf --although "Ben is away; the panel meets today" """,
        )
    )  # fmt: skip
    parser.add_argument("case", metavar="CASE")
    _saving(parser)
    _assessment(parser)


def _compare(commands: Commands) -> None:
    parser = with_vault(
        add(
            commands, "compare", "Show followed cases side by side: waits, handovers, evidence",
            case_lists.compare_cases,
            more="Cases that a consent holds are left out."
            " --save writes it as PDF with its web page, as .html or as .txt.",
            examples="""fieldkit case compare
            fieldkit case compare C01 C03 --gave
            fieldkit case compare --save cases.pdf""",
        )
    )  # fmt: skip
    parser.add_argument("cases", nargs="*", metavar="CASE", help="default: every case that is followed")
    parser.add_argument("--gave", action="store_true", help="what evidence each gave, by statement and category")
    _saving(parser)
    _assessment(parser)


def _paste_touchpoints(commands: Commands) -> None:
    parser = with_vault(
        add(
            commands, "paste", "Add the events of a dated list, all in one go", case_lists.paste_touchpoints,
            more="One event a line, its date first; a semicolon with a date behind it begins another one.",
            examples="""fieldkit touchpoint paste C01 history.txt --dry-run
            pbpaste | fieldkit touchpoint paste C01 - --service "Memory clinic" """,
        )
    )  # fmt: skip
    parser.add_argument("case", metavar="CASE")
    parser.add_argument("file", metavar="FILE", help="a text file, or - for standard input")
    parser.add_argument("--service", default="", metavar="NAME", help="for lines that name none")
    parser.add_argument("--good-lines", action="store_true", help="leave out the lines that do not read")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be added")
    _assessment(parser)


def _gaps(commands: Commands) -> None:
    parser = with_vault(
        add(
            commands, "gaps", "List the gaps of a case, or make one a note that counts", case_lists.gaps_of_case,
            examples="""fieldkit touchpoint gaps C01
            fieldkit touchpoint gaps C01 --note 2
            fieldkit touchpoint gaps C01 --note 2 --text "Nobody took the referral up" --tags "#sp-" """,
        )
    )  # fmt: skip
    parser.add_argument("case", metavar="CASE")
    parser.add_argument("--note", type=int, metavar="NUMBER", help="the gap to make a note of, by its number")
    parser.add_argument("--text", default="", metavar="TEXT", help="default: what the list says of it")
    parser.add_argument("--tags", default="", metavar="TAGS", help="default: a shortfall in moving between services")
    _assessment(parser)


def _add_touchpoints(commands: Commands) -> None:
    parser = with_vault(
        add(
            commands, "add", "Add an event to the timeline of a case", timelines.add_touchpoint,
            more="Tags at the end of what happened (#sp-) make it a note that counts; ! before it marks a concern.",
            examples="""fieldkit touchpoint add C01 --when "14 march" --service "Trust" "Discharged, no letter #sp-"
            fieldkit touchpoint add C01 --when "about 2 april" --service "Nursing" "First visit" --standard 2
            fieldkit touchpoint add C01 --when "9 april" --kind words "Nobody rang me" """,
        )
    )  # fmt: skip
    parser.add_argument("case", metavar="CASE")
    parser.add_argument("text", metavar="TEXT", help="what happened; with --kind words, the exact words")
    parser.add_argument("--when", required=True, metavar="WHEN", help="14 March, about 2 April, April 2026")
    parser.add_argument("--service", default="", metavar="NAME")
    parser.add_argument("--to", default="", metavar="NAME", help="the service a referral or handover goes to")
    parser.add_argument("--kind", choices=KINDS, help="default: told from the words")
    parser.add_argument("--should-have", default="", metavar="TEXT", help="what should have happened")
    parser.add_argument("--source", action="append", default=[], choices=SOURCES, help="may be repeated")
    parser.add_argument("--sources-differ", action="store_true")
    parser.add_argument("--words", default="", metavar="TEXT", help="exact words beside what happened")
    parser.add_argument("--standard", default="", metavar="DAYS", help="the longest wait in order")
    parser.add_argument(
        "--check", action="append", default=[], metavar="POINT=ANSWER", help=f"of a handover: {', '.join(POINTS)}"
    )
    parser.add_argument("--i-statement", action="append", default=[], metavar="TEXT", help="may be repeated")
    _assessment(parser)
    for name, summary, run in (
        ("list", "List the events of a case in order, with waits", timelines.list_touchpoints),
        ("show", "Show one event, by its number in the list", timelines.show_touchpoint),
    ):
        example = f"fieldkit touchpoint {name} C01" + (" 3" if name == "show" else "")
        parser = with_vault(add(commands, name, summary, run, examples=example))
        parser.add_argument("case", metavar="CASE")
        if name == "show":
            parser.add_argument("number", type=int, metavar="NUMBER")
        _assessment(parser)


def _saving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--save", metavar="FILE", help="write it to FILE")
    parser.add_argument(
        "--although", default="", metavar="WHY",
        help="why it is written although questions are open (see fieldkit question list); stands on the paper",
    )  # fmt: skip


def _assessment(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--assessment", metavar="NAME", help="name or id; not needed while there is one only")
