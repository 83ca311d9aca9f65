"""Escalations and quality risks by command: recorded, told, closed, printed, refused where something is missing."""

from __future__ import annotations

from tests.cli.conftest import Shell

WHAT = "No medical cover on Ward 4 tonight"


def test_a_risk_is_recorded_told_and_closed(settled: Shell) -> None:
    said = settled.ok("escalation", "add", WHAT, "--danger", "yes", "--where", "Ward 4", "--activity", "Board meeting")
    assert "Call 999 first" in said.err
    assert "No one has been told by this app" in said.err
    assert "Recorded, no contact yet" in said.out
    (one,) = settled.json("escalation", "list")
    assert (one["stage"], one["priority"], one["delivered_at"]) == ("no_contact", "p1", None)
    short = one["id"][-8:]
    settled.ok("escalation", "contact", short, "--told", "Ward manager", "--said", "will ring", "--how", "phone")
    assert "Contact recorded 09:1" in settled.ok("escalation", "list").out
    assert settled("escalation", "close", short, "--outcome", " ", "--json").problem == "escalation.no_outcome"
    settled.ok("escalation", "decide", short, "--criterion", "first_to_hear", "--priority", "p2")
    assert settled("escalation", "close", short, "--outcome", "Safe", "--json").problem == "escalation.no_referral"
    settled.ok("escalation", "decide", short, "--referral", "made", "--reference", "SG-12")
    closed = settled.json("escalation", "close", short, "--outcome", "Cover found from 20:00")
    assert (closed["stage"], closed["closed_by"], closed["criteria"]["first_to_hear"]) == ("closed", "A. Lead", True)
    assert settled.json("escalation", "list", "--open") == []
    assert settled.json("escalation", "reopen", short)["outcome"] == ""
    again = settled.ok("escalation", "reopen", short)
    assert "This escalation is open. Nothing was changed" in again.err
    assert settled.json("vault", "verify")["is_whole"] is True


def test_999_comes_first_also_where_nothing_can_be_recorded(settled: Shell) -> None:
    said = settled("escalation", "add", WHAT, "--danger", "yes", "--activity", "No such meeting")
    assert said.code == 2
    assert said.err.startswith("Call 999 first.\n")
    assert not settled("escalation", "add", WHAT, "--danger", "no").err.startswith("Call 999")


def test_a_sheet_says_what_the_screen_says(settled: Shell) -> None:
    made = settled.json("escalation", "add", WHAT, "--danger", "no", "--visit", "Visit 2", "--who", "22 patients")
    sheet = settled.home / "sheet.html"
    settled.ok("escalation", "sheet", made["id"], "--to", str(sheet))
    page = sheet.read_text(encoding="utf-8")
    for words in (WHAT, "Recorded, no contact yet", "P2, act today", "22 patients", "Not considered yet"):
        assert words in page


def test_a_level_is_refused_where_its_authoriser_does_not_match(settled: Shell) -> None:
    wrong = settled("risk", "set", "Cover at night", "--level", "intensive", "--authority", "icb", "--reasons", "x",
                    "--review", "2026-11-26", "--json")  # fmt: skip
    assert wrong.problem == "risk.authority_intensive"
    risk = settled.json("risk", "set", "Cover at night", "--level", "enhanced", "--authority", "icb", "--reasons",
                        "Third time", "--review", "26 November 2026")  # fmt: skip
    settled.ok("risk", "review", risk["id"], "--kind", "rapid_quality_review", "--called-by", "regulator",
               "--plan", "Rota by Friday", "--next", "2026-11-20")  # fmt: skip
    down = ("risk", "set", "--change", risk["id"][-8:], "--level", "routine", "--authority", "place")
    assert settled(*down, "--json").problem == "risk.no_step_down_reason"
    assert settled.json(*down, "--step-down", "Rota is full")["level"] == "routine"
    said = settled.ok("risk", "show", risk["id"]).out
    assert "For discussion. The decision belongs to the ICB or NHS England." in said
    assert "Enhanced assurance" in said
    assert "Rapid Quality Review, called by Regulator" in said
    assert settled.json("risk", "list")[0]["next_on"] == "2026-11-20"


def test_nothing_is_said_to_be_sent_on_a_laptop_of_its_own(settled: Shell) -> None:
    settled.ok("escalation", "add", WHAT, "--danger", "unknown", "--assessment", "Northshire")
    out = settled.ok("escalation", "list").out.casefold()
    assert "working on this laptop only" in out
    assert not any(word in out for word in ("sent", "notified", "alerted"))
