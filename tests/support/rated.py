"""A visit under a pack with ratings by characteristics and no scores, as its main and only framework."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cli.conftest import Shell

WORDS = re.compile(r"\b(scores?|scored|per cent|quality statements?)\b|\d%", re.IGNORECASE)
"""What nobody should read where there are no scores."""


def rate(shell: Shell, tmp_path: Path) -> None:
    """A provider's visit by command, with a bit of everything that screens show and reports are made of."""
    shell.ok("vault", "create", "--name", "A. Lead", "--initials", "AL")
    shell.ok("assessment", "add", "Moor Homes", "--subject", "provider", "--pack", "provider@2026.1")
    shell.ok("visit", "add", "Visit 1", "--on", "12 November 2026", "--until", "13 November 2026")
    shell.ok("activity", "add", "Managers", "--agenda", "-", stdin="08:00 Welcome\n08:30 Falls\n")
    for words in (
        "Staff tell families when something went wrong #lc+",
        "Alarms went unheard at night #sg-",
        "Rails #ip-",
    ):
        shell.ok("note", "add", words, "--activity", "Managers")
    good, short, _ = [one["id"] for one in shell.json("note", "list")]
    shell.ok("score", "judge", "lc", "Errors are told", "--rating", "good", "--relies-on", good)
    shell.ok("score", "judge", "sg", "Alarms go unheard", "--rating", "inadequate", "--relies-on", short)
    shell.ok("score", "moderate", "lc", "Errors are told", "--rating", "outstanding", "--reason", "Two sources")
    shell.ok("finding", "add", "Errors are told", "--statement", "lc", "--note", good, "--bearing", "strength")
    shell.ok("finding", "add", "Alarms go unheard", "--statement", "sg", "--note", short, "--bearing", "shortfall")
    shell.ok("section", "set", "direction", "S", "Improving.")
    shell.ok("activity", "add", "Matron", "--kind", "interview")
    shell.ok("interview", "consent", "Matron", "--agreed", "yes", "--quotes", "yes")
    shell.ok("interview", "start", "Interview 01")
    shell.ok("interview", "answer", "Interview 01", "-", '"Nobody rang me" #sg-')
    shell.ok("escalation", "add", "No cover tonight", "--danger", "no")
    cases = tmp_path / "cases.csv"
    cases.write_text("Description,Age,Need\nWoman fell,83,Frailty\n", encoding="utf-8")
    shell.ok("case", "import", str(cases))
    shell.ok("touchpoint", "add", "C01", "Discharged, no letter #sg-", "--when", "2 march", "--service", "Trust")
    draft = tmp_path / "draft.txt"
    draft.write_text("The draft", encoding="utf-8")
    shell.ok("accuracy", "send", str(draft), "--to", "Moor Homes", "--on", "today")
    shell.ok("accuracy", "add", "3.2", "43 should be 34", "--kind", "typographical", "--body", "Moor")
    shell.ok("improve", "add", "Cover at night", "--owner", "Manager", "--due", "tomorrow")
