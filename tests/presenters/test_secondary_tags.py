"""Secondary tags without a screen: put on and taken off together, one undo, found, told; they make no note leave."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.domain.entry import Entry
from tests.presenters.evidence_desk import Desk, evidence_desk
from ui.presenters.evidence.choices import groups_of
from ui.presenters.log.tag_picker import TagPicker


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The board over five notes."""
    with evidence_desk(tmp_path) as made:
        yield made


def test_secondary_tags_go_on_and_off_many_notes_with_one_undo_and_never_make_one_leave(desk: Desk) -> None:
    undo = desk.room.session.undo
    desk.board.choose_all()
    picker = _picker(desk)
    picker.filtered("insight")
    assert {one.heading for one in picker.state.options} == {"Insight source"}
    picker.filtered("survey")
    assert [one.lines for one in picker.state.options] == [
        ("Staff survey", "Insight source"), ("Local surveys of people", "Insight source"),
        ("National surveys of people", "Insight source"),
    ]  # fmt: skip
    picker.toggle()
    picker.filtered("productivity")
    picker.toggle()
    picker.save()
    assert undo.state.done == "5 notes tagged Staff survey, Enhance productivity and value for money"
    assert len(desk.find("also:staff-survey also:purposes/productivity")) == 5
    assert len(desk.find('also:"four purposes of an integrated care system"')) == 5
    assert len(desk.find("also:staff-survey is:untagged status:stays")) == 2
    desk.board.choose_all()
    picker = _picker(desk)
    picker.filtered("staff-survey")
    assert picker.state.options[0].words == "2 of 2 notes"
    picker.toggle()
    picker.save()
    assert undo.state.done == "Staff survey taken off 2 notes"
    assert len(desk.find("also:staff-survey")) == 3
    assert len(desk.find("-also:staff-survey also:productivity")) == 2
    undo.undo()
    assert len(desk.find("also:staff-survey")) == 5
    undo.undo()
    assert len(desk.find("also:staff-survey,productivity")) == 0
    undo.redo()
    assert len(desk.find("also:productivity")) == 5


def test_a_secondary_tag_is_told_with_its_note_and_offered_as_a_box(desk: Desk) -> None:
    picker = _picker(desk, desk.night)
    for typed in ("independent", "healthwatch"):
        picker.filtered(typed)
        picker.toggle()
    picker.save()
    row = desk.board.rows.rows[desk.place(desk.night)]
    words = desk.board.reader.reader.words(row)
    assert list(words.secondary) == ["Insight source: Healthwatch reports", "Assurance: Independent"]
    assert "Insight source: Healthwatch reports; Assurance: Independent." in words.sentence
    (group,) = [one for one in groups_of(desk.board.facts) if one.heading == "Assurance"]
    assert [(one.words, one.typed) for one in group.choices] == [
        ("Self-report", "also:self-report"), ("Independent", "also:independent"),
    ]  # fmt: skip
    assert [desk.find(one.typed) for one in group.choices] == [[], ["No cover at night"]]
    desk.find("also:independant ")
    assert desk.board.state.problems == (
        "‘also:independant’ is not a secondary tag in this pack. Did you mean ‘independent’?",
    )


def _picker(desk: Desk, entry: Entry | None = None) -> TagPicker:
    desk.board.tag(entry.id if entry is not None else None)
    picker = desk.board.panels.state.panel
    assert isinstance(picker, TagPicker)
    return picker
