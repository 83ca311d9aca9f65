"""The factual accuracy check by command: sent, commented from files, answered, taken out; then the improvement plan."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Shell

LONG = "Ünsaid before. " * 14_000 + "End"
"""210,003 characters."""
_HEAD = '<?xml version="1.0"?><w:{0} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{1}</w:{0}>'


@pytest.fixture
def sent(settled: Shell) -> Shell:
    """A draft that went to the ICB and the ICP."""
    draft = settled.home / "draft.txt"
    draft.write_text("The draft", encoding="utf-8")
    made = settled.json("accuracy", "send", str(draft), "--to", "Northshire ICB", "Northshire ICP", "--on", "today")
    assert [one["body"] for one in made] == ["Northshire ICB", "Northshire ICP"]
    return settled


def _word(path: Path, comments: dict[str, str], rows: list[list[str]] | None = None) -> None:
    body = "".join(
        f'<w:p><w:commentRangeStart w:id="{at}"/><w:r><w:t>We found {key}.</w:t></w:r></w:p>'
        for at, key in enumerate(comments)
    )
    table = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row) + "</w:tr>"
        for row in rows or []
    )
    said = "".join(
        f'<w:comment w:id="{at}" w:author="ICB"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:comment>'
        for at, words in enumerate(comments.values())
    )
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("word/document.xml", _HEAD.format("document", f"<w:body>{body}<w:tbl>{table}</w:tbl></w:body>"))
        parts.writestr("word/comments.xml", _HEAD.format("comments", said))


def test_a_comment_of_210_000_characters_goes_in_and_comes_out_whole(sent: Shell) -> None:
    words = sent.home / "long.txt"
    words.write_text(LONG, encoding="utf-8")
    sent.ok("accuracy", "add", "3.2", "--text-file", str(words), "--kind", "additional", "--body", "ICB")
    assert sent.json("accuracy", "show", "F-AL-1")["text"] == LONG
    paper = sent.home / "all.txt"
    sent.ok("report", "make", "accuracy-comments", "--out", str(paper))
    assert paper.read_text(encoding="utf-8").count("Ünsaid") == 14_000
    table = io.StringIO()
    csv.writer(table).writerows([["Paragraph", "Kind", "Comment"], ["4", "3", LONG]])
    (sent.home / "reply.csv").write_text(table.getvalue(), encoding="utf-8")
    sent.ok("accuracy", "import", str(sent.home / "reply.csv"), "--body", "ICP")
    assert sent.json("accuracy", "show", "f-al-2")["text"] == LONG


def test_word_comments_and_the_filled_in_form_are_seen_before_they_are_taken_in(sent: Shell) -> None:
    reply = sent.home / "reply.docx"
    rows = [
        ["Paragraph", "Kind", "Comment", "Evidence", "Date of the evidence"],
        ["5.1", "1", "43 should be 34", "", ""], ["", "2", "", "", ""],
        ["5.3", "2", "We met", "Minutes", "12 March 2026"],
    ]  # fmt: skip
    _word(reply, {"no plan": "2: There was one. Evidence follows", "no lead": "3: Named in May"}, rows)
    seen = sent.json("accuracy", "import", str(reply), "--body", "ICB", "--look")
    assert [one["code"] for one in seen["wrong"]] == ["accuracy.row_evidence", "accuracy.row_paragraph"]
    assert [one["paragraph"] for one in seen["comments"]] == ["Paragraph 2, ‘We found no lead.’", "5.1", "5.3"]
    assert sent("accuracy", "import", str(reply), "--body", "ICB", "--json").problem == "accuracy.bad_rows"
    assert sent.json("accuracy", "list")["comments"] == []
    sent.ok("accuracy", "import", str(reply), "--body", "ICB", "--good-rows")
    taken = sent.json("accuracy", "list", "--open")["comments"]
    assert [one["says"] for one in taken] == ["additional", "typographical", "contested"]
    assert taken[0]["origin"] == "reply.docx, comment 2, ICB"
    assert taken[2]["proof_on"] == "2026-03-12"


def test_the_printed_form_comes_back_as_it_is(sent: Shell) -> None:
    form = sent.home / "form.txt"
    sent.ok("report", "make", "accuracy-form", "--out", str(form))
    said = form.read_text(encoding="utf-8")
    assert all(head in said for head in ("Paragraph", "Kind", "Comment", "Evidence"))


def test_a_comment_is_answered_with_a_reason_and_the_change_is_on_paper(sent: Shell) -> None:
    sent.ok("accuracy", "add", "3.2", "43 should be 34", "--kind", "typographical", "--body", "ICB")
    proof = sent.home / "minutes.txt"
    proof.write_text("Thirty-four", encoding="utf-8")
    sent.ok("attach", str(proof), "--comment", "F-AL-1", "--purpose", "Shows the number")
    given = ["accuracy", "answer", "F-AL-1", "--accept", "--reason", "Counted again", "--was", "43", "--becomes", "34"]
    done = sent.json(*given)
    assert (done["answer"]["accepted"], len(done["files"])) == (True, 1)
    paper = sent.home / "changes.txt"
    sent.ok("report", "make", "accuracy-changes", "--out", str(paper))
    assert "Counted again" in paper.read_text(encoding="utf-8")
    sent.ok("note", "add", "Seen", "--activity", "Board meeting")
    refused = sent("accuracy", "answer", "F-AL-1", "--reject", "--reason", "No", "--json")
    assert refused.problem == "accuracy.reviewer_visited"


def test_a_finding_changes_because_of_a_comment_by_its_name(sent: Shell) -> None:
    sent.ok("finding", "add", "The plan came late", "--statement", "Q1", "--sentence", "It was renewed in October.")
    sent.ok("accuracy", "add", "3.2", "It was May", "--kind", "additional", "--body", "ICB")
    given = ["accuracy", "change", "F-AL-1", "F1", "It was renewed in May.", "--json"]
    assert sent(*given).problem == "accuracy.not_accepted"
    sent.ok("accuracy", "answer", "F-AL-1", "--accept", "--reason", "The minutes show it")
    (text,) = sent.json(*given[:-1])["texts"]
    assert (text["was"], text["becomes"]) == ("It was renewed in October.", "It was renewed in May.")
    sent.ok("accuracy", "change", "F-AL-1", "Q2", "Plans are of May.")
    shown = sent.ok("accuracy", "show", "F-AL-1").out
    assert "Changed: Finding F1, " in shown
    assert "Changed: Key messages, " in shown
    assert sent("accuracy", "change", "F-AL-1", "F9", "x", "--json").problem == "accuracy.no_target"


def test_a_clock_tells_what_it_left_out_without_a_vault(shell: Shell) -> None:
    said = shell.json("accuracy", "clock", "--on", "21 December 2026")
    assert (said["due_on"], said["is_certain"]) == ("2027-01-07", True)
    assert {"day": "2026-12-25", "why": "Christmas Day"} in said["left_out"]


def test_what_is_wrong_is_said(sent: Shell) -> None:
    gone, odd = sent.home / "none.docx", sent.home / "odd.csv"
    odd.write_text("a,b\n1,2\n", encoding="utf-8")
    gone.write_bytes(b"PK no document")
    body = ["--body", "ICB", "--json"]
    assert sent("accuracy", "import", str(gone), *body).problem == "accuracy.file_damaged"
    assert sent("accuracy", "import", str(odd), *body).problem == "accuracy.file_kind"
    assert sent("accuracy", "add", "1", "x", "--kind", "additional", "--json").problem == "accuracy.unknown_send"
    assert sent("accuracy", "show", "F-XX-9", "--json").problem == "accuracy.unknown_comment"
    assert sent("accuracy", "send", str(sent.home / "nothing"), "--to", "ICB", "--json").code == 3


def test_the_plan_is_followed_up(settled: Shell) -> None:
    settled.ok("improve", "summit", "--on", "today", "--outcome", "Plan agreed")
    settled.ok("improve", "add", "Cover at night", "--owner", "Medical director", "--due", "tomorrow")
    settled.ok("improve", "done", "I-AL-1", "--evidence", "Rota of March")
    settled.ok("improve", "follow-up", "I-AL-1", "Empty on two nights", "--open-again")
    said = settled.json("improve", "list")
    assert (said["actions"][0]["state"], said["actions"][0]["evidence"]) == ("Open", "Rota of March")
    assert said["summits"][0]["outcome"] == "Plan agreed"
