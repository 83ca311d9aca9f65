"""A programme re-planned by commands: changed, cancelled, moved, pasted; what was planned before stays in the log."""

from __future__ import annotations

from tests.cli.conftest import Shell


def test_a_visit_is_renamed_and_moved(settled: Shell) -> None:
    made = settled.json("visit", "change", "Visit 2", "--name", "Second visit", "--on", "14 November 2026")
    assert (made["name"], made["starts_on"], made["ends_on"]) == ("Second visit", "2026-11-14", "2026-11-14")
    assert settled("visit", "change", "Second", "--on", "14 November", "--json").problem == "visit.date_year"
    assert "Second visit" in settled.ok("visit", "list").out


def test_a_visit_is_archived_and_brought_back(settled: Shell) -> None:
    assert settled.json("visit", "archive", "Visit 2")["archived"] is True
    assert settled.json("visit", "archive", "Visit 2", "--bring-back")["archived"] is False


def test_an_activity_is_changed_and_its_history_kept(settled: Shell) -> None:
    before = settled.json("vault", "info")["revisions"]
    made = settled.json(
        "activity", "change", "Board", "--starts", "10.00", "--ends", "12:00", "--kind", "drop-in", "--place", "Hall"
    )
    assert (made["starts"], made["ends"], made["kind"], made["place"]) == ("10:00", "12:00", "drop_in", "Hall")
    assert settled.json("vault", "info")["revisions"] == before + 1
    assert settled("activity", "change", "Board", "--ends", "noon", "--json").problem == "activity.ends"


def test_an_activity_with_notes_stays_on_its_visit(settled: Shell) -> None:
    settled.ok("visit", "add", "Visit 3", "--on", "20 November 2026")
    settled.ok("activity", "add", "Matron", "--visit", "Visit 2", "--kind", "interview")
    moved = settled.json("activity", "change", "Matron", "--to", "Visit 3")
    assert moved["on"] == "2026-11-20"
    settled.ok("note", "add", "ch: waits fell again #lc+", "--activity", "Board")
    assert settled("activity", "change", "Board", "--to", "Visit 3", "--json").problem == "activity.has_notes"


def test_an_activity_is_cancelled_and_brought_back(settled: Shell) -> None:
    assert settled.json("activity", "cancel", "Board")["is_cancelled"] is True
    assert "cancelled" in settled.ok("activity", "list").out
    assert settled.json("activity", "cancel", "Board", "--bring-back")["is_cancelled"] is False


def test_items_are_added_renamed_moved_and_taken_off(settled: Shell) -> None:
    first, second = (item["title"] for item in settled.json("activity", "list")[0]["items"])
    made = settled.json("activity", "agenda", "Board", "--add", "11:15 Money", "--rename", "1", "Opening")
    assert [(item["starts"], item["title"]) for item in made["items"]][1:] == [
        (made["items"][1]["starts"], second), ("11:15", "Money"),
    ]  # fmt: skip
    assert made["items"][0]["title"] == "Opening" != first
    made = settled.json("activity", "move", "Board", "up", "--item", "Money")
    assert [item["title"] for item in made["items"]] == ["Opening", "Money", second]
    made = settled.json("activity", "agenda", "Board", "--remove", "Money")
    assert [item["title"] for item in made["items"]] == ["Opening", second]


def test_activities_of_one_time_are_moved_and_others_say_why_not(settled: Shell) -> None:
    for title in ("One", "Two"):
        settled.ok("activity", "add", title, "--on", "13 November 2026")
    made = settled.json("activity", "move", "Two", "up")
    assert made["order"]
    settled.ok("activity", "change", "One", "--starts", "09:00")
    assert settled("activity", "move", "Two", "up", "--json").problem == "activity.in_time_order"


def test_a_programme_is_read_from_standard_input(settled: Shell) -> None:
    text = "13:00 Interview: matron\nWalk round\n13 November\n09:00-10:00 Drop-in for staff"
    said = settled("visit", "programme", "-", "--json", stdin=text)
    assert said.code == 0
    assert [(one["on"], one["starts"], one["kind"]) for one in said.json] == [
        ("2026-11-12", "13:00", "interview"), ("2026-11-13", "09:00", "drop_in"),
    ]  # fmt: skip
    assert "Line 2 has no time. Add one, or leave it as a heading" in said.err
    assert settled("visit", "programme", "-", "--json", stdin=" \n").problem == "activity.no_lines"
