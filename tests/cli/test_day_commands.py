"""The end-of-day sheet by command: filled, taken over, stated, finished, printed; what is wrong is said."""

from __future__ import annotations

from tests.cli.conftest import Shell


def test_a_day_goes_from_blank_to_a_finished_sheet_on_paper(settled: Shell) -> None:
    blank = settled.json("day", "show")
    assert (blank["status"], blank["items"]) == ("Draft", [])
    settled.ok("escalation", "add", "No cover on Ward 4 tonight", "--danger", "no")
    proposed = settled.json("day", "show")["proposed"][0]
    assert proposed["section"] == "alert"
    taken = settled.json("day", "take", proposed["name"][-8:])
    assert taken["about"] == proposed["about"]
    settled.ok("day", "change", taken["id"][-8:], "--text", "No cover on Ward 4", "--level", "intensive")
    assert settled("day", "finish", "--json").problem == "day.unstated"
    settled.ok("day", "none", "advise")
    made = settled.json("day", "add", "assure", "Learning from falls is shared")
    settled.ok("day", "remove", made["id"][-8:])
    assert settled("day", "finish", "--json").problem == "day.unstated"
    settled.ok("day", "remove", made["id"][-8:], "--back")
    done = settled.json("day", "finish")
    assert (done["status"], done["none"]) == ("Finished", ["advise"])
    paper = settled.home / "today.txt"
    settled.ok("day", "print", "--to", str(paper))
    by_kind = settled.home / "same.txt"
    settled.ok("report", "make", "end-of-day", "--out", str(by_kind))
    for one in (paper, by_kind):
        said = one.read_text(encoding="utf-8")
        assert "Intensive" in said
        assert "None. Stated by A. Lead." in said


def test_what_is_wrong_is_said(settled: Shell) -> None:
    assert settled("day", "add", "worry", "Words", "--json").problem == "day.section"
    assert settled("day", "take", "nothing-like-it", "--json").problem == "day.unknown_proposal"
    assert settled("day", "change", "12345678", "--text", "x", "--json").problem == "day.unknown_item"
    assert settled("day", "none", "tomorrow", "--json").problem == "day.not_stated"
