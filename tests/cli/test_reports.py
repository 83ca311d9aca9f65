"""``fieldkit report``: every kind by one command, saved as what its name says, never over what is there."""

from __future__ import annotations

from fieldkit.app.report_catalogue import REPORTS
from tests.cli.conftest import Shell


def test_every_kind_is_listed_with_what_it_is_about(settled: Shell) -> None:
    listed = settled.json("report", "list")
    assert [one["id"] for one in listed] == [one.id for one in REPORTS]
    assert all(one["what"].endswith(".") for one in listed)


def test_a_report_is_saved_with_its_web_page_and_never_over_what_is_there(settled: Shell) -> None:
    target = settled.home / "trace.pdf"
    made = settled.json("report", "make", "score-trace", "--out", str(target))
    assert made["files"] == [str(target), str(target.with_suffix(".html"))]
    assert target.read_bytes().startswith(b"%PDF")
    assert "How the scores were worked out" in target.with_suffix(".html").read_text(encoding="utf-8")
    again = settled("report", "make", "score-trace", "--out", str(target), "--json")
    assert (again.code, again.problem) == (2, "report.exists")
    settled.ok("report", "make", "score-trace", "--out", str(target), "--replace")


def test_what_to_look_at_before_it_leaves_is_told_and_never_its_words(settled: Shell) -> None:
    settled.ok("note", "add", "Rang 01632 960 001 and 943 476 5919 #lc", "--activity", "Board meeting")
    target = settled.home / "pack.txt"
    made = settled("report", "make", "evidence-pack", "--statement", "lc", "--out", str(target))
    assert made.code == 0
    assert "Check before it leaves: 2 things" in made.err
    assert "1 NHS number stands in it" in made.err
    assert "943" not in made.err + made.out


def test_what_is_wrong_is_said_and_nothing_is_written(settled: Shell) -> None:
    target = settled.home / "a.docm"
    assert settled("report", "make", "score-trace", "--out", str(target), "--json").problem == "report.suffix"
    assert settled("report", "make", "nothing", "--out", str(target), "--json").problem == "report.unknown"
    assert settled("report", "make", "case-pathway", "--out", "a.txt", "--json").problem == "cli.none_yet"
    assert not target.exists()
