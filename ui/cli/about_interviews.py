"""``fieldkit interview …`` and ``fieldkit dropin …``."""

from __future__ import annotations

import argparse

from ui.cli import drop_ins as dropping
from ui.cli import gathering, interviewing
from ui.cli.paper import add_paper
from ui.cli.parser import Commands, add, group, with_vault

ATTRIBUTIONS = ("not-attributable", "by-role", "by-name")
QUOTES = ("unnamed", "yes", "ask", "no")
AGREED = ("yes", "no", "for-them", "power")
BANDS = ("person", "carer", "staff", "leader", "partner")
_CONSENT = """\
Nothing can be noted in an interview or focus group before its consent is recorded. Without --attribution it is
not attributable: wherever its notes are listed, the interview's reference stands in place of who spoke."""
_WHO = """\
WHO is how many people, then a letter, then minutes if the clock does not tell: 3s, p, c10.
p person who uses services, c carer, s staff, l leader, a another organisation, o other."""


def add_to(commands: Commands) -> None:
    """Add both groups."""
    interviews = group(commands, "interview", "Interviews and focus groups", "fieldkit interview list")
    _add_begin(interviews)
    _add_asking(interviews)
    _add_people(interviews)
    _add_reading(interviews)
    _add_drop_ins(group(commands, "dropin", "Drop-ins: short anonymous conversations", "fieldkit dropin list"))


def _add_begin(interviews: Commands) -> None:
    start = with_vault(
        add(
            interviews, "start", "Choose the questions of an interview, or a blank page", interviewing.start,
            examples='fieldkit interview start "Interview: matron" --guide staff',
        )
    )  # fmt: skip
    _one(start).add_argument("--guide", metavar="GUIDE", help="title or id; without it a blank page")
    start.add_argument("--people", type=int, metavar="N", help="how many people are there (a focus group)")
    consent = with_vault(
        add(
            interviews, "consent", "Record or change the consent", interviewing.consent, more=_CONSENT,
            examples="""fieldkit interview consent "Interview: matron" --agreed yes --quotes unnamed
            fieldkit interview consent "Interview 03" --agreed yes --quotes yes --attribution by-role --role Nurse \\
              --reason "She asked for it" """,
        )
    )  # fmt: skip
    _one(consent).add_argument("--agreed", choices=AGREED, required=True)
    consent.add_argument("--how", choices=("spoken", "written"), default="spoken")
    consent.add_argument("--attribution", choices=ATTRIBUTIONS, default="not-attributable")
    consent.add_argument("--quotes", choices=QUOTES, help="may exact words be used (needed unless they refused)")
    consent.add_argument("--contact-again", action="store_true")
    consent.add_argument("--band", choices=BANDS, help="whom they speak for")
    for name, words in (
        ("role", "broad role"), ("name", "only with by-name"), ("given-by", "who agreed for them"),
        ("why", "why somebody else agreed"), ("power", "the legal power used"),
        ("reason", "why it protects less than before"), ("person", "number of one of a group"),
    ):  # fmt: skip
        consent.add_argument(f"--{name}", default="", help=words)
    withdraw = with_vault(
        add(
            interviews, "withdraw", "The person withdraws: every note of it is held", interviewing.withdraw,
            examples='fieldkit interview withdraw "Interview 03" --reason "Worried for her job"',
        )
    )  # fmt: skip
    _one(withdraw).add_argument("--on", metavar="DAY", default="", help="default: today")
    withdraw.add_argument("--reason", default="")
    withdraw.add_argument("--person", default="", help="number of one of a group: only what they said")


def _add_asking(interviews: Commands) -> None:
    answer = with_vault(
        add(
            interviews, "answer", "Note an answer; the question's statements are added", interviewing.answer,
            examples="""fieldkit interview answer "Interview 03" 4 '"I heard nothing for six weeks" #lc-'
            fieldkit interview answer "Interview 03" - "Seemed in a hurry" """,
        )
    )  # fmt: skip
    _one(answer).add_argument("question", metavar="QUESTION", help="number or word; - for a free note")
    answer.add_argument("text", metavar="TEXT")
    add_paper(answer, "said")
    skip = with_vault(
        add(
            interviews, "skip", "Pass a question over", interviewing.skip,
            examples='fieldkit interview skip "Interview 03" 5 --reason "No time"',
        )
    )  # fmt: skip
    _one(skip).add_argument("question", metavar="QUESTION", help="number or word")
    skip.add_argument("--reason", default="")
    skip.add_argument("--elsewhere", action="store_true", help="it was answered under another question")
    ask = with_vault(
        add(
            interviews, "ask", "Add a question of your own; tags in it are its statements", gathering.ask,
            examples="""fieldkit interview ask "Interview 03" "Who helps at night? #st" --after 4
            fieldkit interview answer "Interview 03" 5 "Nobody" """,
        )
    )  # fmt: skip
    _one(ask).add_argument("text", metavar="TEXT")
    ask.add_argument("--after", metavar="QUESTION", help="number or word of the question before it (default: the last)")


def _add_people(interviews: Commands) -> None:
    join = with_vault(
        add(
            interviews, "join", "Somebody joins a focus group, or is back", gathering.join,
            examples="""fieldkit interview join "Focus group 01"
            fieldkit interview join "Focus group 01" 2 --at 10:20""",
        )
    )  # fmt: skip
    _one(join).add_argument("person", metavar="PERSON", nargs="?", default="", help="number; without it the next one")
    leave = with_vault(
        add(
            interviews, "leave", "Somebody leaves a focus group", gathering.leave,
            examples='fieldkit interview leave "Focus group 01" 2 --at 10:05',
        )
    )  # fmt: skip
    _one(leave).add_argument("person", metavar="PERSON", help="number")
    for parser in (join, leave):
        parser.add_argument("--at", metavar="HH:MM", help="when they came or went (default: now)")


def _add_reading(interviews: Commands) -> None:
    with_vault(
        add(interviews, "list", "List interviews and focus groups", interviewing.list_interviews,
            examples="fieldkit interview list --json")
    )  # fmt: skip
    shown = with_vault(
        add(interviews, "show", "Show an interview: consent, questions, notes", interviewing.show,
            examples='fieldkit interview show "Interview 03"')
    )  # fmt: skip
    _one(shown)


def _add_drop_ins(drop_ins: Commands) -> None:
    added = with_vault(
        add(
            drop_ins, "add", "Record a conversation", dropping.add_conversation, more=_WHO,
            examples="""fieldkit dropin add 3s10 "Nobody answers the bell at night #st-"
            fieldkit dropin add p5""",
        )
    )  # fmt: skip
    added.add_argument("who", metavar="WHO")
    added.add_argument("text", metavar="TEXT", nargs="?", default="")
    added.add_argument("--activity", metavar="NAME", help="name or id; not needed while there is only one drop-in")
    add_paper(added, "said, with its minutes in WHO")
    for name, words in (("list", "List drop-ins with what they came to"), ("show", "Show the conversations of one")):
        do = dropping.list_drop_ins if name == "list" else dropping.show_drop_in
        parser = with_vault(add(drop_ins, name, words, do, examples=f"fieldkit dropin {name}"))
        if name == "show":
            parser.add_argument("activity", metavar="NAME", nargs="?", help="not needed while there is only one")


def _one(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("interview", metavar="INTERVIEW", help="reference, name of the activity, or id")
    return parser
