"""``fieldkit score …``."""

from __future__ import annotations

import argparse

from ui.cli import scoring
from ui.cli.parser import Commands, add, group, with_vault

_PROVISIONAL = """\
Scores are provisional: what a team works with, not a judgement that the regulator has published. How they are added up,
rounded and read as ratings is said by the framework pack."""
_WORDS_FIRST = "The judgement comes first, then the score; a score names the notes that it relies on."


def add_to(commands: Commands) -> None:
    """Add the group."""
    found = group(
        commands, "score", "Scores: judge, moderate, override, try out, print the trace", "fieldkit score list"
    )
    _add_reading(found)
    _add_judge(found)
    _add_moderate(found)
    _add_override(found)


def _add_reading(found: Commands) -> None:
    listed = with_vault(
        add(
            found, "list", "Show every score that stands and what follows", scoring.list_all, more=_PROVISIONAL,
            examples="""fieldkit score list
            fieldkit score list --what-if Q2=3 L3=4
            fieldkit score list --json""",
        ),
        or_store=True,
    )  # fmt: skip
    _where(listed)
    listed.add_argument(
        "--what-if", metavar="STATEMENT=SCORE", nargs="+", default=[], help="try other scores out; nothing is saved"
    )
    listed.add_argument("--limiter", metavar="ID", action="append", default=[], help="apply a rule that is off")
    shown = with_vault(
        add(found, "show", "Show one statement: every assessor's judgement, and what wants another look", scoring.show,
            examples="fieldkit score show Q2"),
        or_store=True,
    )  # fmt: skip
    _of(shown)
    told = with_vault(
        add(found, "history", "Show every account of a score: who, when, old, new, why", scoring.history,
            more="For a theme's figure or 'overall' it tells of its overrides.",
            examples="""fieldkit score history Q2
            fieldkit score history overall"""),
        or_store=True,
    )  # fmt: skip
    _of(told)
    blind = with_vault(
        add(found, "blind", "Hide what others gave until your own score is saved", scoring.blind,
            more="Hidden by lists, screens, search, the trace and reports on this laptop. The records lie on it all "
            "the same: what is taken out (fieldkit export) holds them.",
            examples="fieldkit score blind on")
    )  # fmt: skip
    blind.add_argument("choice", choices=("on", "off"))
    _where(blind)
    traced = with_vault(
        add(
            found, "trace", "Write all that the ratings rest on, to be redone by hand", scoring.trace,
            more="The kind is that of the name: .pdf, .html or .txt. The file is not encrypted. It names notes by id, "
            "date, source and category, and holds none of their words.",
            examples="fieldkit score trace --to scores.pdf",
        ),
        or_store=True,
    )  # fmt: skip
    _where(traced)
    traced.add_argument("--to", required=True, metavar="FILE")


def _add_judge(found: Commands) -> None:
    parser = with_vault(
        add(
            found, "judge", "Record or change your own judgement of a statement", scoring.judge_one, more=_WORDS_FIRST,
            examples="""fieldkit score judge Q2 "Learning is shared, but late" --score 2 --relies-on 7a9d3f5e 1c0b22aa
            fieldkit score judge Q2 "One source only" --too-little-evidence
            fieldkit score judge S2 "People feel safe" --rating good --relies-on 7a9d3f5e --pack provider""",
        )
    )  # fmt: skip
    _of(parser)
    parser.add_argument("text", metavar="JUDGEMENT", help="why, in words")
    _mark(parser)
    parser.add_argument("--relies-on", metavar="NOTE", nargs="+", default=[], help="notes that it rests on")
    parser.add_argument("--against", metavar="NOTE", nargs="+", default=[], help="notes that point the other way")
    parser.add_argument("--confidence", choices=("low", "medium", "high"))
    parser.add_argument("--carried-from", metavar="DATE", default="", help="carried forward from an earlier judgement")


def _add_moderate(found: Commands) -> None:
    parser = with_vault(
        add(
            found, "moderate", "Settle the score of a statement for the team", scoring.moderate_one,
            more="What each assessor had given is kept with it: before and after, who and why.",
            examples='fieldkit score moderate Q2 "Learning is shared, but late" --score 2 --reason "Two sources agree"',
        )
    )  # fmt: skip
    _of(parser)
    parser.add_argument("text", metavar="JUDGEMENT", help="the team's judgement in words")
    _mark(parser)
    parser.add_argument("--reason", metavar="WORDS", default="", help="why the team settled on it")


def _add_override(found: Commands) -> None:
    parser = with_vault(
        add(
            found, "override", "Give a rating other than the scores add up to", scoring.override_one,
            more="Both figures are shown ever after. It wants a rationale and who approved it.",
            examples="""fieldkit score override overall --rating inadequate --rationale "Late care" --approver "B. C."
            fieldkit score override overall --none --rationale "Taken back" --approver "B. Chief\"""",
        )
    )  # fmt: skip
    parser.add_argument("figure", metavar="FIGURE", help="overall, or a theme by its letter or title")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--rating", metavar="RATING", help="its id or name in the pack")
    which.add_argument("--none", action="store_true", help="take an override back")
    parser.add_argument("--rationale", metavar="WORDS", default="")
    parser.add_argument("--approver", metavar="NAME", default="")
    _where(parser)


def _of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("statement", metavar="STATEMENT", help="its code, place (Q2) or title; a theme's letter")
    parser.add_argument("--category", metavar="CATEGORY", help="where the pack scores evidence categories")
    _where(parser)


def _mark(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--score", type=int, metavar="NUMBER")
    which.add_argument(
        "--rating", dest="step", metavar="WORD", help="a rating by its word, where the framework gives no scores"
    )
    which.add_argument("--too-little-evidence", action="store_true", help="there is too little evidence for a score")


def _where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--assessment", metavar="NAME", help="name or id; not needed while there is only one")
    parser.add_argument("--pack", metavar="ID", help="another framework of the assessment than its main one")
