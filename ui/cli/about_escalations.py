"""``fieldkit escalation …`` and ``fieldkit risk …``."""

from __future__ import annotations

import argparse

from ui.cli import escalating, risking
from ui.cli.parser import Commands, add, group, with_vault

_TELLS_NOBODY = "FieldKit tells nobody: ring first. What is recorded leaves before everything else, once you send."
_HOW = ("in_person", "phone", "email", "other")
_PRIORITIES = ("p1", "p2", "p3", "p4")
_CRITERIA = (
    "first_to_hear", "provider_implicated", "not_referred_in_time", "doubt_they_can", "institutional_abuse",
)  # fmt: skip
_AUTHORITIES = ("place", "icb", "region", "nhs_england", "regulator", "local_authority")


def add_to(commands: Commands) -> None:
    """Add both groups."""
    found = group(
        commands, "escalation", "Escalations: record a risk, who was told, close, list, show, print",
        "fieldkit escalation list",
    )  # fmt: skip
    _add_add(found)
    _add_contact(found)
    _add_decide(found)
    _add_close(found)
    _add_reading(found)
    risks = group(commands, "risk", "Quality risks: level, authoriser, reviews", "fieldkit risk list")
    _add_risk_set(risks)
    _add_risk_review(risks)
    _add_risk_reading(risks)


def _add_add(found: Commands) -> None:
    parser = with_vault(
        add(
            found, "add", "Record a risk", escalating.add_one, more=_TELLS_NOBODY,
            examples="""fieldkit escalation add "No medical cover on Ward 4 tonight" --danger no --where "Ward 4"
            fieldkit escalation add "Door to the stairs is locked" --danger yes --activity "Ward visit" """,
        )
    )  # fmt: skip
    parser.add_argument("what", metavar="WHAT", help="what is happening")
    parser.add_argument("--danger", required=True, choices=("yes", "no", "unknown"), help="is anyone in danger now")
    parser.add_argument("--where", metavar="PLACE", default="")
    parser.add_argument("--who", metavar="WHO", default="", help="who is at risk; a code or a number, no names")
    parser.add_argument("--organisation", metavar="NAME", default="")
    parser.add_argument("--priority", choices=_PRIORITIES, help="default: p2 without danger, else p1")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--note", metavar="NOTE", help="the note it comes from")
    where.add_argument("--activity", metavar="NAME", help="the activity it comes from")
    where.add_argument("--visit", metavar="NAME", help="the visit it belongs to")
    parser.add_argument("--assessment", metavar="NAME", help="where none of these says it")


def _add_contact(found: Commands) -> None:
    parser = with_vault(
        add(
            found, "contact", "Record who was told and what they said they would do", escalating.contact,
            examples='fieldkit escalation contact 7a9d3f5e --told "Ward manager" --said "will ring" --at 10:34',
        )
    )  # fmt: skip
    _one(parser).add_argument("--told", required=True, metavar="WHO", help="their role, not their name")
    parser.add_argument("--said", required=True, metavar="WORDS")
    parser.add_argument("--at", default="", metavar="HH:MM", help="default: now")
    parser.add_argument("--how", choices=_HOW, default="in_person")
    parser.add_argument("--by", default="", metavar="NAME", help="who told them (default: you)")
    parser.add_argument("--answer-due", default="", metavar="HH:MM")


def _add_decide(found: Commands) -> None:
    parser = with_vault(
        add(
            found, "decide", "Change the priority, the criteria for a referral, what became of it", escalating.change,
            examples="""fieldkit escalation decide 7a9d3f5e --criterion first_to_hear --referral made --reference SG-12
            fieldkit escalation decide 7a9d3f5e --no-criterion --referral not_needed""",
        )
    )  # fmt: skip
    _one(parser).add_argument("--priority", choices=_PRIORITIES)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--criterion", action="append", choices=_CRITERIA, help="applies; may be given several times")
    which.add_argument("--no-criterion", action="store_true", help="all five were considered and none applies")
    parser.add_argument("--referral", choices=("undecided", "made", "not_needed"))
    parser.add_argument("--reference", metavar="TEXT")


def _add_close(found: Commands) -> None:
    parser = with_vault(
        add(
            found, "close", "Close with the outcome", escalating.close,
            examples='fieldkit escalation close 7a9d3f5e --outcome "Cover found from 20:00"',
        )
    )  # fmt: skip
    _one(parser).add_argument("--outcome", required=True, metavar="WORDS")
    again = with_vault(
        add(found, "reopen", "Take a closing back", escalating.reopen, examples="fieldkit escalation reopen 7a9d3f5e")
    )
    _one(again)


