"""``fieldkit access``: the access log by command, and the rule that no note stands without its entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Shell

LOOK = (
    "access", "add", "c03", "Care plan", "--why", "Who agreed the discharge", "--capacity", "yes", "--capacity-how",
    "the nurse was asked", "--told", "not", "--told-why", "they are in hospital", "--not-copied",
)  # fmt: skip


@pytest.fixture
def review(settled: Shell) -> Shell:
    settled.ok("activity", "add", "Care records", "--kind", "record-review")
    return settled


def test_a_record_is_opened_noted_closed_listed_and_printed(review: Shell, tmp_path: Path) -> None:
    refused = review("note", "add", "No signature", "--activity", "Care records", "--json")
    assert (refused.code, refused.problem) == (2, "access.needed")
    assert review.json(*LOOK, "--power", "section 63")["reference"] == "A-AL-1"
    note = review.json("note", "add", "No signature #lc-", "--activity", "Care records")[0]
    second = review.json(*LOOK, "--consent", "spoken, to their nurse")
    late = review.json("note", "add", "Second page", "--activity", "Care records", "--record", "a-al-1")[0]
    shown = review.json("access", "show", "A-AL-1")
    assert shown["notes"] == [note["id"], late["id"]]
    review.ok("note", "add", "Theirs #lc", "--activity", "Care records")
    review.ok("access", "withdraw", "A-AL-2", "--reason", "changed their mind")
    assert review.json("note", "list", "is:held")[0]["about"] == second["id"]
    assert review("access", "close", "A-AL-1", "--json").problem == "access.closed"
    review.ok("access", "close", "A-AL-2")
    listed = review.json("access", "list")["looks"]
    assert [(one["reference"], one["looked_by"], one["is_held"]) for one in listed] == [
        ("A-AL-1", "A. Lead", False), ("A-AL-2", "A. Lead", True),
    ]  # fmt: skip
    for name in ("log.html", "log.pdf"):
        review.ok("access", "list", "--out", str(tmp_path / name))
    page = (tmp_path / "log.html").read_text(encoding="utf-8")
    for words in ("section 63", "C03", "A. Lead", "Who agreed the discharge", "they are in hospital", "Held"):
        assert words in page
    assert (tmp_path / "log.pdf").read_bytes().startswith(b"%PDF")
    assert "A-AL-1" in review.ok("search", "discharge").out
    assert review.ok("vault", "verify").code == 0


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ((*LOOK,), "access.basis"), (("access", "add", "Okafor", "x", "--why", "y"), "access.whose_code"),
        (("access", "show", "A-XX-9"), "access.unknown"),
        ((*LOOK, "--power", "s63", "--activity", "Board"), "access.not_one"),
        (("note", "add", "x", "--activity", "Care records", "--record", "A-AL-9"), "access.unknown"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_written(review: Shell, given: tuple[str, ...], code: str) -> None:
    said = review(*given, "--json")
    assert (said.code, said.problem) == (2, code)
    assert review.json("access", "list")["looks"] == []
