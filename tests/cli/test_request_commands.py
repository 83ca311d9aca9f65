"""``fieldkit request`` and ``fieldkit programme``: nothing asked twice, nothing planned of a file in doubt."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Shell


def test_a_request_is_added_asked_received_and_shown(settled: Shell) -> None:
    made = settled.json("request", "add", "Falls audit 2025", "--why", "Two accounts differ", "--statement", "lc")
    reference = made["reference"]
    assert settled.ok("request", "ask", reference).code == 0
    assert settled.ok("request", "receive", reference, "--part", "--outcome", "2024 only").code == 0
    shown = settled.json("request", "show", reference.lower())
    assert (shown["status"], shown["history"]) == ("part_received", ["draft", "asked", "part_received"])
    again = settled("request", "add", "the falls audit for 2025", "--why", "x")
    assert again.code == 2
    assert "Held already" in again.out
    assert settled.ok("request", "add", "the falls audit for 2025", "--why", "x", "--anyway").code == 0
    assert settled.ok("request", "close", reference, "--why", "published").code == 0
    assert [one["status"] for one in settled.json("request", "list", "--open")["requests"]] == ["draft"]
    assert "Falls audit" in settled.ok("search", "audit").out
    assert settled.ok("vault", "verify").code == 0


def test_what_is_wrong_is_said_and_nothing_is_added(settled: Shell) -> None:
    for given in (
        ("request", "add", " ", "--why", "x"), ("request", "add", "x", "--why", " "),
        ("request", "add", "x", "--why", "y", "--due", "1 May 1899"), ("request", "show", "R-XX-9"),
        ("request", "add", "x", "--why", "y", "--statement", "zz"),
    ):  # fmt: skip
        answer = settled(*given)
        assert answer.code == 2, given
        assert answer.err.strip()
        assert "Traceback" not in answer.err
    assert settled.json("request", "list")["requests"] == []


def test_a_programme_is_looked_at_then_planned(settled: Shell, tmp_path: Path) -> None:
    file = tmp_path / "day.csv"
    file.write_bytes("Date,Start,Title,Room\n12/11/2026,14:00,Interview: matron,Room 2\n".encode("utf-16"))
    looked = settled.json("programme", "import", str(file), "--look")
    assert looked["new"] == ["Interview: matron"]
    before = settled.json("activity", "list")
    assert settled.ok("programme", "import", str(file)).code == 0
    assert len(settled.json("activity", "list")) == len(before) + 1
    assert settled.json("programme", "import", str(file))["same"] == 1
    file.write_text("Date,Start,Title\n12/11/2026,14:00,Fine\n31/12/1899,9:00,Old\n")
    refused = settled("programme", "import", str(file))
    assert (refused.code, "Row 3" in refused.out) == (2, True)
    assert settled.json("programme", "import", str(file), "--good-rows")["new"] == ["Fine"]


def test_who_is_where_is_said_with_what_is_wrong(settled: Shell) -> None:
    settled.ok("activity", "add", "Interview: matron", "--kind", "interview", "--starts", "10:00", "--stream", "B")
    settled.ok("activity", "add", "Walk round", "--starts", "10:15", "--stream", "A", "--who", "AL and BM")
    found = settled.json("programme", "show")
    assert any("Walk round · AL and BM" in words for line in found["programme"] for words in line["where"].values())
    assert found["alerts"] == ["Nobody goes yet to 1 interview: Interview: matron 10:00"]
    settled.ok("activity", "change", "matron", "--who", "BM", "--stream", "C")
    found = settled.json("programme", "show", "--people")
    assert found["alerts"][0].startswith("BM is to be at two places")
    assert "BM: Interview: matron · stream C" in settled.ok("programme", "show", "--people").out