def _add_reading(found: Commands) -> None:
    listed = with_vault(
        add(
            found, "list", "List escalations, the most urgent first", escalating.list_all,
            examples="fieldkit escalation list --open --json",
        )
    )  # fmt: skip
    listed.add_argument("--open", action="store_true", dest="only_open", help="leave closed ones out")
    listed.add_argument("--assessment", metavar="NAME", help="only of this one (name or id)")
    shown = with_vault(
        add(
            found, "show", "Show everything of one; a team-mate's is marked as seen by you", escalating.show,
            examples="fieldkit escalation show 7a9d3f5e",
        )
    )  # fmt: skip
    _one(shown)
    sheet = with_vault(
        add(
            found, "sheet", "Write a sheet to print", escalating.sheet,
            more="The kind is that of the name: .pdf, .html or .txt. The file is not encrypted.",
            examples="fieldkit escalation sheet 7a9d3f5e --to escalation.pdf",
        )
    )  # fmt: skip
    _one(sheet).add_argument("--to", required=True, metavar="FILE")


def _add_risk_set(risks: Commands) -> None:
    parser = with_vault(
        add(
            risks, "set", "Record a quality risk at a level, or change one", risking.set_one,
            more="For discussion. The decision belongs to the ICB or NHS England. Routine is authorised by the ICB or "
            "place, enhanced by the ICB, intensive by NHS England.",
            examples="""fieldkit risk set "Night cover" --level enhanced --authority icb --reasons Gaps --review today
            fieldkit risk set --change 7a9d3f5e --level routine --authority place --step-down "Rota is full\"""",
        )
    )  # fmt: skip
    parser.add_argument("concern", metavar="CONCERN", nargs="?", default="", help="what the risk is")
    parser.add_argument("--change", metavar="RISK", help="another level for this one; what is left out stays")
    parser.add_argument("--level", choices=("routine", "enhanced", "intensive"))
    parser.add_argument("--authority", choices=_AUTHORITIES)
    parser.add_argument("--by", default="", metavar="NAME", help="name or post of who authorised it")
    parser.add_argument("--with-region", action="store_true", help="the region takes part (enhanced)")
    parser.add_argument("--on", default="today", metavar="DATE", help="when it was authorised (default: today)")
    parser.add_argument("--organisation", default="", metavar="NAME")
    parser.add_argument("--reasons", default="", metavar="WORDS")
    parser.add_argument("--review", default="", metavar="DATE", help="to be looked at again by")
    parser.add_argument("--step-down", default="", metavar="WORDS", help="reason for a lower level")
    parser.add_argument("--assessment", metavar="NAME")


def _add_risk_review(risks: Commands) -> None:
    parser = with_vault(
        add(
            risks, "review", "Record a Rapid Quality Review or a Quality Improvement Group", risking.review,
            examples="fieldkit risk review 7a9d3f5e --kind rapid_quality_review --called-by icb --on 2026-11-18",
        )
    )  # fmt: skip
    parser.add_argument("risk", metavar="RISK", help="its id, or the end of it as lists show it")
    parser.add_argument("--kind", required=True, choices=("rapid_quality_review", "quality_improvement_group"))
    parser.add_argument("--called-by", required=True, choices=_AUTHORITIES)
    parser.add_argument("--on", default="today", metavar="DATE")
    parser.add_argument("--plan", default="", metavar="WORDS", help="the improvement plan")
    parser.add_argument("--next", default="", metavar="DATE", dest="next_on")
    parser.add_argument("--outcome", default="", metavar="WORDS", help="ends it")


def _add_risk_reading(risks: Commands) -> None:
    listed = with_vault(
        add(risks, "list", "List quality risks, the closest watched first", risking.list_all,
            examples="fieldkit risk list")
    )  # fmt: skip
    listed.add_argument("--assessment", metavar="NAME", help="only of this one (name or id)")
    shown = with_vault(
        add(risks, "show", "Show everything of one, with its earlier levels", risking.show,
            examples="fieldkit risk show 7a9d3f5e")
    )  # fmt: skip
    shown.add_argument("risk", metavar="RISK", help="its id, or the end of it as lists show it")


def _one(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("escalation", metavar="ESCALATION", help="its id, or the end of it as lists show it")
    return parser
