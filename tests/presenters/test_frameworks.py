"""The page Frameworks over a real vault: a second one, tags carried over and back, figures that are held."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.kernel.ids import EntryId
from tests.presenters.room import Room
from tests.support.vaults import do
from ui.presenters.frameworks.page import FrameworksPage, lines_about, way
from ui.presenters.frameworks.state import PanelKind

SAMPLE = Path(__file__).parents[1] / "app" / "files" / "oversight-invented.csv"
DRAFT = "provider@2026.1"


@pytest.fixture
def page(room: Room) -> FrameworksPage:
    facts = way().read(room.session, room.vault.questions, room.activity.assessment)
    return FrameworksPage(room.session, facts, lambda _: None)


def _note(room: Room, statement: str) -> EntryId:
    tag = EvidenceItem.new("ics", statement, "observation")
    return do(room.vault, lambda uow: record_entry(uow, room.activity, NewEntry(text="Seen", evidence=(tag,)))).id


def _carried(room: Room, note: EntryId) -> list[str]:
    return [one.statement for one in room.vault.questions.entry(note).evidence if one.carried]


def test_a_second_framework_is_used_beside_the_first_and_let_go_again(room: Room, page: FrameworksPage) -> None:
    assert (page.state.lines[0].key, page.state.lines[0].place) == ("ics@2023.1", 0)
    page.choose(DRAFT)
    line = page.state.line
    assert line is not None
    assert line.can_add
    assert ("Not confirmed", line.framework.unconfirmed[0].text) in lines_about(line)
    page.add()
    assert [one.key for one in page.state.lines if one.place is not None] == ["ics@2023.1", DRAFT]
    page.remove()
    assert "0 tags and 0 judgements stay" in page.state.notice
    assert room.session.undo.undo()
    assert [one.key for one in page.state.lines if one.place is not None] == ["ics@2023.1", DRAFT]


def test_a_crosswalk_shows_each_note_asks_where_several_follow_and_is_undone(room: Room, page: FrameworksPage) -> None:
    plain, split = _note(room, "safeguarding"), _note(room, "care-provision")
    page.choose(DRAFT)
    page.carry()
    panel = page.state.panel
    assert panel is not None
    assert panel.kind is PanelKind.CROSSWALK
    words = [one.label for one in panel.form.fields]
    assert "1 tag would be added to 1 note. Old tags stay." in words
    assert any(one.endswith("Seen: Q6 Safeguarding → S2 Safeguarding") for one in words)
    panel.form.put("choose/care-provision", "care-that-works")
    panel.form.submit()
    assert page.state.panel is None
    assert (_carried(room, plain), _carried(room, split)) == (["safeguarding"], ["care-that-works"])
    assert len(page.assessment.packs) == 2
    assert room.session.undo.undo()
    assert (_carried(room, plain), _carried(room, split)) == ([], [])
    assert room.session.undo.redo()
    assert (_carried(room, plain), _carried(room, split)) == (["safeguarding"], ["care-that-works"])
    page.choose(DRAFT)
    page.take_back()
    assert page.state.notice == "2 carried tags taken off 2 notes. Tags put by hand stay."
    page.take_back()
    assert page.state.fault.startswith("No tag was carried over from ‘Integrated care systems")


def test_figures_are_looked_at_before_they_are_kept_and_wrong_rows_are_left_out(
    room: Room, page: FrameworksPage, tmp_path: Path
) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(SAMPLE.read_text("utf-8") + "Waits,many,Trust,2025,Survey,lower,ea\n", encoding="utf-8")
    page.choose(DRAFT)
    page.add()
    page.look(file)
    plan = page.state.plan
    assert plan is not None
    assert (len(plan.new), [one.details["row"] for one in plan.reading.wrong]) == (4, [7])
    assert not page.state.figures
    page.keep_figures()
    assert page.state.plan is None
    assert [(one.title, one.status.partition(" · ")[0]) for one in page.state.figures] == [
        ("Cancer 62 day standard: 71.2%", "A higher figure is better"),
        ("Oversight segment: 3", "A lower figure is better"),
        ("Sickness absence: 5.4%", "A lower figure is better"),
        ("Staff engagement score: 6.8 out of 10", "A higher figure is better"),
    ]
    page.look(tmp_path / "nowhere.csv")
    assert page.state.fault
