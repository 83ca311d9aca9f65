"""All commands, put together."""

from __future__ import annotations

import argparse
from functools import cache

from fieldkit import __version__
from ui.cli import (
    about_access,
    about_accuracy,
    about_blanks,
    about_cases,
    about_central,
    about_coverage,
    about_days,
    about_demo,
    about_disclosures,
    about_escalations,
    about_export,
    about_files,
    about_findings,
    about_frameworks,
    about_guides,
    about_handing_over,
    about_import,
    about_interviews,
    about_leaving,
    about_notes,
    about_packs,
    about_pairing,
    about_questions,
    about_records,
    about_reports,
    about_requests,
    about_scores,
    about_sending,
    about_texts,
    about_vault,
    about_visits,
)
from ui.cli.parser import HelpLayout, Parser

_EPILOG = """\
Without a command the window opens.

examples:
  fieldkit demo                              see the main job from end to end in half a minute
  fieldkit vault create --name "A. Lead" --initials AL --sheet recovery.pdf
  fieldkit note add "ch: waits fell again in Moor #lc+" --activity "Board meeting"
  fieldkit send --dry-run

A passphrase is asked for, or read from --passphrase-file FILE or FIELDKIT_PASSPHRASE; it is never an argument.
Exit codes: 0 done; 1 something wrong was found; 2 a mistake on the command line or in what was given; 3 trouble with
disk, network or passphrase; 4 refused by the central store or a rule; 70 a fault in FieldKit itself.
"""


@cache
def make_parser() -> Parser:
    """The whole command line; made once, which takes 40 ms, however many commands one process runs."""
    parser = Parser(
        prog="fieldkit",
        description="Offline fieldwork for assessors: notes in an encrypted vault, handed in when connected.",
        epilog=_EPILOG,
        formatter_class=HelpLayout,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"FieldKit {__version__}")
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=None, lacking=parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for about in (
        about_vault, about_visits, about_notes, about_access, about_blanks, about_cases, about_coverage, about_findings,
        about_scores,
        about_escalations, about_files, about_sending, about_handing_over, about_pairing, about_export,
        about_import, about_days, about_accuracy,
        about_guides, about_interviews,
        about_texts, about_packs, about_frameworks, about_questions, about_records, about_reports, about_leaving,
        about_requests, about_disclosures, about_central, about_demo,
    ):  # fmt: skip
        about.add_to(commands)
    return parser
