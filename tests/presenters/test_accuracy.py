"""The page Factual accuracy over a real vault: a long comment from a file, its answer, a score that changes with it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.findings import NewFinding, add_finding
from fieldkit.app.records import keep
from fieldkit.app.report_catalogue import ReportChoice, report_kind
from fieldkit.domain.judgement import Judged, Judgement
from fieldkit.kernel.ids import RecordId, new_id
from fieldkit.kernel.topic import Topic
from fieldkit.reports.plain import to_plain
from tests.presenters.room import Room
from tests.support.vaults import do, note
from ui.presenters.accuracy.lines import SHOWN, LineKind
from ui.presenters.accuracy.page import AccuracyPageOf, PanelKind, way
from ui.presenters.page import Page
from ui.presenters.services import Session


class _Bench:
    """As much of the workbench as opening the page takes."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.changed: Topic[Any] = Topic()
        self.opened: dict[Page, Any] = {}
        self.went: list[Page] = []

    def presenter(self, page: Page) -> Any:
        return self.opened.get(page)

    def open_page(self, page: Page) -> None:
        self.went.append(page)


class _Chooses:
    """A page with a cursor."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    def choose(self, key: str) -> None:
        self.keys.append(key)


@pytest.fixture
def bench(room: Room) -> _Bench:
    return _Bench(room.session)


@pytest.fixture
def page(room: Room, bench: Any, tmp_path: Path) -> AccuracyPageOf:
    session: Session = room.session
    facts = way().read(session, room.vault.questions, room.activity.assessment)
    made = way().make(bench, facts)
    assert isinstance(made, AccuracyPageOf)
    made.send()
    draft = tmp_path / "draft.docx"
    draft.write_text("The draft", encoding="utf-8")
    _fill(made, bodies="Northshire ICB", report=str(draft))
    return made


def _fill(page: AccuracyPageOf, **values: str) -> None:
    assert page.state.panel is not None
    form = page.state.panel.form
    for name, words in values.items():
        form.put(name, words)
    form.submit()


def _choose(page: AccuracyPageOf, kind: LineKind) -> None:
    page.choose(next(one.key for one in page.state.lines if one.kind is kind))


def test_a_comment_of_any_length_comes_from_a_text_file_and_is_shown_in_part(
    page: AccuracyPageOf, tmp_path: Path
) -> None:
    words = tmp_path / "words.txt"
    words.write_text("It was renewed. " * 13_000, encoding="utf-8")
    page.comment()
    _fill(page, paragraph="3.2", says="additional", file=str(words))
    (one,) = page.state.facts.comments
    assert len(one.text) == 207_999
    _choose(page, LineKind.COMMENT)
    assert page.state.line is not None
    shown = dict(page.state.line.facts)["Comment"]
    assert f"The first {SHOWN:,} of 207,999 characters" in shown


def test_a_draft_says_how_many_working_days_are_left(page: AccuracyPageOf) -> None:
    _choose(page, LineKind.DRAFT)
    assert page.state.line is not None
    assert page.state.line.status == "0 comments, 10 working days left"
    assert "weekend" in dict(page.state.line.facts)["Counted"]


def test_what_a_file_would_bring_is_told_before_it_is_taken_in(
    page: AccuracyPageOf, room: Room, tmp_path: Path
) -> None:
    reply = tmp_path / "reply.csv"
    reply.write_text("Paragraph,Kind,Comment\n4,3,Left out\n5,9,Odd\n", encoding="utf-8")
    page.bring_in()
    assert page.state.panel is not None
    page.state.panel.form.put("file", str(reply))
    room.later.pass_seconds(1)
    assert page.state.preview[0] == "1 comment read, 1 not"
    assert page.state.preview[1].startswith("Row 3:")
    assert page.state.preview[2] == "4, additional or omitted information: Left out"
    page.state.panel.form.submit()
    (error,) = page.state.panel.form.state.errors
    assert (error.field, error.text.partition(".")[0]) == ("good_rows", "Rows that do not read: 1")
    _fill(page, good_rows="yes")
    assert [one.text for one in page.state.facts.comments] == ["Left out"]


def test_a_score_changes_because_of_an_accepted_comment_alone_and_is_one_key_away(
    page: AccuracyPageOf, room: Room, bench: _Bench
) -> None:
    assert page.framework is not None
    statement = page.framework.statements[0].id
    judged = Judged(pack=page.framework.id, subject=statement)
    known = Judgement(id=RecordId(new_id()), assessment=room.activity.assessment, text="Seen", value=2, judged=judged)
    do(room.vault, lambda uow: keep(uow, known))
    page.comment()
    _fill(page, paragraph="3.2", says="typographical", text="43 should be 34")
    _choose(page, LineKind.COMMENT)
    assert not page.may_rescore
    page.rescore()
    assert page.state.panel is None
    page.answer()
    _fill(page, accepted="yes", reason="Counted again")
    assert page.may_rescore
    page.rescore()
    assert page.state.panel is not None
    assert page.state.panel.kind is PanelKind.RESCORE
    _fill(page, statement=statement, text="Better than we wrote", value="3")
    answer = page.state.facts.comments[0].answered
    assert answer is not None
    assert (answer.score_was[0], answer.score_is[0]) == ("2", "3")
    assert page.changed_score == statement
    page.open_score()
    assert bench.went == [Page.SCORES]
    scores = bench.opened[Page.SCORES] = _Chooses()
    bench.changed.tell(SimpleNamespace(page=Page.ACCURACY))
    assert scores.keys == []
    for _ in range(2):
        bench.changed.tell(SimpleNamespace(page=Page.SCORES))
    assert scores.keys == [f"statement/{statement}"], "once, and the cursor is the person's again"


def test_from_an_accepted_comment_to_the_finding_that_it_changes_and_back_on_its_line(
    page: AccuracyPageOf, room: Room, bench: _Bench
) -> None:
    framework = page.framework
    assert framework is not None
    at = room.activity.assessment
    new = [
        NewFinding(statement=one.id, claim=f"Claim {place}", sentence=f"The plan of {place} came in October.")
        for place, one in enumerate(framework.statements[:2], start=1)
    ]
    first, second = (do(room.vault, lambda uow, one=one: add_finding(uow, framework, at, one)) for one in new)  # type: ignore[misc]
    page.comment()
    _fill(page, paragraph="F2, first line", says="additional", text="It came in May")
    _choose(page, LineKind.COMMENT)
    page.open_text()
    assert bench.went == [Page.FINDINGS], "what it speaks of, before anything is decided"
    assert not page.may_change_text
    page.answer()
    _fill(page, accepted="yes", reason="The minutes show it", was="October", becomes="May")
    page.change_text()
    assert page.state.panel is not None
    form = page.state.panel.form
    assert form.values["target"] == f"finding/{second.id}", "it is named in the paragraph"
    assert form.values["text"] == "The plan of 2 came in May."
    form.put("text", "Typed for the second")
    form.put("target", f"finding/{first.id}")
    assert form.values["text"] == "The plan of 1 came in May.", "words typed for another finding are not meant for it"
    form.put("target", f"finding/{second.id}")
    form.submit()
    assert page.state.line is not None
    facts = [
        fact for fact in page.state.line.facts if fact[0] in ("Changed because of it", "Words before", "Words after")
    ]
    assert [words.split(",")[0] for _, words in facts] == [
        "Finding F2", "The plan of 2 came in October.", "The plan of 2 came in May.",
    ]  # fmt: skip
    findings = bench.opened[Page.FINDINGS] = _Chooses()
    page.open_text()
    bench.changed.tell(SimpleNamespace(page=Page.FINDINGS))
    assert findings.keys[-1] == f"finding/{second.id}"


def test_a_file_is_attached_to_a_comment_from_the_window(page: AccuracyPageOf, tmp_path: Path) -> None:
    page.comment()
    _fill(page, paragraph="3.2", says="typographical", text="43 should be 34")
    _choose(page, LineKind.COMMENT)
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear team", encoding="utf-8")
    page.attach()
    _fill(page, file=str(tmp_path / "gone.txt"), purpose="The letter that says so")
    assert page.state.panel is not None
    assert [one.field for one in page.state.panel.form.state.errors] == ["file"]
    _fill(page, file=str(letter))
    assert page.state.panel is None
    (comment,) = page.state.facts.comments
    assert [row.value.name for row in comment.files] == ["letter.txt"]
    assert page.state.line is not None
    assert "letter.txt" in dict(page.state.line.facts)["Files"]


def test_whoever_was_on_the_visit_is_told_before_they_write_and_again_beside_the_field(
    page: AccuracyPageOf, room: Room
) -> None:
    page.comment()
    _fill(page, paragraph="3.2", says="typographical", text="43 should be 34")
    note(room.vault, room.activity, "Seen")
    page.session.workspace.perform(
        lambda uow: record_entry(uow, room.activity, NewEntry(text="I was there")), initiator="log"
    )
    _choose(page, LineKind.COMMENT)
    page.answer()
    assert page.state.panel is not None
    first = page.state.panel.form.fields[0]
    assert (first.name, "you were: wrote notes on the visit" in first.label) == ("conflict", True)
    _fill(page, accepted="yes", reason="Counted again")
    assert page.state.panel is not None
    (error,) = page.state.panel.form.state.errors
    assert (error.field, "Ask a colleague" in error.text) == ("accepted", True)


def test_its_reports_are_one_key_away(page: AccuracyPageOf, bench: _Bench) -> None:
    reports = bench.opened[Page.REPORTS] = _Chooses()
    page.open_reports()
    bench.changed.tell(SimpleNamespace(page=Page.REPORTS))
    assert (bench.went, reports.keys) == ([Page.REPORTS], ["accuracy-comments"])


@pytest.mark.parametrize("kind", ["draft-report", "draft-report-rated"])
def test_the_table_of_changes_is_part_of_the_report_once_a_comment_was_answered(
    page: AccuracyPageOf, room: Room, kind: str
) -> None:
    def words() -> str:
        assert page.framework is not None
        choice = ReportChoice(assessment=page.assessment, framework=page.framework, frameworks=(page.framework,))
        return to_plain(report_kind(kind).make(room.vault.questions, choice, room.clock.now()))

    page.comment()
    _fill(page, paragraph="3.2", says="typographical", text="43 should be 34")
    assert "Changes after the factual accuracy check" not in words()
    _choose(page, LineKind.COMMENT)
    page.answer()
    _fill(page, accepted="yes", reason="Counted again", was="43 people", becomes="34 people")
    for one in ("Changes after the factual accuracy check", "43 people", "34 people", "Counted again"):
        assert one in words()
